import CEL
import HTTPTypes
import Hummingbird
import WorkflowEngine
import WorkflowFiles
import WorkflowReports
import WorkflowRunner

/// Jobs for workers in any language: they take some of a type, and answer each within its time.
extension Server {
  /// As long as a worker may wait for something to do, in seconds.
  private static let longestWait = 30

  func addJobs(to api: RouterGroup<ServerContext>) {
    api.post("jobs/activate") { request, context in
      let body = try await request.json().allowing(["type", "max", "wait"])
      let wait = try body.number("wait", 0...Self.longestWait) ?? 0
      let items = try await jobs(
        of: try body.required("type"), most: try body.number("max", 1...Runner.mostJobsAtOnce) ?? 1,
        for: try worker(context), until: runner.clock().adding(.seconds(wait)))
      return Response.json(["items": .list(items.map { .map($0.json(opening: runner.sealing)) })])
    }
    api.post("jobs/{id}/complete") { request, context in
      let body = try await request.json().allowing(["lease", "result"])
      return try await answer(.done(body["result"] ?? [:]), body, context)
    }
    api.post("jobs/{id}/fail") { request, context in
      let body = try await request.json().allowing(["lease", "code", "message"])
      let code = try body.required("code")
      guard code.utf8.count <= 64, code.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
        throw Problem.field("code", "has 1 to 64 visible ASCII characters, such as 'scanner.jammed'")
      }
      return try await answer(.failed(code: code, message: try body.text("message") ?? ""), body, context)
    }
    api.post("jobs/{id}/extend") { request, context in
      let body = try await request.json().allowing(["lease", "seconds"])
      guard let seconds = try body.number("seconds", 1...Int(Runner.longestLease.components.seconds)) else {
        throw Problem.field("seconds", "is missing")
      }
      let (job, lease, person) = (try context.text("id"), try body.required("lease"), try worker(context))
      do throws(SubmitError) {
        let until = try runner.prolong(job, lease, by: person, for: .seconds(seconds))
        return Response.json(["until": .string(until.rfc3339Milliseconds)])
      } catch { throw Problem(error) }
    }
  }

  private func worker(_ context: ServerContext) throws -> PersonID {
    guard let person = context.visitor.person else {
      throw Problem(Rejection(.notAllowed, "people.yaml does not know you, so you may take no jobs"))
    }
    return person
  }

  /// Waits for the first, so that idle workers need not ask again and again.
  private func jobs(of type: String, most: Int, for person: PersonID, until: Timestamp) async throws -> [JobLease] {
    while true {
      do throws(Rejection) {
        let taken = try runner.takeJobs(type, most: most, by: person)
        if !taken.isEmpty || runner.clock() >= until { return taken }
      } catch { throw Problem(error) }
      try await Task.sleep(for: .milliseconds(200))
    }
  }

  private func answer(_ performed: Performed, _ body: ValueMap, _ context: ServerContext) async throws -> Response {
    let (job, lease, person) = (try context.text("id"), try body.required("lease"), try worker(context))
    do throws(SubmitError) {
      let receipt = try await runner.answer(job, lease, by: person, performed)
      return Response.json(["sequence": .int(Int64(receipt.sequence))])
    } catch { throw Problem(error) }
  }
}

extension JobLease {
  fileprivate func json(opening sealing: SealingKeys) -> ValueMap {
    [
      "id": .string(job.id), "lease": .string(number), "type": .string(job.workType),
      "instance": .string(job.instance.description), "step": .string(job.step), "visit": .int(Int64(job.visit)),
      "attempt": .int(Int64(job.attempt)), "input": sealing.filled(.map(job.input)),
      "until": .string(until.rfc3339Milliseconds),
    ]
  }
}

extension ValueMap {
  fileprivate func number(_ name: String, _ range: ClosedRange<Int>) throws -> Int? {
    guard let value = self[name] else { return nil }
    guard let number = value.intValue, range.contains(Int(number)) else {
      throw Problem.field(name, "is a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return Int(number)
  }
}
