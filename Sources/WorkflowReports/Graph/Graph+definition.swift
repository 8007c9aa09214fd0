package import WorkflowEngine

extension Graph {
  /// Id of the dot where reading starts; no step is called like it.
  static let startID = "·start"

  /// The picture of a definition.
  package init(_ workflow: Workflow) {
    var nodes = [Node(id: Self.startID, title: "", kind: .start)]
    var edges = [Edge(Self.startID, workflow.start)]
    // What a message or the time can begin wherever it stands has no step that leads to it.
    edges += workflow.onEvent.map { Edge(Self.startID, $0.then, label: $0.event, kind: .escalation) }
    if let expires = workflow.expires {
      edges.append(Edge(Self.startID, expires.then, label: "after \(expires.after)", kind: .escalation))
    }
    for step in workflow.steps {
      nodes.append(Node(step))
      edges += step.ways
    }
    self.init(title: workflow.title, summary: workflow.summary ?? "", nodes: nodes, edges: edges)
  }
}

extension Graph.Node {
  fileprivate init(_ step: Step) {
    self.init(id: step.id, title: step.label, subtitle: step.caption, kind: step.shape, badges: step.remarks)
  }
}

extension Step {
  fileprivate var shape: Graph.Kind {
    switch kind {
    case .task: .task
    case .approval: .approval
    case .service: .service
    case .gateway(let gateway):
      switch gateway.mode {
      case .exclusive: .gateway(.exclusive)
      case .inclusive: .gateway(.inclusive)
      case .parallel: .gateway(.parallel)
      }
    case .join: .join
    case .wait: .wait
    case .notification: .notification
    case .call: .call
    case .table: .table
    case .end: .end
    case .state(let state): state.isFinal ? .end : .state
    }
  }

  /// The small line over the title.
  fileprivate var caption: String {
    switch kind {
    case .approval(let approval) where approval.levels.count > 1: "Approval · \(approval.levels.count) levels"
    case .service(let service): "Service · \(service.uses)"
    case .table: "Decision table"
    case .state(let state) where state.approval != nil: "State · approval"
    case .call(let call): "Call · \(call.workflow)"
    default: type.prefix(1).uppercased() + type.dropFirst()
    }
  }

  /// What a reviewer should see without opening the file.
  fileprivate var remarks: [String] {
    var remarks: [String] = []
    if let due { remarks.append("due \(due)") }
    if let expires { remarks.append("expires after \(expires)") }
    if case .wait(let wait) = kind, let span = wait.span { remarks.append("\(span)") }
    if case .state(let state) = kind { remarks += state.stays.map { "↻ \($0)" } }
    if each != nil { remarks.append("for each item") }
    return remarks
  }

  fileprivate var ways: [Graph.Edge] {
    var edges: [Graph.Edge] = []
    if case .gateway(let gateway) = kind {
      for branch in gateway.branches {
        edges.append(
          Graph.Edge(
            id, branch.then, label: branch.isOtherwise ? "otherwise" : branch.when?.source ?? "",
            kind: branch.isOtherwise ? .otherwise : .normal))
      }
    }
    if case .state(let state) = kind {
      for move in state.moves {
        guard let to = move.then else { continue }
        edges.append(Graph.Edge(id, to, label: move.name, kind: move.by.isEmpty ? .escalation : .normal))
      }
    }
    for (outcome, target) in then.sorted(by: { $0.key < $1.key }) {
      edges.append(Graph.Edge(id, target, label: outcome == "done" && then.count == 1 ? "" : outcome))
    }
    for route in onError {
      edges.append(Graph.Edge(id, route.then, label: route.code ?? "any error", kind: .error))
    }
    for handler in onEvent { edges.append(Graph.Edge(id, handler.then, label: handler.event, kind: .escalation)) }
    return edges
  }
}

extension StateStep {
  /// The moves that may leave the object where it is, by name.
  fileprivate var stays: [String] {
    var seen: Set<String> = []
    return moves.filter { $0.then == nil && seen.insert($0.name).inserted }.map(\.name)
  }
}
