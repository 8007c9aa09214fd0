import CEL

extension Instance {
  /// All that it holds, as people see it where the author chose nothing: a variable stands for the input of its name.
  package var facts: [Shown] {
    input.stringPairs.filter { vars[$0.0] == nil }.map { Shown(label: $0.0, value: $0.1) }
      + vars.stringPairs.map { Shown(label: $0.0, value: $0.1) }
  }
}
