import ArgumentParser
import CEL

/// An open task or approval, found by what people type: `42`, `expense-approval-42`, or in full
/// `expense-approval-42.manager_approval.1`.
struct Work: Sendable {
  enum Kind: String, Sendable { case task, approval }
  /// As `/api/tasks/{id}` or `/api/approvals/{id}` tells it.
  let item: Value
  let kind: Kind

  var id: String { item[text: "id"] ?? "" }
  var path: String { Self.path(id, kind) }
  var instance: String { item[text: "instance"] ?? "" }
  var title: String { item[text: "title"] ?? "" }

  static func find(_ text: String, _ kind: Kind, step: String?, _ api: API) async throws -> Work {
    if text.split(separator: ".").count >= 3 { return Work(item: try await api.get(path(text, kind)), kind: kind) }
    let instance = try await api.get("/api/instances/\(API.escaped(text))")
    let open = instance[items: "open"].filter { $0[text: "type"] == kind.rawValue }
    let named = open.filter { step == nil || $0[text: "step"] == step }
    let mine = named.filter { $0[items: "asked"].contains(.string(api.person)) }
    let found = mine.isEmpty ? named : mine
    guard let first = found.first, let id = first[text: "id"] else {
      throw nothing(kind, in: instance, step: step, open: open)
    }
    guard found.count == 1 else {
      throw Complaint(
        .conflict, "several could be meant in \(instance[text: "id"] ?? text)",
        hint: "say which: " + choices(found).joined(separator: " or "))
    }
    return Work(item: try await api.get(path(id, kind)), kind: kind)
  }

  /// Steps have names; items of one step are told apart by their visit.
  private static func choices(_ open: [Value]) -> [String] {
    let steps = open.compactMap { $0[text: "step"] }
    if Set(steps).count == steps.count { return steps.map { "--step \($0)" } }
    return open.map { ($0[text: "id"] ?? "") + ($0[text: "item"].map { " (\($0))" } ?? "") }
  }

  private static func path(_ id: String, _ kind: Kind) -> String {
    "/api/\(kind == .task ? "tasks" : "approvals")/\(API.escaped(id))"
  }

  private static func nothing(_ kind: Kind, in instance: Value, step: String?, open: [Value]) -> Complaint {
    let name = instance[text: "id"] ?? "it"
    let noun = kind == .task ? "task" : "approval"
    if let step, !open.isEmpty {
      let others = open.compactMap { $0[text: "step"] }.joined(separator: ", ")
      return Complaint(.notFound, "no \(noun) '\(step)' is open in \(name)", hint: "open is: \(others)")
    }
    if let outcome = instance[text: "outcome"] {
      return Complaint(.conflict, "\(name) has ended (\(outcome))", hint: "its story: writ log \(name)")
    }
    return Complaint(.conflict, "no \(noun) is open in \(name)", hint: "what it waits for: writ show \(name)")
  }
}

/// Which instance or piece of work a verb is about.
struct WorkArgument: ParsableArguments {
  @Argument(help: ArgumentHelp("42, expense-approval-42, or an open step in full.", valueName: "id"))
  var id: String

  @Option(help: "The step, where several are open.")
  var step: String?
}

/// What writing verbs share.
struct WritingOption: ParsableArguments {
  @Option(help: ArgumentHelp("Makes a repetition harmless: the same key happens once.", valueName: "key"))
  var idempotencyKey: String?

  var key: String { idempotencyKey ?? "cli-\(Secret.make().prefix(32))" }

  func validate() throws {
    guard let key = idempotencyKey else { return }
    guard (1...128).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw ValidationError("an idempotency key has 1 to 128 visible ASCII characters")
    }
  }
}
