import WorkflowEngine

extension WorkItem {
  /// The top of its page: what kind of thing it is, of which instance, from whom and since when, until when.
  func head(_ kind: String, _ reader: Reader) -> Markup {
    var head = element("p", .class("kicker")) {
      element("span", .class("kind")) { kind }
      " "
      Pieces.link(of.instance.id)
    }
    head.append(element("h1") { label })
    head.append(
      element("p", .class("byline")) {
        "\(of.instance.title) · started by \(reader.you(of.instance.initiator)) "
        reader.ago(of.instance.startedAt)
        if let due = reader.due(visit.due) {
          " · "
          due
        }
      })
    if let summary = step?.summary { head.append(element("p", .class("lead")) { summary }) }
    return head
  }
}
