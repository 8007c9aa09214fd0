package import CEL
package import GitStore
package import WorkflowEngine
package import WorkflowFiles

/// The only writer of a record. Every door submits here; readers take ``snapshot``.
package final class Runner: Sendable {
  package let clock: @Sendable () -> Timestamp
  package let zones: @Sendable (String) -> ZoneRules?
  let store: any RecordStore
  /// Opens what is sealed: for those who take part, and for what is sent to services.
  package let sealing: SealingKeys
  let commitKeys: CommitKeys
  private let core: Core
  private let published: Published
  let agenda: Agenda
  let jobs = JobBoard()

  /// Recovers by reading: the same path at every start.
  ///
  /// - Parameter newRepository: names the record where it is empty yet: 32 hex digits by chance.
  package init(
    store: any RecordStore, newRepository: String, clock: @escaping @Sendable () -> Timestamp,
    zones: @escaping @Sendable (String) -> ZoneRules?
  ) throws {
    self.store = store
    self.clock = clock
    self.zones = zones
    let privateKeys = try store.privateKeys()
    let sealing = SealingKeys(privateKeys)
    self.sealing = sealing
    commitKeys = CommitKeys(privateKeys)
    let outside = Outside(
      digest: { Hex.sha256($0) }, fingerprint: { sealing.digest($0) }, seal: { sealing.seal($0) }, zones: zones)
    let world = try World.recovered(from: store, now: clock(), newRepository: newRepository)
    agenda = Agenda(world)
    published = Published(world, agenda: agenda)
    let writer = Writer(try Pen(store: store, keys: commitKeys))
    core = Core(loop: Loop(world: world, outside: outside), writer: writer, published: published, clock: clock)
  }

  /// Latest durable state.
  package var snapshot: World { published.world }

  package func policy() -> Policy {
    Policy(people: snapshot.deployment.people, settings: snapshot.deployment.settings, zones: zones)
  }

  /// The single entrance. Returns when the request's effects are durable.
  package func submit(_ request: Request) async throws(SubmitError) -> Receipt {
    try await core.submit(request).get()
  }

  /// Every durable batch from now on. A reader that lags skips to the newest: read ``snapshot`` then.
  package func changes() -> AsyncStream<Change> { published.subscribe() }
}

/// A batch has become durable.
package struct Change: Sendable {
  package var sequence: Int
  package var instances: [InstanceID]
  package var deployed: Bool
}
