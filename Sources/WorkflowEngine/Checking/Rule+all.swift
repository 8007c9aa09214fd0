extension Rule {
  /// Every rule, in order of code.
  package static let all: [Rule] = [
    .unreachableStep
  ]
}
