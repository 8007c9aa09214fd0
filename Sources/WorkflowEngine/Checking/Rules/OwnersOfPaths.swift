import CEL

extension Rule {
  static let ownersOfPaths = Rule(
    "W320", .error, "owners of paths that cannot be known",
    why: """
      `codeowners` asks those whom the repository's file `CODEOWNERS` names for a list of paths. Without that file there is nobody to \
      ask, and what is not a list of paths has no owners.
      """,
    wrong: """
      approvers: [{codeowners: input.files_changed}]      # files_changed is a number
      """,
    right: """
      approvers: [{codeowners: input.paths}]              # paths is an array of texts
      """
  ) { subject in
    let mistyped = subject.expressions.checked.compactMap { checked -> Remark? in
      guard checked.place.use == .paths, checked.mistakes.isEmpty, !checked.type.fits(.string),
        !checked.type.fits(.list(.string))
      else { return nil }
      return Remark("this is \(checked.type.words), not a list of paths", at: checked.place.path)
    }
    guard subject.people.owners == nil else { return mistyped }
    return mistyped
      + subject.selectors.compactMap { place in
        guard case .codeOwners = place.innermost else { return nil }
        return Remark(
          "the repository has no file CODEOWNERS", at: place.path, focus: .key,
          hint: "add CODEOWNERS, .github/CODEOWNERS or .gitlab/CODEOWNERS")
      }
  }
}

extension Workflow {
  /// Whether a selector asks owners of paths.
  package var asksOwners: Bool {
    selectorPlaces.contains { if case .codeOwners = $0.innermost { true } else { false } }
  }
}
