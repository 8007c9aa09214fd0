package import CEL
package import WorkflowEngine

/// One decision with everything that it is bound to, in one canonical form, to be signed by the person who decides.
///
/// The bytes are one line of canonical JSON and a line feed, so that they can be checked with `ssh-keygen -Y verify`.
package struct DecisionDocument: Sendable, Hashable {
  /// What a signature of a decision is for, and of nothing else.
  package static let namespace = "writ-decision@v1"
  /// Its name, and its signature's, in a commit that carries it.
  package static let file = "decision.json"
  package static let signatureFile = "decision.json.sig"
  package static let limit = 16_384

  /// What is decided on; its `level`, `shown` and `nonce` are there, and `person` is who decides.
  package var binding: InboxBinding
  package var verdict: Decision.Verdict
  package var reason: String?
  /// Whose seat is used where it is not the decider's own.
  package var actingFor: PersonID?
  /// From this moment on it is not taken any more.
  package var expires: Timestamp

  package init(
    _ binding: InboxBinding, _ verdict: Decision.Verdict, reason: String?, actingFor: PersonID?, expires: Timestamp
  ) {
    self.binding = binding
    self.verdict = verdict
    self.reason = reason
    self.actingFor = actingFor
    self.expires = expires
  }

  /// The same in the engine's words.
  package var command: Command.Decide {
    Command.Decide(
      step: binding.step, visit: binding.visit, level: binding.level, verdict, reason: reason, digest: binding.shown,
      nonce: binding.nonce, definition: binding.definition, seat: actingFor ?? binding.person)
  }

  /// What is signed.
  package var bytes: [UInt8] {
    var fields: ValueMap = [
      "format": 1, "repository": .string(binding.repository), "instance": .string(binding.instance.description),
      "step": .string(binding.step), "visit": .int(Int64(binding.visit)), "level": .string(binding.level ?? ""),
      "definition": .string(binding.definition), "shown": .string(binding.shown ?? ""),
      "nonce": .string(binding.nonce ?? ""), "decision": .string(verdict.rawValue),
      "principal": .string(binding.person), "expires": .string(expires.rfc3339Milliseconds),
    ]
    fields["reason"] = reason.map { .string($0) }
    fields["acting_for"] = actingFor.map { .string($0) }
    guard let line = try? Value.map(fields).canonicalJSON() else { preconditionFailure("texts have a canonical form") }
    return line + [0x0A]
  }
}

extension DecisionDocument {
  /// Reads what ``bytes`` gives, and nothing else: another spelling of the same is another document.
  package static func read(_ bytes: [UInt8]) throws(Rejection) -> DecisionDocument {
    guard bytes.count <= limit else { throw malformed("it has more than \(limit) bytes") }
    guard let value = try? Value(json: bytes), case .map(let fields) = value else {
      throw malformed("it is no JSON object")
    }
    guard fields["format"]?.intValue == 1 else { throw malformed("its format is not 1") }
    func text(_ name: String) throws(Rejection) -> String {
      guard let text = fields[name]?.stringValue, !text.isEmpty else { throw malformed("it has no '\(name)'") }
      return text
    }
    guard let instance = InstanceID(try text("instance")) else { throw malformed("its 'instance' is none") }
    guard let visit = fields["visit"]?.intValue, (1...1_000_000).contains(visit) else {
      throw malformed("its 'visit' is none")
    }
    guard let verdict = Decision.Verdict(rawValue: try text("decision")) else {
      throw malformed("its 'decision' is none of approve, reject and return")
    }
    guard let expires = Timestamp(rfc3339: try text("expires")) else { throw malformed("its 'expires' is no moment") }
    let binding = InboxBinding(
      repository: try text("repository"), instance: instance, step: try text("step"), visit: Int(visit),
      level: try text("level"), definition: try text("definition"), shown: try text("shown"),
      nonce: try text("nonce"), person: try text("principal"))
    let document = DecisionDocument(
      binding, verdict, reason: fields["reason"]?.stringValue, actingFor: fields["acting_for"]?.stringValue,
      expires: expires)
    guard document.bytes == bytes else { throw malformed("it is not in its canonical form") }
    return document
  }

  private static func malformed(_ why: String) -> Rejection {
    Rejection(.invalid, "this is no decision document: \(why)", hint: "make it with: writ approve --sign")
  }
}
