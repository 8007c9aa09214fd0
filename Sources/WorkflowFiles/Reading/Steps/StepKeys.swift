/// The tables of step types: which keys each takes. One table per type is one branch in an editor's schema.
package enum StepKeys {
  package static let all: [(type: String, table: KeyTable)] = [
    ("task", task), ("approval", approval), ("service", service), ("gateway", gateway), ("join", join), ("wait", wait),
    ("notification", notification), ("call", call), ("table", table), ("end", end),
  ]

  package static func table(of type: String) -> KeyTable? { all.first { $0.type == type }?.table }

  private typealias Key = KeyTable.Key

  /// What every step takes.
  private static let common: [Key] = [
    Key(
      "type",
      .words(["task", "approval", "service", "gateway", "join", "wait", "notification", "call", "table", "end"]),
      required: true, "what the step does"),
    Key("title", .text, "what people read"),
    Key("description", .text, "more for people; changes no meaning"),
  ]
  /// What every step takes that is left by an outcome.
  private static let leaving: [Key] = [
    Key("then", .targets, "where it goes on: a step, or a step for each outcome"),
    Key("set", .assignments, "variables written when it ends"),
    Key("leave", .step, "cancels the frame of this gateway and goes on in its parent"),
  ]
  /// What every step takes that may wait.
  private static let waiting: [Key] = [
    Key("due", .timeSpan, "a promise: shown and counted, never moves anything"),
    Key("escalate", .list(.object(escalation)), "what happens beside the work when it takes long"),
    Key("expires", .timeSpan, "ends the visit with the outcome 'expired'"),
    Key("on-event", .list(.object(handler)), "messages that end or accompany the visit"),
  ]
  private static let each = Key("each", .object(eachItem), "one visit for each item of a list")
  private static let onError = Key("on-error", .list(.object(errorRoute)), "where errors lead, first match wins")

  static let task = KeyTable(
    "a task",
    common + leaving + waiting + [
      each,
      Key("assignees", .selectors, required: true, "who is asked"),
      Key("form", .schema, "what they fill in"),
      Key("prefill", .assignments, "what the form begins with"),
      Key("show", .map(.expression), "what they see, by label"),
      Key("outcomes", .list(.id), "the buttons; 'done' if there is nothing to choose"),
    ])

  static let approval = KeyTable(
    "an approval",
    common + leaving + waiting + [
      each,
      Key("show", .map(.expression), "what approvers see and bind themselves to, by label"),
      Key("levels", .list(.object(level)), "groups of approvers asked one after the other"),
    ] + levelSettings.filter { !["due", "escalate"].contains($0.name) })

  static let service = KeyTable(
    "a service",
    common + leaving + waiting + [
      each, onError,
      Key("uses", .text, required: true, "http, run, job or a step type of your own"),
      Key("with", .parameters, "what it is given; texts may hold ${...}"),
      Key("idempotent", .flag, "whether repeating it does no harm"),
      Key("retry", .object(retry), "when a failed attempt is tried again"),
      Key("timeout", .elapsed, "bounds one attempt; 30s if left out"),
      Key("output", .schema, "what of the result is kept"),
      Key("undo", .object(undo), "takes it back when the instance is cancelled or given up"),
    ])

  static let gateway = KeyTable(
    "a gateway",
    common + [
      Key(
        "mode", .words(["exclusive", "inclusive", "parallel"]), "first true branch, every true branch, all branches"),
      Key("branches", .list(.object(branch)), required: true, "where it may go on"),
    ])

  static let join = KeyTable(
    "a join",
    common + leaving + [
      Key("of", .step, required: true, "the gateway that it closes"),
      Key("wait", .oneOf([.words(["all", "any"]), .integer(1...1000)]), "how many branches it waits for"),
    ])

  static let wait = KeyTable(
    "a wait",
    common + leaving + waiting + [
      Key("for", .timeSpan, "how long"),
      Key("until", .oneOf([.expression, .object(moment)]), "until when"),
      Key("event", .id, "which message ends it"),
      Key("key", .expression, "which of the messages of that name"),
    ])

  static let notification = KeyTable(
    "a notification",
    common + leaving + [
      Key("to", .selectors, required: true, "who is told"),
      Key("channel", .name, "a channel of writ.yaml"),
      Key("subject", .template, required: true, "one line"),
      Key("body", .template, required: true, "the text"),
    ])

  static let call = KeyTable(
    "a call",
    common + leaving + waiting + [
      each, onError,
      Key("workflow", .text, required: true, "the name of another workflow"),
      Key("input", .assignments, "what it is started with"),
    ])

  static let table = KeyTable(
    "a table", common + leaving + [Key("rows", .list(.object(row)), required: true, "first match wins")])

  static let end = KeyTable(
    "an end",
    common + [
      Key("outcome", .id, "the instance's outcome"),
      Key("terminate", .flag, "ends the instance, whatever else is going on"),
      Key("undo", .flag, "takes finished visits back, newest first"),
    ])
}

