/// The tables of a definition as a whole.
package enum WorkflowKeys {
  private static let common: [KeyTable.Key] = [
    .init("writ", .words(["1"]), required: true, "version of the language"),
    .init("title", .text, required: true, "what people read"),
    .init("description", .text, "more for people; changes no meaning"),
    .init("renamed-from", .text, "the name that it had before its file was moved"),
    .init("owner", .selector, "who answers for it"),
    .init("tags", .list(.text), "words to find it by"),
    .init("access", .object(access), "who may start, see and operate its instances"),
    .init("input", .schema, "what it is started with; also the start form"),
    .init("vars", .map(.oneOf([.expression, .object(variable)])), "every variable, with its first value"),
    .init(
      "events", .oneOf([.map(.object(event)), .list(.object(namedEvent))]), "messages that instances may wait for"),
    .init("due", .timeSpan, "a promise: shown and counted, never moves anything"),
    .init("escalate", .list(.object(StepKeys.escalation)), "what happens when it takes long"),
    .init("expires", .object(expiry), "where it goes on when it takes too long"),
    .init("on-event", .list(.object(StepKeys.handler)), "messages that end or accompany what is going on"),
    .init("calendar", .name, "working calendar of people.yaml"),
    .init("timezone", .text, "a name of the time zone database"),
    .init("output", .assignments, "what an instance hands over when it ends"),
    .init("migrate", .object(migration), "what becomes of running instances of earlier versions"),
  ]

  package static let process = KeyTable(
    "a workflow",
    common + [
      .init("start", .step, required: true, "the first step"),
      .init("steps", .map(.oneOf(StepKeys.all.map { .object($0.table) })), required: true, "every step, by id"),
    ], reserved: ["triggers"])

  package static let stateMachine = KeyTable(
    "a state machine",
    common + [
      .init("object", .expression, "what an instance is about: unique among those that live"),
      .init("initial", .step, required: true, "the first state"),
      .init("states", .map(.object(StepKeys.state)), required: true, "every state, by id"),
    ], reserved: ["triggers"])

  static let access = KeyTable(
    "access",
    [
      .init("start", .selectors, "who may start it; nobody if left out"),
      .init("view", .selectors, "who may see it; the initiator and those asked if left out"),
      .init("operate", .selectors, "who may retry, skip, cancel and migrate; the owner if left out"),
    ])

  static let variable = KeyTable(
    "a variable",
    [
      .init("schema", .schema, "its type"),
      .init("value", .expression, "its first value"),
    ])

  static let event = KeyTable(
    "an event",
    [
      .init("schema", .schema, "what it carries"),
      .init("from", .selectors, "who may send it; nobody if left out"),
      .init("keep", .timeSpan, "how long it waits for somebody to wait for it; 7d if left out"),
    ])

  static let namedEvent = KeyTable("an event", [.init("name", .id, required: true, "its name")] + event.keys)

  static let expiry = KeyTable(
    "an expiry",
    [
      .init("after", .timeSpan, required: true, "counted from the start"),
      .init("then", .step, required: true, "where it goes on"),
    ])

  static let migration = KeyTable(
    "a migration",
    [
      .init("from", .list(.integer(1...1_000_000)), "versions that may move; all earlier ones if left out"),
      .init("steps", .map(.step), "old step to new step"),
      .init("drop", .list(.id), "old steps whose branches end"),
      .init("past-approvals", .list(.id), "approvals that may be passed"),
      .init("set", .assignments, "values of new variables"),
    ])
}
