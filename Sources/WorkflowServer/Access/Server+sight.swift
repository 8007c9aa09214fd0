import CEL
import HTTPTypes
import Hummingbird
import WorkflowEngine
import WorkflowFiles
import WorkflowReports
import WorkflowRunner

/// What a visitor may see: instances by ``Policy/mayView(_:_:_:)``, and what they may decide for somebody absent, in one place for every route.
extension Server {
  func maySee(_ instance: Instance, _ visitor: Visitor, _ policy: Policy, _ deployment: Deployment) -> Bool {
    guard let person = visitor.person else { return false }
    guard let workflow = deployment.workflow(of: instance)?.workflow else { return instance.initiator == person }
    return policy.mayView(instance, workflow, person)
      || instance.visits.contains { policy.asks(person, in: $0, at: runner.clock()) }
  }

  /// An instance by `expense-approval-42` or `42`; what may not be seen is not told apart from what is not there.
  func instance(_ text: String, for visitor: Visitor) throws -> Case {
    guard let number = Int(text) ?? InstanceID(text)?.number, number > 0,
      let instance = try runner.instance(number),
      Int(text) != nil || instance.id.description == text,
      maySee(instance, visitor, runner.policy(), runner.snapshot.deployment)
    else { throw Problem(status: .notFound, code: "not-found", "no instance '\(text)' that you may see") }
    return seen(instance, by: visitor)
  }

  /// With what is sensitive open to those who take part in it, and to nobody else.
  private func seen(_ instance: Instance, by visitor: Visitor) -> Case {
    let workflow = runner.snapshot.deployment.workflow(of: instance)?.workflow
    return Case(takesPart(visitor, in: instance) ? runner.sealing.opened(instance) : instance, workflow)
  }

  func takesPart(_ visitor: Visitor, in instance: Instance) -> Bool {
    let (policy, now) = (runner.policy(), runner.clock())
    guard let person = visitor.person, let workflow = runner.snapshot.deployment.workflow(of: instance)?.workflow
    else { return false }
    return policy.takesPart(person, in: instance, of: workflow)
      || instance.visits.contains { policy.asks(person, in: $0, at: now) }
  }

  /// Open work by `<instance>.<step>.<visit>`.
  func workItem(_ id: WorkID, for visitor: Visitor) throws -> WorkItem {
    let found = try instance(id.instance.description, for: visitor)
    guard let visit = found.instance.visit(id.step, id.visit) else {
      throw Problem(Rejection(.closed, "'\(id.step)' of \(id.instance) is no longer open"))
    }
    return WorkItem(found, visit)
  }

  /// What waits for the visitor, most urgent first: by due time, then oldest first.
  func inbox(of visitor: Visitor) -> [WorkItem] {
    guard let person = visitor.person else { return [] }
    let (policy, now) = (runner.policy(), runner.clock())
    let items = waiting(for: person).flatMap { instance in
      instance.visits.filter { policy.asks(person, in: $0, at: now) }.map {
        let seen = seen(instance, by: visitor)
        return WorkItem(seen, seen.instance.visit($0.step, $0.number) ?? $0)
      }
    }
    return items.sorted {
      ($0.visit.due ?? .latest, $0.visit.since, $0.of.instance.id) < (
        $1.visit.due ?? .latest, $1.visit.since, $1.of.instance.id
      )
    }
  }

  /// Live instances that ask the person, or somebody absent for whom they may act, by number.
  private func waiting(for person: PersonID) -> [Instance] {
    let (policy, now) = (runner.policy(), runner.clock())
    let people = [person] + policy.absentees(coveredBy: person, at: now)
    return runner.snapshot.waiting(forAnyOf: people).filter { instance in
      instance.visits.contains { policy.asks(person, in: $0, at: now) }
    }
  }

  /// From whose point of view pages are written.
  func reader(_ visitor: Visitor) -> Reader {
    let world = runner.snapshot
    let settings = world.deployment.settings
    let zone = ZoneRules(fixed: settings.timezone) ?? runner.zones(settings.timezone)
    return Reader(
      site: settings.title, person: visitor.person, people: world.deployment.people, now: runner.clock(),
      zone: zone ?? .utc, zoneName: zone == nil ? "UTC" : settings.timezone,
      waiting: visitor.person.map { waiting(for: $0).count } ?? 0)
  }
}

/// `expense-approval-42.manager_approval.1`
struct WorkID: Sendable, Hashable, CustomStringConvertible {
  var instance: InstanceID
  var step: StepID
  var visit: Int

  init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count >= 3, let visit = Int(parts[parts.count - 1]), visit > 0, !parts[parts.count - 2].isEmpty,
      let instance = InstanceID(parts.dropLast(2).joined(separator: "."))
    else { return nil }
    self.instance = instance
    step = String(parts[parts.count - 2])
    self.visit = visit
  }

  var description: String { "\(instance).\(step).\(visit)" }
}
