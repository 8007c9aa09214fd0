import CEL
import WorkflowEngine

extension Step {
  /// What the step does, as a clause: `asks the manager of who started it`.
  func deed(in workflow: Workflow) -> String {
    switch kind {
    case .task(let task): "asks \(task.assignees.words)"
    case .approval(let approval): approval.deed
    case .service(let service): "has something done (\(service.uses))"
    case .gateway(let gateway):
      switch gateway.mode {
      case .exclusive: "chooses the way"
      case .inclusive: "takes every way that applies"
      case .parallel: "goes several ways at once"
      }
    case .join(let join): "waits for the branches of ‘\(workflow.step(join.of)?.label ?? join.of)’"
    case .wait(let wait): wait.deed
    case .notification(let notification): "tells \(notification.to.words)"
    case .call(let call): "runs the workflow \(call.workflow)"
    case .table: "looks up a decision table"
    case .end(let end): end.outcome.map { "ends as ‘\($0.asWords)’" } ?? "ends"
    case .state(let state):
      state.isFinal ? "is the end" : state.approval?.deed ?? "waits for a move"
    }
  }

  /// What kind of step it is, in a word or two.
  var kindWords: String {
    switch kind {
    case .gateway: "choice"
    case .service: "service"
    case .table: "decision table"
    default: type
    }
  }

  /// Where each outcome or branch leads: the condition in words, and the step.
  var exits: [(label: String, to: StepID)] {
    var exits: [(label: String, to: StepID)] = []
    switch kind {
    case .gateway(let gateway):
      exits = gateway.branches.map { ($0.isOtherwise ? "otherwise" : $0.when?.source ?? "always", $0.then) }
    case .state(let state):
      exits = state.moves.map { ($0.name.asWords, $0.then ?? id) }
    default: break
    }
    exits += then.sorted { $0.key < $1.key }.map { ($0.key.asWords, $0.value) }
    exits += onError.map { ($0.code.map { "on error \($0)" } ?? "on any error", $0.then) }
    return exits
  }
}

extension ApprovalStep {
  fileprivate var deed: String {
    levels.count == 1
      ? "needs \(levels[0].needs)"
      : "needs " + levels.map { "\($0.needs) (\($0.name.asWords))" }.joined(separator: ", then ")
  }
}

extension ApprovalStep.Level {
  var needs: String {
    let who = approvers.words
    let needs =
      switch require {
      case .count(1): "the approval of \(who)"
      case .count(let number): "\(number) approvals of \(who)"
      case .percentage(let percent): "\(percent) % of \(who)"
      case .all: "the approval of all of \(who)"
      case .eachGroup: "an approval from each of \(who)"
      }
    return when.map { "\(needs) if \($0.source)" } ?? needs
  }
}

extension WaitStep {
  fileprivate var deed: String {
    let ends = [span.map { "for \($0)" }, until.map { _ in "until a date" }, event.map { "for the message ‘\($0)’" }]
    return "waits " + ends.compactMap { $0 }.listed(nil, "or")
  }
}

extension [Selector] {
  /// `the initiator or role finance`.
  var words: String { isEmpty ? "nobody" : map(\.words).listed(nil, "or") }
}

extension Selector {
  var words: String {
    switch self {
    case .person(let id): id
    case .role(let id): "the role \(id)"
    case .initiator: "whoever started it"
    case .managerOf(.initiator): "the manager of whoever started it"
    case .managerOf(let inner): "the manager of \(inner.words)"
    case .owner: "its owner"
    case .doneBy(let step): "whoever did ‘\(step.asWords)’"
    case .formula(let formula): "those that \(formula.source) names"
    case .codeOwners: "the code owners"
    }
  }
}
