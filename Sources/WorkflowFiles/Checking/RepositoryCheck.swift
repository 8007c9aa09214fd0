package import CEL
package import WorkflowEngine

/// A workflow repository, read and checked as a whole.
package struct CheckedRepository: Sendable {
  package var people = People()
  package var settings = Settings()
  /// By name; those with errors are here too, as far as they could be read.
  package var workflows: [String: Workflow] = [:]
  /// The exact text of every file of the repository's, by path.
  package var files: [String: [UInt8]] = [:]
  /// Everything that was found, in the order in which people read.
  package var findings: [Finding] = []

  package var hasErrors: Bool { findings.contains { $0.severity == .error } }
}

/// Reads everything, checks everything, stops at nothing.
package enum RepositoryCheck {
  /// - Parameter only: paths to report on; everything is read all the same. Empty: all.
  package static func check(_ tree: any FileTree, only: [String] = []) throws -> CheckedRepository {
    var checked = CheckedRepository()
    var sources: [Source] = []
    var people: ReadFile<People>?
    var settings: ReadFile<Settings>?
    var isFullyRead = true
    for file in try tree.files() {
      guard let place = RepositoryPath(file.path) else { continue }
      if let finding = place.problem(with: file) {
        checked.findings.append(finding)
        continue
      }
      guard let bytes = try tree.read(file.path) else { continue }
      checked.files[file.path] = bytes
      switch place {
      case .people:
        let file = PeopleReader.read(bytes)
        people = file
        isFullyRead = take(file, &checked.people, &checked.findings) && isFullyRead
      case .settings:
        let file = SettingsReader.read(bytes)
        settings = file
        isFullyRead = take(file, &checked.settings, &checked.findings) && isFullyRead
      case .workflow(let name):
        sources.append(Source(name: name, path: file.path, bytes: bytes))
      case .beside, .holidays, .codeOwners, .messages: break
      }
    }
    let read = sources.mapSideBySide { ($0.name, WorkflowReader.read($0.bytes, file: $0.path, name: $0.name)) }
    for (name, document) in read {
      checked.findings += document.findings
      if let workflow = document.content { checked.workflows[name] = workflow }
    }
    checked.takeHolidays(of: people)
    checked.takeOwners()
    checked.takeMessages()
    checked.findings += duplicateNames(sources.map { ($0.name, $0.path) })
    // Rules about people would only repeat what is wrong in a policy file that could not be read.
    if isFullyRead {
      checked.findings += rules(read, checked)
      checked.findings += people?.locate(unknownChannels(checked)) ?? []
      checked.findings += settings?.locate(unknownCalendar(checked)) ?? []
    }
    if !only.isEmpty { checked.findings.removeAll { !only.contains($0.place.file) } }
    checked.findings.sort()
    return checked
  }

  /// The calendar that holds where a workflow names none.
  private static func unknownCalendar(_ checked: CheckedRepository) -> [Diagnostic] {
    guard let name = checked.settings.calendar, checked.people.calendars[name] == nil else { return [] }
    let known = checked.people.calendars.keys.sorted()
    return [
      Diagnostic(
        ReadingRule.unknownName.rawValue, .error, "people.yaml has no calendar '\(name)'", at: ["calendar"],
        hint: Nearest.hint(for: name, among: known) ?? "describe it there under 'calendars'")
    ]
  }

  /// People who want to be told by a channel that `writ.yaml` does not have.
  private static func unknownChannels(_ checked: CheckedRepository) -> [Diagnostic] {
    let known = checked.settings.channels.keys.sorted() + ["log"]
    return checked.people.people.values.compactMap { person -> Diagnostic? in
      guard let channel = person.notify.channel, !known.contains(channel) else { return nil }
      return Diagnostic(
        ReadingRule.unknownName.rawValue, .error, "writ.yaml has no channel '\(channel)'",
        at: ["people", .key(person.id), "notify", "channel"], hint: Nearest.hint(for: channel, among: known))
    }
  }

  /// The policy of a tree that was checked before, and the names of its workflows: nothing is judged again.
  package static func policy(
    of tree: any FileTree
  ) throws -> (people: People, settings: Settings, workflows: Set<String>) {
    var (people, settings, workflows) = (People(), Settings(), Set<String>())
    var messages = settings.messages
    var findings: [Finding] = []
    for file in try tree.files() {
      guard let place = RepositoryPath(file.path) else { continue }
      if case .workflow(let name) = place { workflows.insert(name) }
      if case .messages(let name, let language) = place, let bytes = try tree.read(file.path) {
        messages[name, default: [:]][language] = MessageReader.read(bytes, file: file.path, of: nil).soundContent
      }
      guard place == .people || place == .settings, let bytes = try tree.read(file.path) else { continue }
      if place == .people { _ = take(PeopleReader.read(bytes), &people, &findings) }
      if place == .settings { _ = take(SettingsReader.read(bytes), &settings, &findings) }
    }
    try people.takeHolidays { try tree.read($0) }
    settings.messages = messages
    people.owners = try CodeOwnersReader.first { try tree.read($0) }?.owners
    return (people, settings, workflows)
  }

  private static func take<Content>(
    _ file: ReadFile<Content>, _ content: inout Content, _ findings: inout [Finding]
  ) -> Bool {
    findings += file.findings
    if let read = file.content { content = read }
    return !file.hasErrors
  }

  /// The file of a workflow, as it lies there.
  private struct Source: Sendable {
    let name: String
    let path: String
    let bytes: [UInt8]
  }

  /// The checker's rules, on every workflow that could be read without errors.
  private static func rules(
    _ read: [(name: String, file: ReadFile<Workflow>)], _ checked: CheckedRepository
  ) -> [Finding] {
    let findings = read.mapSideBySide { _, file -> [Finding] in
      guard let workflow = file.soundContent else { return [] }
      return file.locate(
        Checker.check(
          CheckSubject(
            workflow: workflow, people: checked.people, settings: checked.settings, workflows: checked.workflows)))
    }
    return findings.flatMap(\.self)
  }

  /// Instances are called after the last segment of a name, so it is unique in the repository.
  private static func duplicateNames(_ names: [(name: String, file: String)]) -> [Finding] {
    let groups = Dictionary(grouping: names) { Workflow.shortName(of: $0.name) }
    return groups.filter { $0.value.count > 1 }.flatMap { short, same in
      same.sorted { $0.file < $1.file }.dropFirst().map { name, file in
        Finding(
          "W098", .error, "another workflow is already called '\(short)'", at: Finding.Place(file: file),
          hint: "instances are called \(short)-1, \(short)-2, ...: rename one of the files",
          related: [Finding.Related(place: Finding.Place(file: same.map(\.file).min() ?? file), message: "this one")])
      }
    }
  }
}
