package import WorkflowEngine

extension InboxRequest {
  package static let falsified = "what the file shows is not what is asked: somebody changed the facts in it"

  /// Whether somebody changed the facts in a file, so that whoever decided saw others than those they are bound to.
  package static func isFalsified(_ file: [UInt8], boundTo binding: InboxBinding, in instance: Instance) -> Bool {
    guard let visit = instance.visit(binding.step, binding.visit),
      let request = InboxRequest(visit, of: instance, for: binding.person, repository: binding.repository),
      request.binding.shown == binding.shown
    else { return false }
    return InboxReader.facts(file) != InboxReader.facts(request.bytes())
  }
}
