import CEL
import HTTPTypes
import Hummingbird
import WorkflowEngine
import WorkflowReports
import WorkflowRunner

/// The moves of state machines.
extension Server {
  func addMoves(to api: RouterGroup<ServerContext>) {
    api.get("moves") { _, context in
      let items = inbox(of: context.visitor).filter(\.isState)
      return Response.json([
        "items": .list(
          items.map { item in
            let moves = context.visitor.person.map(item.visit.moves) ?? []
            return .map(item.summary.merging(["moves": .list(moves.map { .string($0) })]))
          })
      ])
    }
    api.get("instances/{id}/moves") { _, context in
      let found = try instance(try context.text("id"), for: context.visitor)
      return Response.json(["items": .list(moves(in: found, for: context.visitor))])
    }
    api.post("instances/{id}/moves") { request, context in
      let found = try instance(try context.text("id"), for: context.visitor)
      let body = try await request.json().allowing(["move", "step", "result"])
      let move = Command.Action.move(
        try body.required("move"), step: try body.text("step"), visit: nil, result: body["result"] ?? [:])
      return try await act(move, on: found.instance, request, context)
    }
  }

  /// What the visitor may do where the object stands, with the forms.
  private func moves(in found: Case, for visitor: Visitor) -> [Value] {
    guard let person = visitor.person else { return [] }
    return found.instance.visits.flatMap { visit in
      visit.moves(for: person).map { name in
        var body: ValueMap = [
          "move": .string(name), "step": .string(visit.step), "visit": .int(Int64(visit.number)),
          "by": .list(visit.offers.filter { $0.move == name }.flatMap { $0.pool ?? [] }.map { .string($0) }),
        ]
        body["form"] = found.workflow?.form(ofMove: name, in: visit.step, for: person, visit)?.source
        return .map(body)
      }
    }
  }
}
