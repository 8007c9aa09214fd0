import WorkflowEngine

extension Reading {
  private static let codeOwnersKeys = KeyTable("a selector", [.init("codeowners", .expression, "a CEL list of paths")])
  private static let expressionKeys = KeyTable("a selector", [.init("expr", .expression, "a CEL list of people")])
  private static let words = ["initiator", "owner", "person:", "role:", "manager-of:", "done-by:"]

  func selectors(_ node: YAMLNode) -> [Selector] {
    list(node) { selector($0) }
  }

  /// `person:alice`, `role:finance`, `initiator`, `manager-of:initiator`, `owner`, `done-by:<step>`, `{expr:}`, `{codeowners:}`.
  func selector(_ node: YAMLNode) -> Selector? {
    switch node.kind {
    case .scalar(let text, _): return selector(Substring(text), node, depth: 0)
    case .mapping(let entries):
      if entries.contains(where: { $0.name == "codeowners" }) {
        return Fields(node, Self.codeOwnersKeys, in: self)?.formula("codeowners").map(Selector.codeOwners)
      }
      return Fields(node, Self.expressionKeys, in: self)?.formula("expr").map(Selector.formula)
    case .sequence(let items):
      reportShape("one selector", at: node, hint: items.first?.text.map { "write \($0)" })
      return nil
    }
  }

  private func selector(_ text: Substring, _ node: YAMLNode, depth: Int) -> Selector? {
    if text == "initiator" { return .initiator }
    if text == "owner" { return .owner }
    guard let colon = text.firstIndex(of: ":") else { return unknown(text, node) }
    let (kind, rest) = (text[..<colon], text[text.index(after: colon)...])
    switch kind {
    case "person": return named(rest, "the handle of a person", node, Selector.person)
    case "role": return named(rest, "the name of a role", node, Selector.role)
    case "done-by":
      stepReferences.append((String(rest), node.span))
      return .doneBy(String(rest))
    case "manager-of" where depth < 8: return selector(rest, node, depth: depth + 1).map(Selector.managerOf)
    default: return unknown(text, node)
    }
  }

  private func named(_ name: Substring, _ noun: String, _ node: YAMLNode, _ make: (String) -> Selector) -> Selector? {
    if !Self.isName(String(name)) {
      report(
        .name, "'\(name)' is not \(noun): small letters, digits, '.', '_' and '-', at most 64", at: node,
        hint: Self.lookalike(in: String(name)))
    }
    return make(String(name))
  }

  private func unknown(_ text: Substring, _ node: YAMLNode) -> Selector? {
    let kind = text.firstIndex(of: ":").map { String(text[...$0]) } ?? String(text)
    let hint =
      if let near = Nearest.word(to: kind, among: Self.words) {
        "did you mean '\(near)\(kind.hasSuffix(":") ? String(text.dropFirst(kind.count)) : "")'?"
      } else if Self.isName(String(text)) {
        "write person:\(text) or role:\(text)"
      } else {
        "write person:alice, role:finance, initiator, manager-of:initiator, owner or done-by:<step>"
      }
    report(.selector, "'\(text)' names nobody", at: node, hint: hint)
    return nil
  }
}
