import CEL

extension CheckSubject {
  /// After so many remarks of one kind nobody reads on, and a hint for each would cost much in a hostile file.
  static let mostRemarks = 100

  /// What a rule says of the expressions' references to `vars`, `steps`, ..., up to a number that somebody reads.
  func remarks(
    on root: String, _ say: (ExpressionSurvey.Checked, Reference) -> Remark?
  ) -> [Remark] {
    var remarks: [Remark] = []
    for checked in expressions.checked {
      for reference in checked.references where reference.path[0] == root {
        guard let remark = say(checked, reference) else { continue }
        remarks.append(remark)
        if remarks.count == Self.mostRemarks { return remarks }
      }
    }
    return remarks
  }

  /// The same for references to a name below the root: `vars.amount`.
  func remarks(
    onNamesOf root: String, _ say: (ExpressionSurvey.Checked, Reference, String) -> Remark?
  ) -> [Remark] {
    remarks(on: root) { checked, reference in
      reference.path.count > 1 ? say(checked, reference, reference.path[1]) : nil
    }
  }
}
