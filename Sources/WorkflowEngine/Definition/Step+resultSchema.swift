extension Step {
  /// What the result of a visit is checked against and sealed by.
  var resultSchema: Schema? {
    switch kind {
    case .task(let task): task.form
    case .service(let service): service.output
    default: nil
    }
  }
}
