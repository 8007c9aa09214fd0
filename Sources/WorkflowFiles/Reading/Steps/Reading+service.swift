import WorkflowEngine

extension Reading {
  func service(_ fields: Fields) -> ServiceStep {
    var service = ServiceStep(uses: fields.text("uses") ?? "", parameters: fields.parameters("with"))
    service.idempotent = fields.flag("idempotent") ?? false
    service.retry = fields["retry"].flatMap(retry) ?? Retry()
    service.timeout = fields.elapsed("timeout").map(TimeSpan.elapsed)
    service.output = fields.schema("output")
    service.undo = fields["undo"].flatMap(undo)
    return service
  }

  private func retry(_ node: YAMLNode) -> Retry? {
    guard let fields = Fields(node, StepKeys.retry, in: self) else { return nil }
    var retry = Retry()
    retry.attempts = fields.integer("attempts", 1...100) ?? retry.attempts
    retry.first = fields.elapsed("first") ?? retry.first
    retry.factor = fields["factor"].flatMap(number) ?? retry.factor
    retry.max = fields.elapsed("max") ?? retry.max
    retry.on = fields["on"].map(texts)
    return retry
  }

  private func undo(_ node: YAMLNode) -> Undo? {
    guard let fields = Fields(node, StepKeys.undo, in: self) else { return nil }
    let parameters = fields.parameters("with")
    return fields.text("uses").map { Undo(uses: $0, parameters: parameters) }
  }
}
