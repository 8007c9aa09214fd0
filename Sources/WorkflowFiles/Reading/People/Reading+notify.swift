import WorkflowEngine

extension Reading {
  /// `{channel, quiet, digest}`
  func notify(_ node: YAMLNode) -> Person.Notify? {
    guard let fields = Fields(node, PeopleKeys.notify, in: self) else { return nil }
    if fields.has("quiet"), fields.has("digest") {
      report(
        .conflict, "a digest has its hour, so it needs no quiet hours", at: fields.keyRange("quiet"), hint: "remove it")
    }
    return Person.Notify(
      channel: fields.name("channel"), quiet: fields["quiet"].flatMap(quietHours),
      digest: fields["digest"].flatMap(timeOfDay))
  }

  /// `20:00-07:00`, over midnight too.
  private func quietHours(_ node: YAMLNode) -> WorkingCalendar.Hours? {
    guard let text = text(node) else { return nil }
    let ends = text.split(separator: "-", omittingEmptySubsequences: false).map(TimeOfDay.second)
    guard ends.count == 2, let from = ends[0], let to = ends[1], from != to, max(from, to) < 86_400 else {
      report(.workingHours, "'\(text)' is not a stretch of hours", at: node, hint: "write it as 20:00-07:00")
      return nil
    }
    return WorkingCalendar.Hours(from: from, to: to)
  }
}
