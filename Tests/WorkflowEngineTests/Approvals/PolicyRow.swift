import CEL
import Testing
import WorkflowEngine

/// One line of a policy table: `2 of finance; rejects late | erik approves, frida rejects | open`.
///
/// A policy is levels (`then` between them) of a requirement (`1`, `50%`, `all`, `each`), those who are asked (roles,
/// `@person`, `boss`), and what else holds. An act that ends in `!` must be refused.
struct PolicyRow: CustomTestStringConvertible {
  let testDescription: String
  private let policy: String
  private let acts: [String]
  let verdict: String

  init(_ line: String) {
    let cells = line.split(separator: "|").map { $0.trimmed }
    testDescription = cells.joined(separator: " | ")
    policy = cells[0]
    acts = cells[1].split(separator: ",").map(\.trimmed)
    verdict = cells[2]
  }

  static func table(_ text: String) -> [PolicyRow] {
    text.split(separator: "\n").map(\.trimmed).filter { !$0.isEmpty && !$0.hasPrefix("#") }.map { PolicyRow($0) }
  }

  /// Plays the row: `approved`, `rejected`, `open` or `blocked`.
  func play() throws -> String {
    let levels = policy.parts(by: " then ").enumerated().map { Self.level("level\($0 + 1)", $1) }
    var bench = Bench([
      Step(id: "ok", kind: .approval(ApprovalStep(levels: levels)), then: ["approved": "yes", "rejected": "no"]),
      .end("yes", "approved"), .end("no", "rejected"),
    ])
    bench.people.owners = Self.owners
    try bench.start()
    for act in acts where !act.isEmpty { try Self.take(act, in: &bench) }
    if bench.incident != nil { return "blocked" }
    return bench.state.outcome ?? "open"
  }

  private static let owners = CodeOwners(
    file: "CODEOWNERS",
    sections: [
      {
        var section = CodeOwners.Section()
        section.lines = [("/docs/", ["erik"]), ("/pay/", ["anna", "erik", "olga"]), ("/own/", ["anna"])].enumerated()
          .map {
            CodeOwners.Line(number: $0 + 1, pattern: PathPattern($1.0), owners: $1.1.map { "\($0)@example.com" })
          }
        return section
      }()
    ])

  // MARK: Policies

  private static func level(_ name: String, _ text: String) -> ApprovalStep.Level {
    let clauses = text.split(separator: ";").map(\.trimmed)
    let (need, asked) = clauses[0].halves(at: " of ")
    var level = ApprovalStep.Level(name: name, approvers: asked.split(separator: "+").map { selector($0.trimmed) })
    level.require = requirement(need)
    for clause in clauses.dropFirst() { apply(clause, to: &level) }
    return level
  }

  private static func selector(_ word: String) -> Selector {
    switch word {
    case "boss": return .managerOf(.initiator)
    case "owner": return .owner
    case "initiator": return .initiator
    case let word where word.hasPrefix("("):
      return .formula(formula(String(word.dropFirst().dropLast())))
    case let word where word.hasPrefix("/"): return .codeOwners(formula("['\(word.dropFirst())']"))
    default: break
    }
    return word.hasPrefix("@") ? .person(String(word.dropFirst())) : .role(word)
  }

  private static func requirement(_ word: String) -> ApprovalStep.Requirement {
    switch word {
    case "all": .all
    case "each": .eachGroup
    case let word where word.hasSuffix("%"): .percentage(Int(word.dropLast()) ?? 0)
    default: .count(Int(word) ?? 0)
    }
  }

  private static func apply(_ clause: String, to level: inout ApprovalStep.Level) {
    let words = clause.split(separator: " ").map(String.init)
    switch words[0] {
    case "rejects": level.rejectWhen = .impossible
    case "lends": level.delegates = words[1] == "freely" ? .anyone : .none
    case "about": level.about = formula("'\(words[1])'")
    case "without": level.exclude = [selector(words[1])]
    case "initiator": level.separation.allowsInitiator = true
    case "same": level.separation.allowsEarlierLevels = true
    case "if": level.when = formula(words.dropFirst().joined(separator: " "))
    default: Issue.record("no policy says '\(clause)'")
    }
  }

  // MARK: Acts

  private static func take(_ act: String, in bench: inout Bench) throws {
    guard act.hasSuffix("!") else { return try perform(act, in: &bench) }
    let code = refusal { try perform(String(act.dropLast()), in: &bench) }
    #expect(code != nil, "'\(act)' was not refused")
  }

  private static func perform(_ act: String, in bench: inout Bench) throws {
    let words = act.split(separator: " ").map(String.init)
    let person = words[0]
    switch words[1] {
    case "approves": try bench.approve(by: person)
    case "rejects": try bench.reject(by: person)
    case "lends": try bench.take(.delegate(step: nil, to: words[2], seat: nil), by: person)
    case "recalls": try bench.take(.delegate(step: nil, to: nil, seat: person), by: person)
    case "asks": try bench.take(.ask("Why?", of: nil, step: nil, visit: nil), by: person)
    case "withdraws": try bench.take(.withdraw(step: nil, reason: "no"), by: person)
    case "reopens": try bench.take(.reopen(step: nil, reason: "again"), by: person)
    case "answers": try bench.take(.answer("So", question: nil, step: nil, visit: nil), by: person)
    case "leaves": bench.people.people[person]?.roles = []
    case "joins": bench.people.people[person]?.roles.append(words[2])
    case "revoked": bench.people.people[person]?.isRevoked = true
    case "away":
      let today = CivilDate(iso: "2026-11-23")!
      bench.people.people[person]?.absences = [Person.Absence(from: today, to: today)]
    case "covers": bench.people.people[words[2]]?.deputies = [person]
    case "passes": try bench.later(.seconds(1))
    default: Issue.record("nobody does '\(act)'")
    }
  }
}

extension StringProtocol {
  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }

  fileprivate func halves(at separator: String) -> (String, String) {
    let parts = String(self).parts(by: separator)
    return (parts[0], parts.dropFirst().joined(separator: separator))
  }

  fileprivate func parts(by separator: String) -> [String] {
    var parts = [""]
    var rest = String(self)[...]
    while let character = rest.first {
      if rest.hasPrefix(separator) {
        parts.append("")
        rest = rest.dropFirst(separator.count)
      } else {
        parts[parts.count - 1].append(character)
        rest = rest.dropFirst()
      }
    }
    return parts
  }
}
