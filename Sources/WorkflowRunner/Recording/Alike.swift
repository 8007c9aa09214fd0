import WorkflowEngine

/// What instances of one definition have in common while they wait at the same place: it lies in memory once.
struct Alike {
  /// One instance of each definition, by its digest.
  private var models: [String: Instance] = [:]

  /// Takes the parts that are equal to the model's from the model.
  mutating func share(_ instance: inout Instance) {
    guard let model = models[instance.definition] else {
      models[instance.definition] = instance
      return
    }
    instance.definition = model.definition
    if instance.workflow == model.workflow { instance.workflow = model.workflow }
    if instance.title == model.title { instance.title = model.title }
    if instance.tokens == model.tokens { instance.tokens = model.tokens }
    if instance.frames == model.frames { instance.frames = model.frames }
    if instance.counts == model.counts { instance.counts = model.counts }
  }
}
