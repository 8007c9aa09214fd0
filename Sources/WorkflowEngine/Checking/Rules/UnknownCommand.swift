import CEL

extension Rule {
  static let unknownCommand = Rule(
    "W402", .error, "program that writ.yaml does not list",
    why:
      "`uses: run` starts only what `commands` of `writ.yaml` lists, by its name; which that is must stand in the file.",
    wrong: """
      tell: {type: service, uses: run, with: {command: anounce}, then: told}
      """,
    right: """
      tell: {type: service, uses: run, with: {command: announce}, then: told}
      """
  ) { subject in
    let known = subject.settings.commands.keys.sorted()
    return subject.workflow.requests.compactMap { request in
      let service = request.request
      guard service.uses == "run" else { return nil }
      let place = request.root + ["with"]
      guard let command = service.parameters.first(where: { $0.name == "command" }) else {
        return Remark(
          "'run' needs a command", at: place, focus: .key, hint: Spelling.hint(for: "", among: known, noun: "commands"))
      }
      guard case .literal(.string(let name)) = command.value else {
        return Remark("which program is started stands in the file, not in an expression", at: place + ["command"])
      }
      guard subject.settings.commands[name] == nil else { return nil }
      return Remark(
        "writ.yaml lists no command '\(name)'", at: place + ["command"],
        hint: Spelling.hint(for: name, among: known, noun: "commands"))
    }
  }
}
