extension Rule {
  static let eventDeclaredOtherwise = Rule(
    "W704", .error, "event that another workflow declares otherwise",
    why: """
      A message goes to every instance that waits for its name and key, of whatever workflow. So a name stands for one thing in \
      a repository: workflows that share an event give it the same schema.
      """,
    wrong: """
      # in billing.yaml                                    # in shipping.yaml
      events: {paid: {schema: {type: object}}}             # events: {paid: {schema: {type: string}}}
      """,
    right: """
      # in billing.yaml                                    # in shipping.yaml
      events: {paid: {schema: {type: object}}}             # events: {paid: {schema: {type: object}}}
      """
  ) { subject in
    subject.workflow.events.compactMap { event in
      let others = subject.workflows.keys.sorted().filter { name in
        name != subject.workflow.name
          && subject.workflows[name]?.events.contains { $0.name == event.name && $0.schema != event.schema } ?? false
      }
      guard let other = others.first else { return nil }
      return Remark(
        "'\(event.name)' has another schema in \(other)", at: ["events", .key(event.name)], focus: .key,
        hint: "give both the same schema, or one of them another name")
    }
  }
}
