import CEL

/// Something done to an instance as a whole, or to an approval of it.
struct Act {
  /// Last part of the route.
  let route: String
  let body: ValueMap

  init(_ route: String, _ body: ValueMap) {
    self.route = route
    self.body = body
  }

  func run(
    _ id: String, in repository: RepositoryOption, _ writing: WritingOption, _ output: OutputOption
  ) async throws {
    let key = writing.key
    let receipt = try await Session.run(in: try repository.place()) { api in
      try await api.post("/api/instances/\(API.escaped(id))/\(route)", body, key: key)
    }
    Receipt(receipt).write(as: output)
  }

  /// On the approval that waits there.
  func run(
    onApproval work: WorkArgument, in repository: RepositoryOption, _ writing: WritingOption, _ output: OutputOption
  ) async throws {
    let key = writing.key
    let receipt = try await Session.run(in: try repository.place()) { api in
      let approval = try await Work.find(work.id, .approval, step: work.step, api)
      return try await api.post("\(approval.path)/\(route)", body, key: key)
    }
    Receipt(receipt).write(as: output)
  }
}
