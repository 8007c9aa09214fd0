import CEL
import WorkflowEngine
import WorkflowFiles

extension Request {
  /// What is asked for, spelled out: two requests with one key are the same if these bytes are. They are digested and
  /// kept, so the spelling outlives this program.
  var spelling: [UInt8] {
    var writer = RecordWriter(.json)
    writer.write(Value.list(verb.words))
    return writer.bytes
  }
}

extension Request.Verb {
  fileprivate var words: [Value] {
    switch self {
    case .start(let workflow, let input): ["start", .string(workflow), input]
    case .act(let number, let action): ["act", .number(number)] + action.words
    case .send(let sent):
      ["send", .string(sent.event), .text(sent.key), .text(sent.source), .text(sent.id), sent.payload]
    case .settle(let message): ["settle", .number(message)]
    case .deploy(let plan): ["deploy", .string(plan.report.commit)]
    case .accept(let rewrite, let reason):
      ["accept", .string(rewrite.branch), .text(rewrite.from), .string(rewrite.to), .string(reason)]
    case .advance: ["advance"]
    }
  }
}

extension Command.Action {
  fileprivate var words: [Value] {
    switch self {
    case .start(let id, let input): ["start", .string("\(id)"), input]
    case .decide(let decide): ["decide"] + decide.words
    case .delegate(let step, let to, let seat): ["delegate", .text(step), .text(to), .text(seat)]
    case .complete(let step, let visit, let outcome, let result):
      ["complete", .text(step), .number(visit), .text(outcome), result]
    case .move(let move, let step, let visit, let result):
      ["move", .string(move), .text(step), .number(visit), result]
    case .comment(let text, let step): ["comment", .string(text), .text(step)]
    case .ask(let text, let person, let step, let visit):
      ["ask", .string(text), .text(person), .text(step), .number(visit)]
    case .answer(let text, let question, let step, let visit):
      ["answer", .string(text), .number(question), .text(step), .number(visit)]
    case .withdraw(let step, let visit, let reason): ["withdraw", .text(step), .text(reason)] + .present(visit)
    case .reopen(let step, let visit, let reason): ["reopen", .text(step), .text(reason)] + .present(visit)
    default: operatorsWords ?? machinesWords
    }
  }

  /// What operators ask for.
  private var operatorsWords: [Value]? {
    switch self {
    case .retry(let step, let reason): ["retry", .text(step), .text(reason)]
    case .skip(let step, let outcome, let result, let reason):
      ["skip", .text(step), .text(outcome), result ?? .null, .string(reason)]
    case .suspend(let reason): ["suspend", .text(reason)]
    case .resume(let reason): ["resume", .text(reason)]
    case .cancel(let reason): ["cancel", .text(reason)]
    case .migrate(let reason): ["migrate", .text(reason)]
    default: nil
    }
  }

  /// What services, callers, clocks and senders tell.
  private var machinesWords: [Value] {
    switch self {
    case .jobDone(let step, let visit, let attempt, let result):
      ["job-done", .string(step), .number(visit), .number(attempt), result]
    case .jobFailed(let step, let visit, let attempt, let code, let message):
      ["job-failed", .string(step), .number(visit), .number(attempt), .string(code), .string(message)]
    case .redeliver: ["redeliver"]
    case .delivered(let id): ["delivered", .string(id)]
    case .deliveryFailed(let id, let code, let message):
      ["delivery-failed", .string(id), .string(code), .string(message)]
    case .receive(let message): ["receive", .number(message.number)]
    case .startChild(let id, let caller, let input, _):
      ["start-child", .string("\(id)"), .string("\(caller.instance)"), .string(caller.step), .map(input)]
    case .childStarted(let step, let visit, let child):
      ["child-started", .string(step), .number(visit), .string("\(child)")]
    case .childRefused(let step, let visit, let message):
      ["child-refused", .string(step), .number(visit), .string(message)]
    case .childEnded(let step, let visit, let child, let outcome, let output):
      ["child-ended", .string(step), .number(visit), .string("\(child)"), .string(outcome), .map(output)]
    case .abandon(let reason): ["abandon", .string(reason)]
    case .follow: ["follow"]
    default: ["tick"]
    }
  }
}

extension Command.Decide {
  fileprivate var words: [Value] {
    [
      .string(verdict.rawValue), .text(step), .number(visit), .text(level), .text(reason), .text(digest), .text(nonce),
      .text(definition), .text(seat),
    ]
  }
}

extension [Value] {
  /// What was not spelled out before it could be said, so that what is kept of earlier requests still fits.
  fileprivate static func present(_ number: Int?) -> [Value] { number.map { [.int(Int64($0))] } ?? [] }
}

extension Value {
  fileprivate static func text(_ text: String?) -> Value { text.map { .string($0) } ?? .null }
  fileprivate static func number(_ number: Int?) -> Value { number.map { .int(Int64($0)) } ?? .null }
}
