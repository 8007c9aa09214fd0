package import CEL

/// Who may send a message and what it may carry: one place for every door.
extension MessageDeclaration {
  package func refusal(of person: PersonID) -> Rejection {
    let allowed = from.map(\.description).joined(separator: ", ")
    return Rejection(
      .notAllowed, "\(person) may not send '\(name)'",
      hint: allowed.isEmpty ? "its declaration lets nobody send it (events.\(name).from)" : "\(allowed) may send it")
  }
}

extension Policy {
  /// - Parameter initiator: of the instance that waits; `nil` where none does.
  package func maySend(
    _ declared: MessageDeclaration, _ person: PersonID, to workflow: Workflow, of initiator: PersonID?
  ) -> Bool {
    (initiator == person && declared.from.contains(.initiator)) || selects(declared.from, person, owner: workflow.owner)
  }

  /// The payload with defaults filled in and what is sensitive sealed, refused where the declared schema does not hold.
  package func accepted(
    _ payload: Value, by declared: MessageDeclaration, sealing seal: (Value) -> Value
  ) throws(Rejection) -> Value {
    guard let schema = declared.schema else {
      guard payload == .null || payload == .map([:]) else {
        throw Rejection(.invalid, "'\(declared.name)' carries nothing: its declaration has no schema")
      }
      return .map([:])
    }
    let payload = schema.applyingDefaults(to: payload == .null ? .map([:]) : payload)
    if let rejection = Rejection(schema.validate(payload, people: people), of: "message") { throw rejection }
    return schema.sealing(payload, with: seal)
  }
}

extension Engine {
  /// How long a message that nobody waits for yet is kept.
  package static func deadline(
    of declared: MessageDeclaration, sentBy principal: PersonID, in context: Context
  ) throws(Rejection) -> Timestamp {
    let turn = Turn(instance: nil, command: Command(by: principal, .tick), context: context)
    do throws(StepFailure) {
      return try turn.instant(after: declared.keep ?? .elapsed(.seconds(7 * 86_400)), calendar: nil)
    } catch {
      throw Rejection(.conflict, "'\(declared.name)' cannot be kept: \(error.message)")
    }
  }
}
