extension Policy {
  /// The language in which the person is told: their own, else that of `writ.yaml`.
  package func language(of person: PersonID) -> String {
    people.people[person]?.language ?? settings.language
  }

  /// The languages to look for words in, the best one first: whoever wants one that nobody wrote is told in that of
  /// `writ.yaml`.
  func languages(for language: String) -> [String] {
    var languages: [String] = []
    for next in [language, settings.language] where !languages.contains(next) { languages.append(next) }
    return languages
  }

  /// As people read it; the handle of whoever is no longer in the file.
  func name(of person: PersonID) -> String { people.people[person]?.name ?? person }

  /// A workflow's own text.
  func text(on topic: MessageTopic, of workflow: String, in language: String) -> MessageText? {
    settings.messages[workflow]?[language]?[topic]
  }
}
