import CEL
import Foundation
import Testing
import WorkflowEngine
import WorkflowFiles

/// Timelines told as scenarios: every story of the samples is played, and told again from its timeline alone.
@Suite("Recorded stories")
struct RecordedStoryTests {
  private static let zones = SystemZones()

  private struct Stage {
    var workflow: Workflow
    var context: Context
    var scenarios: [Scenario]
    var path: String
    var bytes: [UInt8]
  }

  private static func stages(in folder: String) throws -> [Stage] {
    let checked = try RepositoryCheck.check(FolderTree(RuleTests.repository.appending(path: folder).path))
    let policy = Policy(people: checked.people, settings: checked.settings, zones: { zones.rules($0) })
    return try checked.workflows.values.sorted { $0.name < $1.name }.compactMap { workflow in
      let path = "workflows/\(workflow.name).test.yaml"
      guard let bytes = checked.files[path] else { return nil }
      let scenarios = try #require(ScenarioReader.read(bytes, file: path, of: workflow).soundContent)
      return Stage(
        workflow: workflow, context: checked.stage(for: workflow, under: policy), scenarios: scenarios, path: path,
        bytes: bytes)
    }
  }

  @Test("every scenario of the samples and patterns is told from its timeline, plays, and is read back as written")
  func samples() throws {
    var count = 0
    for stage in try [".", "docs/patterns", "docs/approvals"].flatMap(Self.stages) where !stage.workflow.isSensitive {
      for scenario in stage.scenarios {
        let run = ScenarioRun(scenario, in: stage.context)
        let instance = try #require(run.instance)
        count += 1
        do {
          let story = try RecordedStory(named: "as it went", of: instance, run.entries, in: stage.context)
          #expect(ScenarioRun(story.scenario, in: stage.context).failures == [], "\(stage.path): \(scenario.name)")
          let added = try ScenarioFile.adding(story.scenario, to: stage.bytes, file: stage.path, of: stage.workflow)
          #expect(added.bytes.starts(with: stage.bytes))
        } catch { Issue.record("\(stage.path): \(scenario.name): \(error)") }
      }
    }
    #expect(count > 70)
  }

  @Test("what is sensitive is told by no scenario")
  func sensitive() throws {
    let stage = try #require(try Self.stages(in: ".").first { $0.workflow.isSensitive })
    let run = ScenarioRun(try #require(stage.scenarios.first), in: stage.context)
    let instance = try #require(run.instance)
    let refusal = #expect(throws: RecordedStory.Untellable.self) {
      try RecordedStory(named: "as it went", of: instance, run.entries, in: stage.context)
    }
    #expect(refusal?.message == "its workflow takes in what is sensitive, which a scenario would tell")
  }

  @Test("a file that cannot take a scenario at its end stays as it is, and the scenario is not lost")
  func refusals() throws {
    let stage = try #require(try Self.stages(in: ".").first)
    let run = ScenarioRun(try #require(stage.scenarios.first), in: stage.context)
    let instance = try #require(run.instance)
    func story(_ name: String) throws -> Scenario {
      try RecordedStory(named: name, of: instance, run.entries, in: stage.context).scenario
    }
    let twice = #expect(throws: ScenarioFile.Refused.self) {
      try ScenarioFile.adding(story(stage.scenarios[0].name), to: stage.bytes, file: stage.path, of: stage.workflow)
    }
    #expect(twice?.message.contains("already") == true)
    let other = try story("another")
    for text in ["scenarios: []\nwrit: 1\n", "writ: 1\nscenarios: []\n", "writ: 1\nscenarios: [\n"] {
      let refused = #expect(throws: ScenarioFile.Refused.self) {
        try ScenarioFile.adding(other, to: Array(text.utf8), file: stage.path, of: stage.workflow)
      }
      #expect(refused?.text.contains("- name: another") == true)
    }
    let begun = try ScenarioFile.adding(other, to: nil, file: stage.path, of: stage.workflow, heading: "# hello\n")
    #expect(begun.bytes.starts(with: Array("# hello\nwrit: 1\nscenarios:\n  - name: another\n".utf8)))
    #expect(begun.line == 4)
  }
}
