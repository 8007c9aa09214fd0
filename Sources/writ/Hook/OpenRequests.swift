import GitStore
import WorkflowEngine
import WorkflowFiles
import WorkflowRunner

/// What the record beside a pushed-to repository asks for now, to judge a decision before it is there. Only reads.
struct OpenRequests {
  private let view: RecordView
  private let snapshot: Snapshot
  private let repository: String
  private let policy: Policy

  /// - Returns: `nil` where no record is near, or where it holds nothing yet.
  init?(at state: String, under policy: Policy) throws {
    view = try RecordView(of: state)
    guard let tip = view.tip else { return nil }
    snapshot = try view.repository.snapshot(tip)
    guard let format = try snapshot.read(StateLayout.format) else { return nil }
    repository = try FormatFile(format).repository
    self.policy = policy
  }

  /// Why the runner would refuse the decision as things stand; `nil` where it would count.
  ///
  /// - Parameters:
  ///   - file: what was decided in, whose facts must be those that are asked; `nil` for a signed document.
  ///   - act: the action, given the definition that the instance runs on; `nil` where nothing is open for it.
  func rejection(
    of binding: InboxBinding, in file: [UInt8]?, by person: PersonID, _ assurance: Assurance, key: String?,
    _ act: (DeployedWorkflow) throws(Rejection) -> Command.Action?
  ) throws -> Rejection? {
    guard binding.repository == repository else {
      return Rejection(.notFound, "this decision belongs to another record, \(binding.repository)")
    }
    guard let instance = try StoredInstance(binding.instance, in: .live, of: snapshot)?.instance() else {
      return try hasEnded(binding.instance)
        ? Rejection(.closed, "\(binding.instance) has ended", hint: "nothing is left to decide here")
        : Rejection(.notFound, "there is no instance \(binding.instance)")
    }
    let closed = Rejection(.closed, "this is no longer open", hint: "nothing is left to decide here")
    guard let definition = try definition(of: instance), definition.digest == binding.definition else { return closed }
    let action: Command.Action
    do throws(Rejection) {
      guard let asked = try act(definition) else { return closed }
      action = asked
    } catch {
      return error
    }
    if let file, InboxRequest.isFalsified(file, boundTo: binding, in: instance) {
      return Rejection(.stale, InboxRequest.falsified, hint: "pull, look at the facts as they are, and decide on them")
    }
    let context = Context(
      now: .current, definition: definition, policy: policy, callee: { _ in nil }, digest: { Hex.sha256($0) },
      seal: \.sealedOpenly)
    do throws(Rejection) {
      _ = try Engine.decide(Command(by: person, assurance: assurance, key: key, action), on: instance, in: context)
      return nil
    } catch {
      return error
    }
  }

  private func hasEnded(_ id: InstanceID) throws -> Bool {
    try snapshot.entry(at: StateLayout.head(id, in: .archive)) != nil
  }

  private func definition(of instance: Instance) throws -> DeployedWorkflow? {
    let path = StateLayout.versionText(instance.version, of: instance.workflow)
    guard let text = try snapshot.read(path),
      let workflow = WorkflowReader.read(text, file: path, name: instance.workflow).content
    else { return nil }
    return DeployedWorkflow(workflow: workflow, version: instance.version, digest: Hex.sha256(text))
  }
}
