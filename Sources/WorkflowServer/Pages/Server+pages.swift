import CEL
import HTTPTypes
import Hummingbird
import WorkflowEngine
import WorkflowFiles
import WorkflowReports
import WorkflowRunner

/// The pages: view models from a snapshot, HTML from `WorkflowReports`.
extension Server {
  func addPages(to router: Router<ServerContext>) {
    router.get("/") { _, context in show(.front(try overview(for: context.visitor), reader(context.visitor)), context) }
    router.get("inbox") { _, context in show(.inbox(inbox(of: context.visitor), reader(context.visitor)), context) }
    router.get("inbox/{id}") { _, context in show(page(of: try workItem(context), nil, context), context) }
    router.get("workflows/{name}") { request, context in try workflowPage(request, context) }
    router.get("workflows/{name}/start") { _, context in
      let live = try startable(context)
      return show(
        .start(live.workflow, fill: FormFill(), key: Self.formKey(), reader(context.visitor)), context)
    }
    router.get("instances") { request, context in
      let filter = try request.instanceFilter(default: .open)
      let found = try cases(
        matching: filter, before: request.query("before").flatMap(Int.init), limit: 50, for: context.visitor)
      let deployment = runner.snapshot.deployment
      let workflows = deployment.current.keys.sorted().compactMap { deployment.workflow($0)?.workflow }
      return show(
        .instances(
          found.items, filter: filter, workflows: workflows.map { ($0.shortName, $0.title) }, next: found.next,
          reader(context.visitor)), context)
    }
    router.get("instances/{id}") { request, context in
      let found = try instance(try context.text("id"), for: context.visitor)
      let view = try view(of: found, nil, isWhole: request.query("events") == "all", context.visitor)
      return show(.instance(view, reader(context.visitor)), context)
    }
    router.get("instances/{id}/approvals") { _, context in
      let found = try instance(try context.text("id"), for: context.visitor)
      return show(
        .approvalRecord(found, try decisions(of: found, for: context.visitor), reader(context.visitor)), context)
    }
    router.get("messages") { _, context in
      show(.messages(messages(.kept, for: context.visitor).map(\.row), reader(context.visitor)), context)
    }
    router.get("deployments") { _, context in
      let deployment = runner.snapshot.deployment
      return show(
        .deployments(
          deployment.reports.map(\.row), branch: deployment.settings.deployBranch, reader(context.visitor)), context)
    }
  }

  func show(_ page: Page, status: HTTPResponse.Status = .ok, _ context: ServerContext) -> Response {
    .page(page, status: status, reader(context.visitor))
  }

  /// Of 128 random bits: two forms never share one.
  private static func formKey() -> String {
    "form-" + String(UInt64.random(in: .min ... .max), radix: 36) + String(UInt64.random(in: .min ... .max), radix: 36)
  }

  func page(of item: WorkItem, _ fill: FormFill?, _ context: ServerContext) -> Page {
    let reader = reader(context.visitor)
    return switch item.visit.work {
    case .approval(let open): .approval(item, open, problem: fill, reader)
    case .task(let task): .task(item, task, fill: fill, reader)
    case .state: .state(item, fill: fill, reader)
    case .job, .wait, .call, .blocked: .notice(.gone("This waits for no person."), reader)
    }
  }

  // MARK: View models

  /// Every decision with what it stood on, from the timeline alone.
  func decisions(of found: Case, for visitor: Visitor) throws -> [AuditedDecision] {
    let decisions = AuditedDecision.all(in: try runner.timeline(of: found.instance.id.number))
    guard takesPart(visitor, in: found.instance) else { return decisions }
    return decisions.map { decision in
      var decision = decision
      decision.shown = runner.sealing.opened(decision.shown)
      return decision
    }
  }

