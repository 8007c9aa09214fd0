/// Something that a machine is asked to do, with its place: a service, or what takes one back.
struct RequestPlace: Sendable {
  var request: ServiceStep
  var root: [PathElement]
}

extension Workflow {
  var requests: [RequestPlace] {
    steps.flatMap { step -> [RequestPlace] in
      guard case .service(let service) = step.kind else { return [] }
      let place = RequestPlace(request: service, root: step.root)
      guard let undo = service.undo else { return [place] }
      let takingBack = ServiceStep(uses: undo.uses, parameters: undo.parameters)
      return [place, RequestPlace(request: takingBack, root: step.root + ["undo"])]
    }
  }
}
