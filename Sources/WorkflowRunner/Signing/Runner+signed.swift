import CEL
package import WorkflowEngine
package import WorkflowFiles

/// A decision document and the signature over it, as any door hands it in.
package struct SignedDecision: Sendable, Hashable {
  package var document: [UInt8]
  /// In armour.
  package var signature: String

  package init(document: [UInt8], signature: String) {
    self.document = document
    self.signature = signature
  }
}

extension Runner {
  /// A signed decision, through whichever door: the signature says who decides, whoever brings it.
  ///
  /// The signature is checked here; whether its key counts at this moment is judged with the decision itself, under the
  /// policy that is deployed then.
  package func submit(_ signed: SignedDecision) async throws(SubmitError) -> Receipt {
    let request: Request
    do throws(Rejection) { request = try await self.request(signed) } catch { throw .refused(error) }
    return try await submit(request)
  }

  private func request(_ signed: SignedDecision) async throws(Rejection) -> Request {
    let document = try DecisionDocument.read(signed.document)
    let key = try await SignatureCheck.key(
      of: signed.signature, over: signed.document, for: DecisionDocument.namespace)
    try refuseElsewhere(document.binding)
    guard clock() <= document.expires else {
      throw Rejection(
        .closed, "this decision was good until \(document.expires), and came later", hint: "look again and sign anew")
    }
    return Request(
      by: document.binding.person, assurance: .key, key: "signed \(Hex.sha256(signed.document))",
      evidence: evidence(of: signed, by: key), signer: key.fingerprint,
      .act(document.binding.instance.number, .decide(document.command)))
  }

  /// Whether this record asked, and asks still.
  private func refuseElsewhere(_ binding: InboxBinding) throws(Rejection) {
    guard binding.repository == snapshot.repository else {
      throw Rejection(.notFound, "this decision belongs to another record, \(binding.repository)")
    }
    guard let found = try? instance(binding.instance.number), found.id == binding.instance else {
      throw Rejection(.notFound, "there is no instance \(binding.instance)")
    }
  }

  private func evidence(of signed: SignedDecision, by key: PublicKey) -> [UInt8] {
    var evidence = EvidenceFile(subject: EvidenceFile.decision)
    evidence.add(.document, Hex.sha256(signed.document), signed.document)
    evidence.add(.signature, Hex.sha256(Array(signed.signature.utf8)), Array(signed.signature.utf8))
    evidence.add(.key, key.fingerprint, Array(key.text.utf8))
    evidence.add(.policy, snapshot.deployment.commit ?? "none")
    return evidence.bytes
  }
}
