package import GitStore

extension Signature {
  /// Author and committer of every commit of the record: who decided stands in the events.
  package static func runner(at seconds: Int64) -> Signature {
    Signature(name: "Writ", email: "runner@writ.invalid", time: seconds, offset: 0)
  }
}
