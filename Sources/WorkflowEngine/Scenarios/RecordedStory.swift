package import CEL

/// A scenario made of what really happened to an instance: its timeline told as a story.
///
/// A story knows less than a timeline: services answer at once, and nobody is told that a job took long. So it is played,
/// and stands only if it goes as it went.
package struct RecordedStory: Sendable {
  package private(set) var scenario: Scenario
  /// What came out otherwise and is not expected therefore, such as `vars.decided_at`.
  package private(set) var leftOut: [String] = []

  /// Why there is no such scenario.
  package struct Untellable: Error {
    package var message: String
    package var hint: String?
  }

  /// A stretch of time that a story mentions, where it can do without the shorter ones.
  private static let notable = Duration.seconds(60)

  /// - Parameters:
  ///   - entries: the whole timeline.
  ///   - instance: its state after them.
  ///   - context: the definition, people and settings that the scenario will be played with.
  package init(
    named name: String, of instance: Instance, _ entries: [Entry], in context: Context
  ) throws(Untellable) {
    guard let first = entries.first, case .started(let started) = first.event else {
      throw Untellable(message: "its timeline does not begin with its start")
    }
    for entry in entries {
      guard case .migrated(let migrated) = entry.event else { continue }
      throw Untellable(
        message: "it went on under version \(migrated.version)",
        hint: "a scenario plays one version of a workflow from its start")
    }
    guard !context.definition.workflow.isSensitive else {
      throw Untellable(
        message: "its workflow takes in what is sensitive, which a scenario would tell",
        hint: "write the scenario with values that are nobody's")
    }
    var failure: ScenarioRun.Failure?
    for gap in [Self.notable, .zero] {
      var telling = Telling(name, of: context.definition.workflow, started, at: first.at, shortest: gap)
      var story = telling.story(of: entries)
      story.expected = Self.expectation(of: instance, entries, context.definition.workflow)
      let (expected, leftOut, failed) = Self.played(story, in: context)
      guard let failed else {
        story.expected = expected
        scenario = story
        self.leftOut = leftOut
        return
      }
      failure = failure ?? failed
    }
    throw Untellable(
      message: "played, it goes otherwise than it went: \(failure?.message ?? "")",
      hint: failure?.hint ?? "a scenario is played on the files as they are now; the instance may have run on others")
  }

  /// What can be expected of the story: all of it, or without the values that came out otherwise.
  private static func played(
    _ story: Scenario, in context: Context
  ) -> (expected: Scenario.Expected, leftOut: [String], failure: ScenarioRun.Failure?) {
    var (story, leftOut) = (story, [String]())
    for failure in ScenarioRun(story, in: context).failures {
      guard failure.path.first == "expect", let part = story.expected.drop(Array(failure.path.dropFirst())) else {
        return (story.expected, leftOut, failure)
      }
      if leftOut.last != part { leftOut.append(part) }
    }
    return (story.expected, leftOut, nil)
  }

  private static func expectation(
    of instance: Instance, _ entries: [Entry], _ workflow: Workflow
  ) -> Scenario.Expected {
    var expected = Scenario.Expected()
    expected.path = entries.compactMap { if case .entered(let step, _, _) = $0.event { step } else { nil } }
    if instance.status.isEnded, instance.status != .cancelled {
      expected.outcome = instance.outcome
    } else {
      expected.status = instance.status
    }
    let stuck = instance.visits.filter { $0.incident != nil }
    if !instance.status.isEnded { expected.waiting = instance.visits.filter { $0.incident == nil }.map(\.step) }
    if !stuck.isEmpty {
      expected.incidents = Dictionary(
        stuck.compactMap { visit in visit.incident.map { (visit.step, $0.code) } },
        uniquingKeysWith: { first, _ in first })
    }
    expected.vars = instance.vars
    expected.output = instance.output ?? [:]
    let told = Self.told(entries, workflow)
    if !told.isEmpty { expected.told = told }
    return expected
  }

  /// Messages of the workflow's own steps. What goes to several people on several ways, or in several languages, is one.
  private static func told(_ entries: [Entry], _ workflow: Workflow) -> [Scenario.Message] {
    var told: [(id: VisitID, message: Scenario.Message)] = []
    var visits: [StepID: Int] = [:]
    for entry in entries {
      if case .entered(let step, let visit, _) = entry.event { visits[step] = visit }
      guard case .notified(let delivery) = entry.event, case .notification? = workflow.step(delivery.step)?.kind else {
        continue
      }
      let id = VisitID(step: delivery.step, visit: visits[delivery.step] ?? 0)
      guard let last = told.last, last.id == id else {
        told.append(
          (id, Scenario.Message(step: delivery.step, to: delivery.to, subject: delivery.subject)))
        continue
      }
      var message = last.message
      message.to = (message.to ?? []) + delivery.to.filter { message.to?.contains($0) != true }
      if message.subject != delivery.subject { message.subject = nil }
      told[told.count - 1].message = message
    }
    return told.map(\.message)
  }
}

extension Scenario.Expected {
  /// Expects less; `nil` where that must not be.
  ///
  /// - Returns: what is not expected any more, such as `vars.decided_at`.
  fileprivate mutating func drop(_ path: [PathElement]) -> String? {
    switch (path.first, path.dropFirst().first) {
    case ("vars", .key(let name)):
      vars[name] = nil
      return "vars.\(name)"
    case ("output", .key(let name)):
      output[name] = nil
      return "output.\(name)"
    case ("told", _):
      told = nil
      return "told"
    default: return nil
    }
  }
}
