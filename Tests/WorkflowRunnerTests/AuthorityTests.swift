import CEL
import HashTreeCollections
import Testing
import WorkflowEngine
import WorkflowFiles

@testable import WorkflowRunner

/// Who loses authority loses it at once, whatever else is wrong with the commit.
@Suite("Authority that is taken away")
struct AuthorityTests {
  private static let broken = Office.leave.replacing("approvers: [role:boss]", with: "approvers: [role:bosses]")

  /// An office with one leave that waits for bob or carl.
  private func office() async throws -> Office {
    let office = try Office()
    try office.commit()
    await office.deploy()
    _ = try await office.start()
    return office
  }

  private func deploy(_ office: Office, people: (String) -> String, leave: String = broken) async throws -> DeployReport
  {
    try office.write("people.yaml", people(Office.people))
    try office.write("workflows/office/leave.yaml", leave)
    try office.commit()
    await office.deploy()
    return try #require(office.runner.snapshot.deployment.reports.first)
  }

  private func approve(_ office: Office, by person: PersonID) async throws {
    _ = try await office.runner.submit(Request(by: person, .act(1, .decide(Command.Decide(.approve)))))
  }

  @Test("a commit that is refused for another file takes authority away all the same, and a restart knows it")
  func refused() async throws {
    let office = try await office()
    let report = try await deploy(
      office, people: { $0.replacing("roles: [employee, boss]}", with: "roles: [employee, boss], revoked: true}") })
    #expect(!report.isDeployed && report.takesAuthority && report.versions.isEmpty)
    let world = office.runner.snapshot
    #expect(
      try office.runner.timeline(of: 1).contains { if case .unseated(_, _, ["bob"]) = $0.event { true } else { false } }
    )
    #expect(world.deployment.commit == report.commit && world.deployment.workflow(named: "leave")?.version == 1)
    await #expect(throws: SubmitError.self) { try await approve(office, by: "bob") }
    try await approve(office, by: "carl")
    let again = try World.recovered(from: office.store, now: office.clock.now, newRepository: "")
    #expect(again.deployment.commit == report.commit && again.deployment.people == world.deployment.people)
    #expect(again.deployment.current == world.deployment.current)
    #expect(again.deployment.reports.first == report)
  }

  @Test("what loses its approvers by it is blocked, and the commit that names others goes on")
  func blocked() async throws {
    let office = try await office()
    let report = try await deploy(
      office, people: { $0.replacing("[employee, boss]", with: "[employee]") }, leave: Office.leave)
    #expect(!report.isDeployed && report.takesAuthority)
    #expect(office.runner.snapshot.live[1]?.visits.first?.incident?.code == "nobody")
    for person in ["bob", "carl"] {
      await #expect(throws: SubmitError.self) { try await approve(office, by: person) }
    }
    let mended = try await deploy(office, people: { $0 }, leave: Office.leave)
    #expect(mended.isDeployed && !mended.takesAuthority)
    #expect(office.runner.snapshot.deployment.people.people["bob"]?.roles == ["employee", "boss"])
  }

  @Test(
    "a refused commit that gives anybody anything, or whose people cannot be read, changes nothing",
    arguments: [
      "people:\n  eve: {name: Eve, email: eve@example.com, roles: [boss]}",
      "people:\n  bob: {name: Bob, email: bob@example.com, roles: [nothing]}\n  bob: {name: Bob}",
    ])
  func gives(_ text: String) async throws {
    let office = try await office()
    let before = office.runner.snapshot.deployment
    let report = try await deploy(
      office,
      people: { $0.replacing("people:", with: text).replacing("[employee, boss], manager: bob", with: "[employee]") })
    #expect(!report.isInForce)
    let after = office.runner.snapshot.deployment
    #expect(after.commit == before.commit && after.people == before.people)
    try await approve(office, by: "carl")
  }

  @Test("a rewritten deploy branch takes nothing away, for nobody accepted it")
  func rewritten() async throws {
    let office = try await office()
    try Office.git(office.folder, "checkout", "--quiet", "--orphan", "other")
    try office.write("people.yaml", Office.people.replacing("[employee, boss]", with: "[employee]"))
    try office.commit()
    try Office.git(office.folder, "branch", "--force", "main", "other")
    await office.deploy()
    #expect(office.runner.snapshot.deployment.reports.first?.isInForce == false)
    try await approve(office, by: "carl")
  }

  // MARK: What takes, and what gives

  private static let key = SigningKey(text: "ssh-ed25519 AAAA", fingerprint: "SHA256:a")

  private static func people(_ change: (inout Person) -> Void = { _ in }) -> People {
    var bob = Person(id: "bob", name: "Bob", emails: ["bob@example.com"])
    bob.roles = ["boss", "finance"]
    bob.manager = "carl"
    bob.deputies = ["dora"]
    bob.keys = [key]
    change(&bob)
    var people = People()
    people.people = ["bob": bob]
    return people
  }

  @Test("taking away, by any of the things that give authority")
  func taking() {
    let changes: [(inout Person) -> Void] = [
      { $0.isRevoked = true }, { $0.roles = ["boss"] }, { $0.manager = nil }, { $0.deputies = [] }, { $0.keys = [] },
      { $0.keys[0].isRevoked = true }, { $0.keys[0].until = CivilDate(iso: "2026-01-01") },
      { $0.keys[0].from = CivilDate(iso: "2026-01-01") }, { $0.emails = [] },
      {
        $0.roles = []; $0.name = "Robert"
      },
    ]
    for (number, change) in changes.enumerated() {
      let less = Self.people(change)
      #expect(less.onlyTakesAuthority(from: Self.people()), "\(number)")
      #expect(!Self.people().onlyTakesAuthority(from: less), "\(number) given back")
    }
    #expect(!Self.people().onlyTakesAuthority(from: Self.people()))
    #expect(!Self.people { $0.name = "Robert" }.onlyTakesAuthority(from: Self.people()))
  }

  @Test("taking one thing and giving another is giving")
  func giving() {
    let changes: [(inout Person) -> Void] = [
      { $0.roles = ["boss", "audit"] },
      {
        $0.roles = []; $0.manager = "erik"
      },
      {
        $0.roles = []; $0.deputies = ["eve"]
      },
      {
        $0.roles = []; $0.emails = ["eve@example.com"]
      },
      {
        $0.roles = []; $0.logins = ["github:eve"]
      },
      {
        $0.roles = []; $0.keys[0].text = "ssh-ed25519 BBBB"
      },
      {
        $0.roles = [];
        $0.absences = [
          Person.Absence(from: CivilDate(iso: "2026-01-01")!, to: CivilDate(iso: "2026-01-02")!, cover: "eve")
        ]
      },
    ]
    for (number, change) in changes.enumerated() {
      #expect(!Self.people(change).onlyTakesAuthority(from: Self.people()), "\(number)")
    }
    var more = Self.people { $0.isRevoked = true }
    more.people["eve"] = Person(id: "eve", name: "Eve", emails: [])
    #expect(!more.onlyTakesAuthority(from: Self.people()))
    var forged = Self.people { $0.isRevoked = true }
    forged.forges = ["github": [Self.key]]
    #expect(!forged.onlyTakesAuthority(from: Self.people()))
    #expect(
      Self.people { $0.isRevoked = true }.onlyTakesAuthority(
        from: {
          var people = Self.people()
          people.forges = ["github": [Self.key]]
          return people
        }()))
  }
}
