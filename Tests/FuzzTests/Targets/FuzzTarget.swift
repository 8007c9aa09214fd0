/// A reader of what strangers write. Given any bytes it ends, and what it promises of its answer holds.
enum FuzzTarget: String, CaseIterable, Sendable {
  /// A workflow's file, with the checker behind the reader.
  case workflow
  /// The files around workflows: people, settings, owners, holidays, scenarios, answers in the inbox.
  case policy
  /// CEL: parsing, checking, evaluating.
  case expression
  /// The files of the record, and the fold of what they tell.
  case record
  /// JSON: bodies of requests, schemas, signed decisions.
  case document

  /// What does not hold; nil: all is well.
  func fault(_ bytes: [UInt8]) -> String? {
    switch self {
    case .workflow: WorkflowTarget.fault(bytes)
    case .policy: PolicyTarget.fault(bytes)
    case .expression: ExpressionTarget.fault(bytes)
    case .record: RecordTarget.fault(bytes)
    case .document: DocumentTarget.fault(bytes)
    }
  }
}
