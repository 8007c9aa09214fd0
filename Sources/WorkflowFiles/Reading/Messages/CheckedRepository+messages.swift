import WorkflowEngine

extension CheckedRepository {
  /// Takes in the words beside each workflow, and says where a language has some that the fallback lacks.
  mutating func takeMessages() {
    var documents: [(workflow: String, language: String, file: ReadFile<MessageText.ByTopic>)] = []
    for (path, bytes) in files.sorted(by: { $0.key < $1.key }) {
      guard case .messages(let name, let language)? = RepositoryPath(path) else { continue }
      guard let workflow = workflows[name] else {
        guard files["workflows/\(name).yaml"] == nil else { continue }
        findings.append(
          Finding(
            ReadingRule.messages.rawValue, .error, "there is no workflow '\(name)' for these messages",
            at: Finding.Place(file: path), hint: "put them beside workflows/\(name).yaml, or remove them"))
        continue
      }
      let file = MessageReader.read(bytes, file: path, of: workflow)
      findings += file.findings
      if let texts = file.soundContent { settings.messages[name, default: [:]][language] = texts }
      documents.append((name, language, file))
    }
    for (name, language, file) in documents where language != settings.language {
      let fallback = settings.messages[name]?[settings.language] ?? [:]
      findings += file.locate(missing(fallback, file.soundContent ?? [:], name, language))
    }
  }

  /// Occasions with words in one language only: everybody else would be told something else. A notification step has
  /// its own words to fall back on.
  private func missing(
    _ fallback: MessageText.ByTopic, _ texts: MessageText.ByTopic, _ name: String, _ language: String
  ) -> [Diagnostic] {
    MessageOccasion.allCases
      .filter { texts[.occasion($0)] != nil && fallback[.occasion($0)] == nil }
      .map { occasion in
        Diagnostic(
          ReadingRule.messages.rawValue, .warning,
          "'\(occasion.rawValue)' has words in '\(language)', but none in '\(settings.language)', which everybody else reads",
          at: [.key(occasion.rawValue)], focus: .key,
          hint: "add them to workflows/\(name).\(settings.language).messages.yaml")
      }
  }
}
