import CEL
import HTTPTypes
import Hummingbird
import WorkflowEngine
import WorkflowFiles
import WorkflowReports
import WorkflowRunner

extension Server {
  func addInstances(to api: RouterGroup<ServerContext>) {
    api.get("instances") { request, context in
      let limit = request.query("limit").flatMap(Int.init) ?? 50
      let page = try cases(
        matching: try request.instanceFilter(default: .all), before: request.query("before").flatMap(Int.init),
        limit: min(max(limit, 1), 200), for: context.visitor)
      var body: ValueMap = ["items": .list(page.items.map { .map($0.instance.summary) })]
      body["next"] = page.next.map { .string("\($0)") }
      return Response.json(.map(body))
    }
    api.post("instances") { request, context in
      let body = try await request.json().allowing(["workflow", "input"])
      let start = WorkflowRunner.Request.Verb.start(
        workflow: try body.required("workflow"), input: body["input"] ?? [:])
      return try await submit(start, request, context).answer(status: .created)
    }
    api.get("instances/{id}") { request, context in
      let found = try instance(try context.text("id"), for: context.visitor).instance
      return Response.json(found.json).tagged("\(found.id)-\(found.events)", for: request)
    }
    api.get("instances/{id}/timeline") { request, context in
      let found = try instance(try context.text("id"), for: context.visitor)
      let entries = try runner.timeline(of: found.instance.id.number)
      let lines = entries.map { entry in
        (try? Value(json: entry.line))?.mapValue?.merging([
          "text": .string(sentence(for: entry.event, in: found.instance))
        ]) ?? [:]
      }
      return Response.json(["items": .list(lines.map { .map($0) })])
        .tagged("\(found.instance.id)-\(found.instance.events)-timeline", for: request)
    }
    api.get("instances/{id}/evidence") { request, context in
      let found = try instance(try context.text("id"), for: context.visitor)
      return Response.json(["items": .list(try decisions(of: found, for: context.visitor).map(\.value))])
        .tagged("\(found.instance.id)-\(found.instance.events)-evidence", for: request)
    }
  }

  /// Instances that the visitor may see, newest first, and the number to go on before.
  func cases(
    matching filter: InstanceFilter, before: Int?, limit: Int, for visitor: Visitor
  ) throws -> (items: [Case], next: Int?) {
    let world = runner.snapshot
    let policy = runner.policy()
    var filter = filter
    if let live = filter.workflow.flatMap({ world.deployment.workflow(named: $0) }) {
      filter.formerNames = world.deployment.formerNames(of: live.workflow.name)
    }
    var items: [Case] = []
    func take(_ instance: Instance) -> Bool {
      guard instance.id.number < before ?? .max, filter.admits(instance),
        maySee(instance, visitor, policy, world.deployment)
      else { return true }
      items.append(Case(instance, world.deployment.workflow(of: instance)?.workflow))
      return items.count <= limit
    }
    let latest = world.latest
    let isFull = !latest.allSatisfy(take)
    if !isFull, filter.standing == .all || filter.standing == .ended {
      // Older than what is held in memory: from the record, a page at a time.
      var oldest = min(world.oldestEnded ?? before ?? .max, before ?? .max)
      let known = Set(latest.map(\.id.number))
      for _ in 0..<20 {
        let older = try runner.archived(before: oldest, limit: 100)
        guard let last = older.last, older.filter({ !known.contains($0.id.number) }).allSatisfy(take) else { break }
        oldest = last.id.number
      }
    }
    let next = items.count > limit ? items[limit - 1].instance.id.number : nil
    return (Array(items.prefix(limit)), next)
  }
}

extension Hummingbird.Request {
  /// `status`, `workflow` and `person` of the query.
  func instanceFilter(default standing: InstanceFilter.Standing) throws -> InstanceFilter {
    var filter = InstanceFilter(standing: standing, workflow: query("workflow"), initiator: query("person"))
    if let text = query("status") {
      guard let standing = InstanceFilter.Standing(rawValue: text) else {
        throw Problem.field("status", "is one of open, stuck, ended, all")
      }
      filter.standing = standing
    }
    return filter
  }
}
