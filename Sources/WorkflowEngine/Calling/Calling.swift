package import CEL

/// Who called an instance: the visit that waits for its end.
package struct Caller: Sendable, Hashable {
  package var instance: InstanceID
  package var step: StepID
  package var visit: Int
  /// How many callers stand above the instance: 1 for the child of an instance that nobody called.
  package var depth: Int

  /// So many instances may stand one below the other.
  package static let deepest = 16

  package init(instance: InstanceID, step: StepID, visit: Int, depth: Int) {
    self.instance = instance
    self.step = step
    self.visit = visit
    self.depth = depth
  }
}

/// A `call` was entered. The version is that deployed at this moment, and stays.
package struct CallOpened: Sendable, Hashable {
  package var step: StepID
  package var visit: Int
  package var workflow: String
  package var version: Int
  package var input: ValueMap
  /// Persons whom the caller's approvals are about; nor may they decide in the child.
  package var about: [PersonID]
  package var timers: [Timer]

  package init(
    step: StepID, visit: Int, workflow: String, version: Int, input: ValueMap, about: [PersonID], timers: [Timer]
  ) {
    self.step = step
    self.visit = visit
    self.workflow = workflow
    self.version = version
    self.input = input
    self.about = about
    self.timers = timers
  }
}

/// A visit that waits for a child.
package struct OpenCall: Sendable, Hashable {
  package var workflow: String
  package var version: Int
  package var input: ValueMap
  package var about: [PersonID]
  /// `nil` until it is started, which is owed.
  package var child: InstanceID?

  package init(workflow: String, version: Int, input: ValueMap, about: [PersonID], child: InstanceID? = nil) {
    self.workflow = workflow
    self.version = version
    self.input = input
    self.about = about
    self.child = child
  }
}

extension Visit {
  /// The child that it waits for, or will.
  package var call: OpenCall? { if case .call(let call) = work { call } else { nil } }
}

extension Instance {
  /// Visits that wait for a child that is not started yet.
  package var callsOwed: [(visit: Visit, call: OpenCall)] {
    visits.compactMap { visit in
      guard visit.incident == nil, let call = visit.call, call.child == nil else { return nil }
      return (visit, call)
    }
  }

  /// Children that it waits for.
  package var children: [InstanceID] { visits.compactMap { $0.call?.child } }

  mutating func startChild(_ step: StepID, _ visit: Int, _ child: InstanceID) {
    change(step, visit) { visit in
      guard case .call(var call) = visit.work else { return }
      call.child = child
      visit.work = .call(call)
    }
  }
}
