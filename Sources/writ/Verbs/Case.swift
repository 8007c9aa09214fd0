import ArgumentParser
import Foundation
import GitStore
import WorkflowEngine
import WorkflowFiles
import WorkflowRunner

struct Case: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Makes scenarios of real instances.", subcommands: [CaseRecord.self])
}

struct CaseRecord: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record",
    abstract: "Adds what happened to an instance to the scenarios of its workflow.",
    discussion: """
      The scenario is played before it is written, on the files of the working tree: it stands only if it goes as the \
      instance went. It holds the instance's real input and reasons, so look at it before you commit it.
      """)

  @OptionGroup var repository: RepositoryOption
  @Argument(help: "42, or expense-approval-42.") var id: String
  @Option(help: "What the scenario shows, in a sentence.") var name: String?
  @Flag(help: "Print the file as it would be, and write nothing.") var dryRun = false

  func run() async throws {
    let (instance, entries) = try recorded()
    let folder = repository.definitions
    let checked = try RepositoryCheck.check(FolderTree(folder))
    let path = "workflows/\(instance.workflow)"
    guard let workflow = checked.workflows[instance.workflow] else {
      throw Complaint(.notFound, "there is no \(path).yaml here", hint: "the scenario would stand beside it")
    }
    guard !checked.findings.contains(where: { $0.severity == .error && $0.place.file == "\(path).yaml" }) else {
      throw Complaint(.refused, "\(path).yaml has errors, so nothing can be played", hint: "mend it first: writ check")
    }
    let zones = SystemZones()
    let policy = Policy(people: checked.people, settings: checked.settings, zones: { zones.rules($0) })
    do {
      let story = try RecordedStory(
        named: name ?? "\(instance.id), as it went", of: instance, entries,
        in: checked.stage(for: workflow, under: policy))
      try add(story, of: workflow, to: "\(path).test.yaml", checked, folder)
    } catch let error as RecordedStory.Untellable {
      throw Complaint(.refused, "\(instance.id) makes no scenario: \(error.message)", hint: error.hint)
    }
  }

  /// From the record itself: nothing is asked of a server.
  private func recorded() throws -> (Instance, [Entry]) {
    let place = try repository.place()
    try place.requireRecord()
    let view = try RecordView(of: place.state)
    guard let tip = view.tip else { throw Complaint(.notFound, "the record holds nothing yet") }
    let past = try view.repository.snapshot(tip)
    guard let number = InstanceID(id)?.number ?? Int(id), let known = try StoredInstance.id(of: number, in: past),
      id == "\(number)" || id == known.description
    else { throw Complaint(.notFound, "there is no instance '\(id)'", hint: "writ ls shows them") }
    let stored = try StoredInstance(known, of: past)
    return (try stored.instance(), try stored.entries())
  }

  private func add(
    _ story: RecordedStory, of workflow: Workflow, to path: String, _ checked: CheckedRepository, _ folder: String
  ) throws {
    do {
      let hasSchemas = FileManager.default.fileExists(atPath: "\(folder)/.schemas")
      let added = try ScenarioFile.adding(
        story.scenario, to: checked.files[path], file: path, of: workflow,
        heading: hasSchemas ? Init.heading(of: path) : "")
      if dryRun { return Terminal.outExactly(String(decoding: added.bytes, as: UTF8.self)) }
      try Data(added.bytes).write(to: URL(fileURLWithPath: "\(folder)/\(path)"), options: .atomic)
      Terminal.out("\(path):\(added.line)")
      if !story.leftOut.isEmpty {
        Terminal.note("not expected, because it came out otherwise: \(story.leftOut.joined(separator: ", "))")
      }
      Terminal.next("look at it before you commit it, then: writ test \(path)")
    } catch let refused as ScenarioFile.Refused {
      Terminal.outExactly(refused.text)
      throw Complaint(.refused, refused.message, hint: refused.hint)
    }
  }
}
