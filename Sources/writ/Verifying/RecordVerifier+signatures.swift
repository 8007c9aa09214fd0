import GitStore
import WorkflowEngine
import WorkflowFiles

/// Who made a commit of the record: where its own `writ.yaml` names keys, one of them signed it; any other is not signed.
extension RecordVerifier {
  /// - Returns: the commit as it was before it was signed.
  mutating func verifySignature(of commit: CommitInfo) throws -> [UInt8] {
    let keys = try signers.keys(at: view.repository.snapshot(commit.id))
    guard let (armoured, signed) = commit.signature else {
      if !keys.isEmpty { report.note("commit \(commit.id)", "is not signed, and its writ.yaml says 'signed-by'") }
      return commit.raw
    }
    if let problem = Self.problem(in: armoured, of: signed, keys) { report.note("commit \(commit.id)", problem) }
    return signed
  }

  private static func problem(in armoured: String, of commit: [UInt8], _ keys: [String]) -> String? {
    guard let signature = SSHSignature(armoured: armoured), signature.namespace == SSHSignature.commits else {
      return "has a signature that is none of a runner"
    }
    guard keys.contains(signature.key.text) else {
      return "is signed by \(signature.key.fingerprint), whom its writ.yaml does not name"
    }
    return signature.signs(commit) == true ? nil : "is not what \(signature.key.fingerprint) signed"
  }
}

/// The keys that `writ.yaml` names in the commits of a record; few files, many commits.
struct RecordSigners {
  private var known: [ObjectID: [String]] = [:]

  mutating func keys(at snapshot: Snapshot) throws -> [String] {
    guard let file = try snapshot.entry(at: StateLayout.deployed("writ.yaml")), file.mode.isFile else { return [] }
    if let keys = known[file.id] { return keys }
    let keys = SettingsReader.read(try snapshot.blob(file.id)).content?.signedBy ?? []
    known[file.id] = keys
    return keys
  }
}
