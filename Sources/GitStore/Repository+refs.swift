internal import CLibGit2

extension Repository {
  /// Where the ref is, by its full name such as `refs/heads/main`; nil when there is none. Symbolic refs are followed.
  package func ref(_ name: String) -> ObjectID? {
    withHandle { handle in Self.target(of: name, handle) }
  }

  /// The refs whose full names begin with `prefix`, sorted.
  package func refs(under prefix: String) -> [(name: String, id: ObjectID)] {
    withHandle { handle in
      var iterator: OpaquePointer?
      guard git_reference_iterator_new(&iterator, handle) == 0 else { return [] }
      defer { git_reference_iterator_free(iterator) }
      var found: [(name: String, id: ObjectID)] = []
      var name: UnsafePointer<CChar>?
      while git_reference_next_name(&name, iterator) == 0, let text = name {
        let name = String(cString: text)
        guard name.hasPrefix(prefix), let id = Self.target(of: name, handle) else { continue }
        found.append((name, id))
      }
      return found.sorted { $0.name < $1.name }
    }
  }

  /// Moves the ref to the commit `new` if it is at `old` (nil: if there is none), in one step and durably.
  package func updateRef(_ name: String, to new: ObjectID, expecting old: ObjectID?) throws(RefConflict) {
    do { _ = try commit(new) } catch { throw .failed(error) }
    try withHandle { handle throws(RefConflict) in
      var target = new.gitID
      var reference: OpaquePointer?
      let code: Int32
      if let old {
        var expected = old.gitID
        code = git_reference_create_matching(&reference, handle, name, &target, 1, &expected, nil)
      } else {
        code = git_reference_create(&reference, handle, name, &target, 0, nil)
      }
      defer { git_reference_free(reference) }
      guard code != 0 else { return }
      let complaint = RepositoryError.complaint(name)
      let actual = Self.target(of: name, handle)
      throw actual == old ? .failed(complaint) : .moved(actual: actual)
    }
  }

  /// Removes the ref if it is at `old`.
  package func deleteRef(_ name: String, expecting old: ObjectID) throws(RefConflict) {
    try withHandle { handle throws(RefConflict) in
      var reference: OpaquePointer?
      guard git_reference_lookup(&reference, handle, name) == 0 else { throw .moved(actual: nil) }
      defer { git_reference_free(reference) }
      guard let target = git_reference_target(reference), ObjectID(target.pointee) == old else {
        throw .moved(actual: Self.target(of: name, handle))
      }
      guard git_reference_delete(reference) == 0 else {
        let complaint = RepositoryError.complaint(name)
        let actual = Self.target(of: name, handle)
        throw actual == old ? .failed(complaint) : .moved(actual: actual)
      }
    }
  }

  private static func target(of name: String, _ repository: OpaquePointer) -> ObjectID? {
    var id = git_oid()
    return git_reference_name_to_id(&id, repository, name) == 0 ? ObjectID(id) : nil
  }
}
