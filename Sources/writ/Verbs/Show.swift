import ArgumentParser
import CEL

struct Show: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows one instance: where it is, what it knows, who is asked.")

  @OptionGroup var repository: RepositoryOption
  @OptionGroup var output: OutputOption
  @Flag(help: "Every decision instead, with what it stood on.") var evidence = false
  @Flag(help: "The approval record as a page of HTML that stands alone, to print and to keep.") var html = false
  @Argument(help: "42, or expense-approval-42.") var id: String

  func validate() throws {
    if [evidence, html, output.json].count(where: \.self) == 3 || html && (evidence || output.json) {
      throw ValidationError("--html stands alone")
    }
  }

  func run() async throws {
    if html { return try await writePage() }
    if evidence { return try await writeEvidence() }
    let (instance, person) = try await Session.run(in: try repository.place()) { api in
      (try await api.get("/api/instances/\(API.escaped(id))"), api.person)
    }
    if output.json { return Terminal.out(instance.versioned.prettyJSON) }
    let words = InstanceWords(instance: instance)
    write(words)
    sayWhatNext(words, person)
  }

  private func write(_ words: InstanceWords) {
    let (instance, times) = (words.instance, words.times)
    Terminal.out("\(Style.bold(words.id))  \(words.status.paint(words.status.text))")
    Terminal.out(
      "\(instance[text: "title"] ?? "")  \(Style.quiet("\(instance[text: "workflow"] ?? "") version \(instance["version"]?.words ?? "")"))"
    )
    Terminal.out("")
    var facts: [(String, String)] = [
      ("started", moment("started_at", words) + " by \(instance[text: "initiator"] ?? "")")
    ]
    if let caller = instance["caller"] {
      facts.append(("called by", "\(caller[text: "instance"] ?? "") at \(caller[text: "step"] ?? "")"))
    }
    if instance[time: "ended_at"] != nil { facts.append(("ended", moment("ended_at", words))) }
    if let due = instance[time: "due"], !words.hasEnded { facts.append(("promised", times.due(due))) }
    facts += words.open.map { ("open", $0) }
    facts += questions(in: instance).map { ("question", Self.sentence($0)) }
    if instance["suspended"]?.boolValue == true { facts.append(("held", "an operator has suspended it")) }
    Self.write(facts)
    for name in ["input", "vars", "output"] {
      guard let map = instance[name]?.mapValue, !map.isEmpty else { continue }
      Terminal.out("\n\(Style.quiet(name))")
      Self.write(map.entries.map { ($0.key.string ?? "", $0.value.words) })
    }
  }

  private func questions(in instance: Value) -> [Value] {
    instance[items: "open"].flatMap { $0[items: "questions"] }
  }

  /// `marcus asked maya: Which hotel was it? maya: The Adler.`
  private static func sentence(_ question: Value) -> String {
    let asked = "\(question[text: "by"] ?? "") asked \(question[text: "to"] ?? ""): \(question[text: "text"] ?? "")"
    guard let answer = question["answer"] else { return asked }
    return "\(asked) \(answer[text: "by"] ?? ""): \(answer[text: "text"] ?? "")"
  }

  private func moment(_ key: String, _ words: InstanceWords) -> String {
    words.instance[time: key].map { "\(words.times.relative($0)) (\(TimeWords.moment($0)))" } ?? ""
  }

  static func write(_ facts: [(label: String, text: String)]) {
    let width = facts.map(\.label.count).max() ?? 0
    for fact in facts {
      let gap = String(repeating: " ", count: width - fact.label.count + 2)
      Terminal.out("  \(Style.quiet(fact.label))\(gap)\(Table.fitted(fact.text, max(Terminal.width - width - 4, 20)))")
    }
  }

  private func sayWhatNext(_ words: InstanceWords, _ person: String) {
    let number = words.instance["number"]?.words ?? id
    let mine = words.instance[items: "open"].filter { $0[items: "asked"].contains(.string(person)) }
    if mine.contains(where: { $0[text: "type"] == "approval" }) {
      return Terminal.next("\nyour turn: writ approve \(number), or writ reject \(number) --reason \"...\"")
    }
    if mine.contains(where: { $0[text: "type"] == "state" }) {
      return Terminal.next("\nyour turn: writ move \(number)")
    }
    if questions(in: words.instance).contains(where: { $0["answer"] == nil && $0[text: "to"] == person }) {
      return Terminal.next("\nyour turn: writ answer \(number) \"...\"")
    }
    if !mine.isEmpty { return Terminal.next("\nyour turn: writ complete \(number)") }
    if words.isStuck {
      return Terminal.next("\nan operator can: writ retry \(number), writ skip \(number), writ cancel \(number)")
    }
    Terminal.next("\nits story: writ log \(number)")
  }
}
