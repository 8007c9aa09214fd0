import CEL
import HTTPTypes
import Hummingbird
import WorkflowEngine
import WorkflowReports
import WorkflowRunner

/// What the forms of the pages post: one request each, then a redirect; a refusal shows the form again with its words.
extension Server {
  func addForms(to router: Router<ServerContext>) {
    router.post("inbox/{id}") { request, context in
      let item = try workItem(context)
      let form = try await request.form()
      if let move = form[Page.moveField] { return try await make(move, item, form, context) }
      return item.isApproval ? try await decide(item, form, context) : try await complete(item, form, context)
    }
    router.post("workflows/{name}/start") { request, context in try await start(request, context) }
    for verb in ["cancel", "suspend", "resume", "retry", "skip", "reopen", "withdraw", "comments"] {
      router.post("instances/{id}/\(verb)") { request, context in
        let found = try instance(try context.text("id"), for: context.visitor)
        let action = Self.action(verb, try await request.form())
        do throws(SubmitError) {
          _ = try await submit(.act(found.instance.id.number, action), for: context.visitor, key: nil)
        } catch {
          let problem = Problem(error)
          let words = [problem.message, problem.hint].compactMap { $0 }.joined(separator: "; ")
          return show(
            .instance(try view(of: found, words, context.visitor), reader(context.visitor)), status: problem.status,
            context)
        }
        return .seeOther("/instances/\(found.instance.id)")
      }
    }
  }

  private static func action(_ verb: String, _ form: [String: String]) -> Command.Action {
    let reason = form["reason"].flatMap { $0.isEmpty ? nil : $0 }
    return switch verb {
    case "cancel": .cancel(reason: reason)
    case "suspend": .suspend(reason: reason)
    case "resume": .resume(reason: reason)
    case "retry": .retry(step: form["step"], reason: reason)
    case "reopen": .reopen(step: form["step"], reason: reason)
    case "withdraw": .withdraw(step: form["step"], reason: reason)
    case "skip": .skip(step: form["step"], outcome: form["outcome"], result: nil, reason: reason ?? "")
    default: .comment(form["text"] ?? "", step: nil)
    }
  }

  private func decide(
    _ item: WorkItem, _ form: [String: String], _ context: ServerContext
  ) async throws -> Response {
    let reason = form["reason"].flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
    let action: Command.Action
    if form["decision"] == "delegate" {
      action = .delegate(step: item.visit.step, to: form["to"], seat: nil)
    } else if form["decision"] == "ask" {
      action = .ask(form["question"] ?? "", of: form["of"], step: item.visit.step, visit: item.visit.number)
    } else if let number = form["answers"] {
      action = .answer(
        form["answer"] ?? "", question: Int(number), step: item.visit.step, visit: item.visit.number)
    } else if let verdict = form["decision"].flatMap(Decision.Verdict.init) {
      guard verdict == .approve || reason != nil else {
        let fill = FormFill(
          texts: form, problem: "say why: a reason is needed to \(verdict == .reject ? "reject" : "send it back")")
        return show(page(of: item, fill, context), status: .unprocessableContent, context)
      }
      action = .decide(
        Command.Decide(
          step: item.visit.step, visit: item.visit.number, verdict, reason: reason, digest: form["digest"],
          nonce: form["nonce"]))
    } else {
      throw Problem.field("decision", "is one of approve, reject, return, delegate, ask")
    }
    do throws(SubmitError) {
      _ = try await submit(.act(item.of.instance.id.number, action), for: context.visitor, key: nil)
    } catch {
      return try again(item, Problem(error), form, context)
    }
    return .seeOther("/instances/\(item.of.instance.id)")
  }

  private func complete(
    _ item: WorkItem, _ form: [String: String], _ context: ServerContext
  ) async throws -> Response {
    var form = form
    let outcome = form.removeValue(forKey: Page.outcomeField)
    var result: Value = [:]
    if case .task(let task)? = item.step?.kind, let schema = task.form {
      let (value, violations) = schema.value(fromForm: form)
      guard violations.isEmpty else {
        let fill = FormFill(texts: form, violations: violations.map { .init(pointer: $0.pointer, message: $0.message) })
        return show(page(of: item, fill, context), status: .unprocessableContent, context)
      }
      result = value
    }
    let action = Command.Action.complete(
      step: item.visit.step, visit: item.visit.number, outcome: outcome, result: result)
    do throws(SubmitError) {
      _ = try await submit(.act(item.of.instance.id.number, action), for: context.visitor, key: nil)
    } catch {
      return try again(item, Problem(error), form, context)
    }
    return .seeOther("/instances/\(item.of.instance.id)")
  }

  private func make(
    _ move: String, _ item: WorkItem, _ form: [String: String], _ context: ServerContext
  ) async throws -> Response {
    var texts = form
    texts[Page.moveField] = nil
    let schema = context.visitor.person.flatMap {
      item.of.workflow?.form(ofMove: move, in: item.visit.step, for: $0, item.visit)
    }
    let (result, violations) = schema?.value(fromForm: texts) ?? ([:], [])
    guard violations.isEmpty else {
      let fill = FormFill(texts: form, violations: violations.map { .init(pointer: $0.pointer, message: $0.message) })
      return show(page(of: item, fill, context), status: .unprocessableContent, context)
    }
    let action = Command.Action.move(move, step: item.visit.step, visit: item.visit.number, result: result)
    do throws(SubmitError) {
      _ = try await submit(.act(item.of.instance.id.number, action), for: context.visitor, key: nil)
    } catch {
      return try again(item, Problem(error), form, context)
    }
    return .seeOther("/instances/\(item.of.instance.id)")
  }

  /// The page of the work as it is now, with what was wrong and what was typed; a notice if it is no longer open.
  private func again(
    _ item: WorkItem, _ problem: Problem, _ form: [String: String], _ context: ServerContext
  ) throws -> Response {
    guard let id = WorkID(item.id), let now = try? workItem(id, for: context.visitor) else { throw problem }
    let words = [problem.message, problem.hint].compactMap { $0 }.joined(separator: "; ")
    let fill = FormFill(texts: form, violations: problem.violations, problem: words)
    return show(page(of: now, fill, context), status: problem.status, context)
  }

  private func start(_ request: Hummingbird.Request, _ context: ServerContext) async throws -> Response {
    let live = try startable(context)
    var form = try await request.form()
    let key = form.removeValue(forKey: Page.keyField)
    let reader = reader(context.visitor)
    let (input, violations) = live.workflow.input?.value(fromForm: form) ?? ([:], [])
    var fill = FormFill(texts: form, violations: violations.map { .init(pointer: $0.pointer, message: $0.message) })
    guard violations.isEmpty else {
      return show(.start(live.workflow, fill: fill, key: key ?? "", reader), status: .unprocessableContent, context)
    }
    do throws(SubmitError) {
      let receipt = try await submit(
        .start(workflow: live.workflow.name, input: input), for: context.visitor,
        key: key.flatMap { $0.isEmpty ? nil : $0 })
      return .seeOther(receipt.instance.map { "/instances/\($0.id)" } ?? "/instances")
    } catch {
      let problem = Problem(error)
      fill.violations = problem.violations
      fill.problem = [problem.message, problem.hint].compactMap { $0 }.joined(separator: "; ")
      return show(.start(live.workflow, fill: fill, key: key ?? "", reader), status: problem.status, context)
    }
  }
}