  private func overview(for visitor: Visitor) throws -> Overview {
    let world = runner.snapshot
    let policy = runner.policy()
    let now = runner.clock()
    let visible = world.latest.filter { maySee($0, visitor, policy, world.deployment) }
      .map { Case($0, world.deployment.workflow(of: $0)?.workflow) }
    let open = visible.filter { !$0.instance.status.isEnded }
    var overview = Overview()
    overview.yours = inbox(of: visitor)
    overview.stuck = Array(open.filter(\.instance.hasIncident).prefix(10))
    overview.dueSoon = Array(
      open.filter { $0.due.map { $0 <= now.adding(.seconds(3 * 86_400)) } ?? false }
        .sorted { ($0.due ?? .latest) < ($1.due ?? .latest) }.prefix(6))
    let moving = open.filter { !$0.instance.hasIncident }
    overview.running = Array(moving.prefix(12))
    overview.runningCount = moving.count
    overview.ended = Array(
      visible.filter { $0.instance.status.isEnded }
        .sorted { ($0.instance.endedAt ?? .earliest) > ($1.instance.endedAt ?? .earliest) }.prefix(6))
    overview.deployments = world.deployment.reports.prefix(4).map(\.row)
    overview.alarms = runner.alarms(intake, mirror).map { ($0.words, $0.remedy) }
    overview.earlyMessages = messages(.kept, for: visitor).count
    overview.workflows = rows(open, visitor, policy, world.deployment)
    return overview
  }

  private func rows(_ open: [Case], _ visitor: Visitor, _ policy: Policy, _ deployment: Deployment) -> [WorkflowRow] {
    let running = Dictionary(grouping: open, by: \.instance.workflow)
    let live = deployment.current.keys.compactMap { deployment.workflow($0) }
    return live.sorted { $0.workflow.title < $1.workflow.title }.map { live in
      WorkflowRow(
        live.workflow, version: live.version,
        mayStart: visitor.person.map { policy.mayStart(live.workflow, $0) } ?? false,
        running: running[live.workflow.name]?.count ?? 0)
    }
  }

  private func workflowPage(_ request: Hummingbird.Request, _ context: ServerContext) throws -> Response {
    let all = try versions(context)
    let deployment = runner.snapshot.deployment
    let current = all.first.flatMap { deployment.current[$0.workflow.name] }
    let wanted = request.query("version").flatMap(Int.init) ?? current ?? all.first?.version
    guard let shown = all.first(where: { $0.version == wanted }) else {
      throw Problem(status: .notFound, code: "not-found", "that version is not loaded")
    }
    let running = try cases(
      matching: InstanceFilter(standing: .open, workflow: shown.workflow.name), before: nil, limit: 20,
      for: context.visitor)
    let mayStart = context.visitor.person.map { runner.policy().mayStart(shown.workflow, $0) } ?? false
    return show(
      .workflow(
        shown, versions: all.map(\.version), current: current, mayStart: mayStart, running: running.items,
        reader(context.visitor)), context)
  }

  /// The live version, if the visitor may start it.
  func startable(_ context: ServerContext) throws -> DeployedWorkflow {
    let live = try live(context)
    guard let person = context.visitor.person, runner.policy().mayStart(live.workflow, person) else {
      let allowed = live.workflow.access.start.map(\.description).joined(separator: ", ")
      throw Problem(
        status: .forbidden, code: "not-allowed", "you may not start \(live.workflow.title)",
        hint: allowed.isEmpty ? "its file lets nobody start it" : "its file lets \(allowed) start it")
    }
    return live
  }

  func view(of found: Case, _ problem: String?, isWhole: Bool = false, _ visitor: Visitor) throws -> InstanceView {
    let instance = found.instance
    let entries = try runner.timeline(of: instance.id.number)
    let reader = reader(visitor)
    let mayOperate =
      visitor.person.flatMap { person in found.workflow.map { runner.policy().mayOperate($0, person) } } ?? false
    let isUntouched = visitor.person == instance.initiator && instance.results.values.allSatisfy { $0.by == nil }
    return InstanceView(
      found, entries: entries,
      timeline: isWhole ? entries.map { found.line(for: $0, reader) } : found.story(of: entries, reader),
      path: StateLayout.head(instance.id, in: instance.isArchivable ? .archive : .live), mayOperate: mayOperate,
      mayCancel: mayOperate || isUntouched, problem: problem)
  }
}
