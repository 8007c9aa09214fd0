import WorkflowEngine

/// The tables of `*.test.yaml`.
package enum ScenarioKeys {
  package static let file = KeyTable(
    "a file of scenarios",
    [
      .init("writ", .words(["1"]), required: true, "version of the language"),
      .init("scenarios", .list(.object(scenario)), required: true, "the stories, each played on its own"),
    ])

  package static let scenario = KeyTable(
    "a scenario",
    [
      .init("name", .text, required: true, "what it shows, in a sentence"),
      .init("start", .object(start), required: true, "who starts the instance, with what"),
      .init("services", .map(.oneOf([.object(answer), .list(.object(answer))])), "what service steps get, by step"),
      .init("children", .map(.oneOf([.object(child), .list(.object(child))])), "what becomes of children, by step"),
      .init("play", .list(.object(act)), "what people do, and how time goes on"),
      .init("expect", .object(expected), "what holds in the end; always said, unless the start is refused"),
    ])

  static let start = KeyTable(
    "a start",
    [
      .init("by", .name, required: true, "a person of people.yaml"),
      .init("input", .value, "the input"),
      .init("at", .text, "when, such as 2026-11-23T09:00:00Z; a Monday morning if left out"),
      refused,
    ])

  private static let refused = KeyTable.Key(
    "refused", .words(["anyhow"] + Rejection.Code.allCases.map(\.rawValue)), "that, and why, it is refused")

  static let answer = KeyTable(
    "an answer",
    [
      .init("result", .value, "the result as a whole"),
      .init("status", .integer(100...599), "the status of an HTTP answer; 200 if left out"),
      .init("body", .value, "the body of an HTTP answer"),
      .init("fails", .text, "the code of a failure, such as http.503 or timeout"),
      .init("message", .text, "what the failure says"),
    ])

  static let child = KeyTable(
    "what becomes of a child",
    [
      .init("outcome", .text, "by which outcome it ends"),
      .init("output", .map(.value), "its output"),
      .init("after", .timeSpan, "how long it takes; it ends at once if left out"),
      .init("refused", .text, "that it cannot be started, and why"),
    ])

  /// What happens, and who may be named with it.
  static let act = KeyTable(
    "something that happens",
    verbs.map { .init($0.rawValue, $0.kind, $0.doc) } + [
      .init("by", .name, "who does it"),
      .init("reason", .text, "why"),
      .init("to", .name, "to whom a seat is lent, or a question put"),
      .init("text", .text, "the question, or the answer"),
      .init("question", .integer(1...100), "which question is answered, counted from 1"),
      .init("assurance", .words(Assurance.allCases.map(\.rawValue)), "how surely it is known who does it"),
      .init(
        "item", .integer(1...Items.maximum), "which item of an 'each', or which open visit of the step, counted from 1"),
      .init("key", .text, "which case a message is about"),
      .init("outcome", .id, "by which outcome a task is completed, or a stuck step is skipped"),
      .init("result", .value, "what the form is filled in with, what a skipped step gives, or what a message carries"),
      refused,
    ])

  enum Verb: String, CaseIterable {
    case approve, reject
    case sendBack = "return"
    case ask, answer, complete, move, send, withdraw, reopen, delegate, retry, skip, suspend, resume, cancel, advance
    case advanceTo = "advance-to"
    case expect

    fileprivate var kind: KeyTable.Kind {
      switch self {
      case .suspend, .resume, .cancel: .words(["instance"])
      case .advance: .timeSpan
      case .advanceTo, .move, .send: .text
      case .expect: .object(ScenarioKeys.expected)
      default: .step
      }
    }

    fileprivate var doc: String {
      switch self {
      case .approve: "the approval that somebody approves"
      case .reject: "the approval that somebody rejects"
      case .sendBack: "the approval that somebody returns"
      case .ask: "the approval that somebody has a question about"
      case .answer: "the approval whose question somebody answers"
      case .complete: "the task that somebody does"
      case .move: "the move that somebody makes"
      case .send: "the message that somebody sends to the instance"
      case .withdraw: "the approval that the initiator takes back"
      case .reopen: "the approval that an operator has asked anew"
      case .delegate: "the approval whose seat is lent"
      case .retry: "the stuck step that an operator has tried again"
      case .skip: "the stuck step that an operator skips"
      case .suspend: "an operator holds the instance"
      case .resume: "an operator lets it go on"
      case .cancel: "somebody cancels it"
      case .advance: "how much time passes, such as 2 business days"
      case .advanceTo: "until when time passes"
      case .expect: "what holds meanwhile"
      }
    }
  }
  static var verbs: [Verb] { Verb.allCases }

  package static let expected = KeyTable(
    "what is expected",
    [
      .init("path", .list(.step), "the steps that were entered, in order"),
      .init("waiting", .list(.step), "the steps that wait now"),
      .init("incidents", .map(.text), "the stuck steps, with the code of what went wrong"),
      .init("status", .words(Instance.Status.allCases.map(\.rawValue)), "how the instance stands"),
      .init("outcome", .text, "how it ended"),
      .init("vars", .map(.value), "variables, those that are named"),
      .init("output", .map(.value), "the output, by the parts that are named"),
      .init("told", .list(.object(message)), "the messages that were sent, in order"),
    ])

  static let message = KeyTable(
    "a message",
    [
      .init("step", .step, "the step that sent it"),
      .init("to", .oneOf([.name, .list(.name)]), "to whom"),
      .init("subject", .text, "its subject, word for word"),
    ])
}
