import WorkflowEngine

extension Reading {
  /// `name: expression`, or `name: {schema, value}`.
  func variables(_ node: YAMLNode) -> [Variable] {
    guard let entries = node.entries else {
      reportShape("a mapping of variables", at: node)
      return []
    }
    return entries.compactMap { entry in
      guard let name = id(entry.key, "the name of a variable"), isFilled(entry) else { return nil }
      guard entry.value.entries != nil else { return Variable(name: name, value: formula(entry.value)) }
      if entry.value["type"] != nil, entry.value["schema"] == nil {
        report(
          .shape, "a variable's schema stands under 'schema'", at: entry.value,
          hint: oneLine(entry.value).map { "write {schema: \($0)}" })
        return Variable(name: name, schema: quietly { schema(entry.value) }.item)
      }
      guard let fields = Fields(entry.value, WorkflowKeys.variable, in: self, under: entry.key) else { return nil }
      return Variable(name: name, value: fields.formula("value"), schema: fields.schema("schema"))
    }
  }

  /// By name, or as a list with `name`.
  func events(_ node: YAMLNode) -> [MessageDeclaration] {
    switch node.kind {
    case .mapping(let entries):
      return entries.compactMap { entry in
        guard let name = id(entry.key, "the name of an event") else { return nil }
        guard !entry.value.isEmpty else { return MessageDeclaration(name: name) }
        return Fields(entry.value, WorkflowKeys.event, in: self, under: entry.key).map { event($0, name) }
      }
    case .sequence(let items):
      return items.compactMap { item in
        guard let fields = Fields(item, WorkflowKeys.namedEvent, in: self), let name = fields.id("name") else {
          return nil
        }
        return event(fields, name)
      }
    case .scalar:
      reportShape("a mapping of events", at: node)
      return []
    }
  }

  private func event(_ fields: Fields, _ name: String) -> MessageDeclaration {
    MessageDeclaration(
      name: name, schema: fields.form("schema"), from: fields.selectors("from") ?? [], keep: fields.timeSpan("keep"))
  }

  func migration(_ node: YAMLNode) -> Migration? {
    guard let fields = Fields(node, WorkflowKeys.migration, in: self) else { return nil }
    var migration = Migration()
    migration.from = fields.list("from").compactMap { integer($0, 1...1_000_000) }
    for entry in fields["steps"]?.entries ?? [] {
      guard let old = id(entry.key, "the id of a step"), isFilled(entry) else { continue }
      migration.steps[old] = step(entry.value)
    }
    migration.drop = fields.list("drop").compactMap { id($0, "the id of a step") }
    migration.pastApprovals = fields.list("past-approvals").compactMap { id($0, "the id of a step") }
    migration.set = fields.assignments("set") ?? []
    return migration
  }
}
