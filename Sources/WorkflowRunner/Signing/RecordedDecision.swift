package import CEL
import GitStore
package import WorkflowEngine
import WorkflowFiles

/// A decision as a timeline has it, to be held against the evidence that is kept of it: offline, by reading alone.
package struct RecordedDecision: Sendable {
  private let repository: String
  private let instance: Instance
  private let open: OpenApproval
  private let decided: Decided
  private let at: Timestamp

  /// - Parameters:
  ///   - repository: the record's id.
  ///   - instance: as the decision found it.
  ///   - at: the time of receipt.
  /// - Returns: `nil` where the level was not open.
  package init?(repository: String, on instance: Instance, _ decided: Decided, at: Timestamp) {
    guard case .approval(let open)? = instance.visit(decided.step, decided.visit)?.work, open.levelName == decided.level
    else { return nil }
    (self.repository, self.instance, self.open) = (repository, instance, open)
    (self.decided, self.at) = (decided, at)
  }

  /// What the evidence does not bear out; `nil`: it proves the decision.
  ///
  /// - Parameter policy: what was deployed, by the id of its commit, if it was so at the time of receipt.
  package func problem(in bytes: [UInt8], policy: (String) -> Policy?) async -> String? {
    guard let evidence = EvidenceFile(bytes) else { return "cannot be read" }
    guard let commit = evidence.first(.policy)?.id, let policy = policy(commit) else {
      return "names a policy that was not deployed then"
    }
    do throws(Rejection) {
      let (key, decision) =
        evidence.subject == EvidenceFile.decision
        ? try await document(in: evidence) : try await self.commit(in: evidence)
      guard key?.fingerprint == decided.key, evidence.first(.key)?.id == decided.key else {
        return "is signed with another key than the event names"
      }
      if decided.assurance > .session, key == nil { return "holds no signature" }
      if let key, let objection = policy.objection(to: key.fingerprint, at: at) {
        return "does not count: \(objection)"
      }
      if let key, decided.assurance == .key, policy.holder(of: key.fingerprint) != .person(decided.by) {
        return "is signed with a key that was not one of \(decided.by)"
      }
      return decision == expected(decision) ? nil : "is about another decision"
    } catch {
      return error.message
    }
  }

  /// What the evidence has to say, apart from who: a key says that.
  private func expected(_ decision: InboxDecision) -> InboxDecision {
    let binding = InboxBinding(
      repository: repository, instance: instance.id, step: decided.step, visit: decided.visit, level: decided.level,
      definition: instance.definition, shown: open.digest, nonce: open.nonce, person: decision.binding.person)
    return InboxDecision(binding: binding, verdict: decided.verdict, reason: decided.reason)
  }

  private func document(in evidence: EvidenceFile) async throws(Rejection) -> (PublicKey?, InboxDecision) {
    guard let bytes = evidence.first(.document)?.bytes, let signature = evidence.first(.signature)?.bytes else {
      throw Rejection(.invalid, "holds no document or no signature")
    }
    let document = try DecisionDocument.read(bytes)
    let key = try await SignatureCheck.key(
      of: String(decoding: signature, as: UTF8.self), over: bytes, for: DecisionDocument.namespace)
    guard document.binding.person == decided.by, document.actingFor == decided.actingFor else {
      throw Rejection(.invalid, "is by somebody else than the event says")
    }
    guard at <= document.expires else { throw Rejection(.invalid, "had expired when it came") }
    return (key, InboxDecision(binding: document.binding, verdict: document.verdict, reason: document.reason))
  }

  private func commit(in evidence: EvidenceFile) async throws(Rejection) -> (PublicKey?, InboxDecision) {
    var objects = KeptObjects()
    var first: ObjectID?
    for part in evidence.parts {
      guard let kind = ObjectKind(part.kind) else { continue }
      let id = objects.add(kind, part.bytes)
      guard id.description == part.id else {
        throw Rejection(.invalid, "holds a \(part.kind.rawValue) that was changed")
      }
      if kind == .commit, first == nil { first = id }
    }
    guard let id = first, let commit = objects.commit(id), let file = objects.read(evidence.subject, in: id),
      case .decision(let decision) = InboxReader.read(file)
    else { throw Rejection(.invalid, "holds no decision in \(evidence.subject)") }
    guard decided.assurance > .session else { return (nil, decision) }
    let kept = evidence.first(.key).map { [String(decoding: $0.bytes, as: UTF8.self)] } ?? []
    return (try await SignatureCheck.key(of: commit, among: kept, at: at), decision)
  }
}

extension ObjectKind {
  fileprivate init?(_ kind: EvidenceFile.Kind) {
    switch kind {
    case .commit: self = .commit
    case .tree: self = .tree
    case .blob: self = .blob
    case .document, .signature, .key, .policy: return nil
    }
  }
}
