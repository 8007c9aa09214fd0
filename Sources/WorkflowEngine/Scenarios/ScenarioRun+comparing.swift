package import CEL

extension ScenarioRun {
  /// Everything that is expected and is not so.
  mutating func compare(_ expected: Scenario.Expected, at path: [PathElement]) {
    guard let instance else { return }
    if let status = expected.status, status != instance.status {
      fail(
        path + ["status"], "the instance is \(instance.status.rawValue), not \(status.rawValue)", hint: whereItStands)
    }
    if let outcome = expected.outcome, outcome != instance.outcome {
      fail(
        path + ["outcome"], instance.outcome.map { "the outcome is '\($0)'" } ?? "the instance has not ended",
        hint: whereItStands)
    }
    if let steps = expected.path { compare(steps, with: entered, at: path + ["path"]) }
    if let waiting = expected.waiting { compareWaiting(waiting, at: path + ["waiting"]) }
    if let incidents = expected.incidents { compareIncidents(incidents, at: path + ["incidents"]) }
    compare(
      expected.vars, with: instance.vars, as: context.definition.types.varsType, "variable", at: path + ["vars"])
    compare(
      expected.output, with: instance.output ?? [:], as: outputType, "part of the output", at: path + ["output"])
    if let told = expected.told { compare(told, at: path + ["told"]) }
  }

  /// Steps in the order in which they were entered.
  private var entered: [StepID] {
    entries.compactMap { if case .entered(let step, _, _) = $0.event { step } else { nil } }
  }

  private var whereItStands: String? {
    guard let instance, !instance.visits.isEmpty else { return nil }
    let stuck = instance.visits.compactMap { visit in visit.incident.map { "'\(visit.step)' is stuck: \($0.message)" } }
    guard stuck.isEmpty else { return stuck.joined(separator: "; ") }
    return "it waits at " + instance.visits.map { "'\($0.step)'" }.joined(separator: " and ")
  }

  private mutating func compare(_ wanted: [StepID], with actual: [StepID], at path: [PathElement]) {
    guard wanted != actual else { return }
    let same = zip(wanted, actual).prefix { $0 == $1 }.count
    let at = same < wanted.count ? path + [.index(same)] : path
    let message =
      switch (same < wanted.count, same < actual.count) {
      case (true, true): "here it goes to '\(actual[same])', not to '\(wanted[same])'"
      case (true, false): "it does not get to '\(wanted[same])'"
      default: "it goes on to '\(actual[same])'"
      }
    fail(at, message, hint: "its path: \(actual.joined(separator: ", "))")
  }

  private mutating func compareWaiting(_ wanted: [StepID], at path: [PathElement]) {
    let waiting = instance?.visits.filter { $0.incident == nil }.map(\.step) ?? []
    guard wanted.sorted() != waiting.sorted() else { return }
    fail(
      path, waiting.isEmpty ? "nothing waits" : "what waits is \(waiting.joined(separator: ", "))", hint: whereItStands)
  }

  private mutating func compareIncidents(_ wanted: [StepID: String], at path: [PathElement]) {
    let stuck = Dictionary(
      instance?.visits.compactMap { visit in visit.incident.map { (visit.step, $0.code) } } ?? [],
      uniquingKeysWith: { first, _ in first })
    for (step, code) in wanted.sorted(by: { $0.key < $1.key }) where stuck[step] != code {
      fail(
        path + [.key(step)],
        stuck[step].map { "'\(step)' is stuck with \($0), not \(code)" } ?? "'\(step)' is not stuck",
        hint: whereItStands)
    }
    for step in stuck.keys.sorted() where wanted[step] == nil {
      fail(path, "'\(step)' is stuck with \(stuck[step] ?? "")", hint: whereItStands)
    }
  }

  /// By type: 12.4 and 12.40 are one amount, with and without quotes.
  private mutating func compare(
    _ wanted: ValueMap, with actual: ValueMap, as type: Type, _ noun: String, at path: [PathElement]
  ) {
    let typed = Value.map(actual).typed(as: type).mapValue ?? [:]
    let meant = Value.map(wanted).meant(as: type).typed(as: type).mapValue ?? [:]
    for (name, value) in wanted.stringPairs where typed[name] != meant[name]?.sealed(like: typed[name]) {
      let state = actual[name].map { "the \(noun) '\(name)' is \($0.text)" } ?? "there is no \(noun) '\(name)'"
      fail(path + [.key(name)], "\(state), not \(value.text)")
    }
  }

  private var outputType: Type {
    let types = context.definition.types
    let environment = Environment(variables: [
      "input": types.input, "vars": types.varsType, "instance": WorkflowTypes.instance, "config": .dyn, "steps": .dyn,
      "now": .timestamp,
    ])
    return .record(
      Record(
        fields: context.definition.workflow.output.map { part in
          Record.Field(name: part.name, type: part.value.expression.check(in: environment).type, isRequired: true)
        }))
  }

  private mutating func compare(_ wanted: [Scenario.Message], at path: [PathElement]) {
    let sent: [Delivery] = entries.compactMap { if case .notified(let delivery) = $0.event { delivery } else { nil } }
    for (number, message) in wanted.enumerated() {
      guard number < sent.count else {
        return fail(path + [.index(number)], "only \(sent.count) of these messages were sent")
      }
      let delivery = sent[number]
      guard !message.fits(delivery) else { continue }
      fail(
        path + [.index(number)],
        "message \(number + 1) is '\(delivery.subject)' from '\(delivery.step)' to \(delivery.to.joined(separator: ", "))"
      )
    }
    if sent.count > wanted.count {
      fail(path, "one more message is sent: '\(sent[wanted.count].subject)' from '\(sent[wanted.count].step)'")
    }
  }
}

extension Scenario.Message {
  fileprivate func fits(_ delivery: Delivery) -> Bool {
    (step == nil || step == delivery.step) && (to == nil || to?.sorted() == delivery.to.sorted())
      && (subject == nil || subject == delivery.subject)
  }
}

extension Value {
  /// A number that a story gives for an amount, as the text that amounts are stored as.
  fileprivate func meant(as type: Type) -> Value {
    switch (self, type) {
    case (.int, .decimal), (.double, .decimal): .string(text)
    case (.list(let values), .list(let element)): .list(values.map { $0.meant(as: element) })
    case (.map(let map), .map(_, let element)): .map(map.mapMembers { $1.meant(as: element) })
    case (.map(let map), .record(let record)):
      .map(
        map.mapMembers { name, value in
          record.fields.first { $0.name == name }.map { value.meant(as: $0.type) } ?? value
        })
    case (_, .optional(let inner)), (_, .nullable(let inner)): meant(as: inner)
    default: self
    }
  }
}

extension Value {
  /// As it stands where the same is sealed in scenarios.
  fileprivate func sealed(like other: Value?) -> Value { other?.isSealed ?? false ? sealedOpenly : self }
}