/// The tables of what stands inside steps.
extension StepKeys {
  static let levelSettings: [KeyTable.Key] = [
    .init("approvers", .selectors, "who may decide"),
    .init(
      "require", .oneOf([.words(["any", "all", "each-group"]), .integer(1...1000), .text]), "how many must approve"),
    .init("reject-when", .words(["any", "impossible"]), "whether one rejection rejects"),
    .init("when", .expression, "asked only if true"),
    .init("due", .timeSpan, "a promise: shown and counted"),
    .init("escalate", .list(.object(escalation)), "what happens when it takes long"),
    .init("delegates", .words(["deputies", "anyone", "none"]), "to whom a seat may be lent"),
    .init("about", .expression, "the person concerned, who may not take part"),
    .init("exclude", .selectors, "who may not take part"),
    .init("separation", .object(separation), "loosens the separation of duties, with a reason"),
    .init("assurance", .words(["session", "forge", "key"]), "how surely the decision must be the person's own"),
  ]

  static let level = KeyTable(
    "a level", [.init("name", .id, required: true, "its name, unique in the approval")] + levelSettings)

  static let separation = KeyTable(
    "a separation",
    [
      .init("initiator", .words(["allow"]), "the initiator may take part"),
      .init("levels", .words(["allow"]), "deciders of earlier levels may take part"),
      .init("because", .text, required: true, "why; shown loudly in review"),
    ])

  static let escalation = KeyTable(
    "an escalation",
    [
      .init("after", .timeSpan, required: true, "counted from the opening"),
      .init("remind", .flag, "tell those asked again"),
      .init("add", .selectors, "ask these as well"),
      .init("hand-over", .selectors, "ask these instead"),
    ])

  static let branch = KeyTable(
    "a branch",
    [
      .init("when", .expression, "taken if true"),
      .init("then", .step, "where it leads"),
      .init("otherwise", .step, "where it leads if no other branch is taken"),
    ])

  static let row = KeyTable(
    "a row",
    [
      .init("when", .expression, "matches if true; always if left out"),
      .init("outcome", .id, "the outcome of the step"),
      .init("values", .assignments, "the step's output"),
    ])

  static let errorRoute = KeyTable(
    "an error route",
    [
      .init("code", .text, "http.503, timeout, network, exit.2 ...; every error if left out"),
      .init("then", .step, required: true, "where it leads"),
    ])

  static let handler = KeyTable(
    "an event handler",
    [
      .init("event", .id, required: true, "the message"),
      .init("key", .expression, "which of the messages of that name"),
      .init("cancel", .words(["all", "none"]), "whether what is going on is cancelled"),
      .init("then", .step, required: true, "where it leads"),
    ])

  static let eachItem = KeyTable(
    "each",
    [
      .init("in", .expression, required: true, "the list, at most 1000 items"),
      .init("until", .expression, "true cancels the rest"),
      .init("max-parallel", .integer(1...1000), "how many at a time"),
      .init("failures", .words(["keep"]), "record a failed item and go on"),
    ])

  static let retry = KeyTable(
    "a retry",
    [
      .init("attempts", .integer(1...100), "how many in all; 3 if left out"),
      .init("first", .elapsed, "pause before the second; 1s if left out"),
      .init("factor", .number, "how much longer each pause is; 2 if left out"),
      .init("max", .elapsed, "longest pause; 5m if left out"),
      .init("on", .list(.text), "error codes; network, timeout, 408, 429 and 5xx if left out"),
    ])

  static let undo = KeyTable(
    "an undo",
    [
      .init("uses", .text, required: true, "http, run, job or a step type of your own"),
      .init("with", .parameters, "what it is given"),
    ])

  static let moment = KeyTable(
    "a moment",
    [
      .init("date", .expression, required: true, "a date"),
      .init("at", .timeOfDay, "a time of day in the workflow's time zone; midnight if left out"),
      .init("minus", .timeSpan, "how long before"),
    ])

  static let move = KeyTable(
    "a move",
    [
      .init("by", .selectors, "who may make it; left out: only a declared event"),
      .init("form", .schema, "what they fill in"),
      .init("when", .expression, "possible if true"),
      .init("set", .assignments, "variables written"),
      .init("then", .step, required: true, "the next state, or 'stay'"),
    ])

  static let state = KeyTable(
    "a state",
    [
      .init("title", .text, "what people read"),
      .init("description", .text, "more for people; changes no meaning"),
      .init("moves", .map(.oneOf([.object(move), .list(.object(move))])), "what can happen here, by name"),
      .init("approval", .object(stateApproval), "a decision that leads on"),
      .init("due", .timeSpan, "a promise: shown and counted"),
      .init("escalate", .list(.object(escalation)), "what happens when it takes long"),
      .init("on-event", .list(.object(handler)), "messages that end or accompany the visit"),
      .init("final", .flag, "the object rests here"),
    ])

  static let stateApproval = KeyTable(
    "an approval",
    [
      .init("show", .map(.expression), "what approvers see, by label"),
      .init("levels", .list(.object(level)), "groups of approvers asked one after the other"),
      .init("then", .targets, required: true, "a state for each outcome"),
      .init("expires", .timeSpan, "ends the visit with the outcome 'expired'"),
      .init("set", .assignments, "variables written when it ends"),
    ] + levelSettings)
}
