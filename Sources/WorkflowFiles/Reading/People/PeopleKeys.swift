/// The tables of `people.yaml`.
package enum PeopleKeys {
  package static let file = KeyTable(
    "people.yaml",
    [
      .init("writ", .words(["1"]), required: true, "version of the language"),
      .init("people", .map(.object(person)), required: true, "a handle for each person"),
      .init("roles", .map(.text), "every role, with the title that people read"),
      .init("calendars", .map(.object(calendar)), "working calendars by name"),
      .init("forges", .map(.object(forge)), "forges whose signature vouches for who was logged in"),
    ])

  static let person = KeyTable(
    "a person",
    [
      .init("name", .text, required: true, "as people read it"),
      .init("email", .oneOf([.text, .list(.text)]), required: true, "one address, or a list; mail goes to the first"),
      .init("roles", .list(.name), "roles held"),
      .init("manager", .name, "handle of the person whom manager-of: means"),
      .init("deputies", .list(.name), "handles of those who may stand in"),
      .init("absences", .list(.object(absence)), "when somebody else decides"),
      .init("logins", .list(.text), "login names at forges, <forge>:<login>"),
      .init("keys", .list(.oneOf([.text, .object(key)])), "public keys that sign decisions"),
      .init("notify", .object(notify), "how the person is told that it is their turn"),
      .init("language", .name, "in which the person is told things, as de; that of writ.yaml if left out"),
      .init("revoked", .flag, "keeps the name and loses all authority"),
    ])

  static let notify = KeyTable(
    "how somebody is told",
    [
      .init("channel", .name, "a channel of writ.yaml; that of its notify if left out"),
      .init("quiet", .text, "hours in which nothing is sent, as 20:00-07:00"),
      .init("digest", .timeOfDay, "when everything since comes as one message"),
    ])

  static let absence = KeyTable(
    "an absence",
    [
      .init("from", .date, required: true, "first day"),
      .init("to", .date, required: true, "last day"),
      .init("cover", .name, "handle of who covers; the deputies if left out"),
    ])

  static let key = KeyTable(
    "a key",
    [
      .init("key", .text, required: true, "the public key, as in id_ed25519.pub, or as gpg --armor --export prints it"),
      .init("from", .date, "first day on which it counts"),
      .init("until", .date, "last day on which it counts"),
      .init("revoked", .flag, "signs nothing any more, and what it signed in open approvals counts no more"),
    ])

  static let forge = KeyTable(
    "a forge",
    [.init("keys", .list(.oneOf([.text, .object(key)])), required: true, "public keys with which it signs")])

  static let calendar = KeyTable(
    "a calendar",
    [
      .init("timezone", .text, required: true, "a name of the time zone database"),
      .init("week", .map(.oneOf([.text, .list(.text)])), required: true, "working hours by day"),
      .init("holidays", .list(.oneOf([.date, .text])), "dates that are not worked, and .ics files of such"),
    ])
}
