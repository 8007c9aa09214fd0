import GitStore
import WorkflowEngine
import WorkflowFiles
import WorkflowRunner

/// Who is at the keyboard: git's `user.email`, looked up in `people.yaml`. There is no way to say somebody else.
struct Keyboard {
  let place: Place
  /// As stock git sees it, with everything that it includes.
  let email: String?

  init(_ place: Place) {
    self.place = place
    email = Self.config("user.email", place)
  }

  /// What git would call the person.
  var name: String? { Self.config("user.name", place) }

  private static func config(_ key: String, _ place: Place) -> String? {
    let value = try? GitProgram(folder: place.folder).outcome(["config", "--get", key]).output
    return value.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// - Parameter commit: hex id of the deployed commit, whose `people.yaml` counts; `nil`: what `HEAD` says.
  func person(at commit: String?) -> PersonID? {
    guard let email, let people = people(at: commit) else { return nil }
    return Policy(people: people, settings: Settings(), zones: { _ in nil }).person(named: email)
  }

  func requirePerson(at commit: String?) throws -> PersonID {
    guard let email else {
      throw Complaint(
        .notAllowed, "git does not know who you are",
        hint: "git config user.email you@example.com, with an address that people.yaml names")
    }
    guard let person = person(at: commit) else {
      let place = commit.map { "at the deployed commit \($0.prefix(12))" } ?? "at HEAD"
      throw Complaint(
        .notAllowed, "people.yaml \(place) knows nobody with the address \(email)",
        hint: "add yourself to people.yaml and commit, or: git config user.email <an address it names>")
    }
    return person
  }

  private func people(at commit: String?) -> People? {
    if let id = commit.flatMap({ ObjectID(hex: $0) }) ?? place.repository.resolve("HEAD"),
      let bytes = try? CommitTree(repository: place.repository, commit: id).read("people.yaml")
    {
      return PeopleReader.read(bytes).content
    }
    return nil
  }
}
