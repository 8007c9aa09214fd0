import CEL

extension Rule {
  static let eachOfNoList = Rule(
    "W224", .error, "'each' of something that is no list",
    why:
      "`each` visits its step once for every item of a list. The keys of a map are no list, and neither is a number.",
    wrong: """
      count: {type: task, assignees: [role:it], each: {in: size(input.shelves)}, then: counted}
      """,
    right: """
      count: {type: task, assignees: [role:it], each: {in: input.shelves}, then: counted}
      """
  ) { subject in
    subject.expressions.checked.compactMap { checked in
      guard checked.place.use == .list, checked.mistakes.isEmpty, !checked.type.fits(.list(.dyn)) else { return nil }
      return Remark("this is \(checked.type.words), not a list", at: checked.place.path)
    }
  }
}
