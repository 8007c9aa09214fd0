package import CEL

/// Who there is, what they may do and when they work: `people.yaml` at the deployed commit.
package struct People: Sendable, Hashable {
  package var people: [PersonID: Person] = [:]
  /// Role to its title; members are named by the persons.
  package var roles: [RoleID: String] = [:]
  package var calendars: [String: WorkingCalendar] = [:]
  /// Keys with which a forge signs what a logged-in person commits there, by the forge's name: `github`.
  package var forges: [String: [SigningKey]] = [:]
  /// `CODEOWNERS` of the same commit; `nil`: there is none.
  package var owners: CodeOwners?

  package init() {}
}

package struct Person: Sendable, Hashable {
  package var id: PersonID
  package var name: String
  /// Lower-case; the first is the one written to.
  package var emails: [String]
  package var roles: [RoleID] = []
  package var manager: PersonID?
  package var deputies: [PersonID] = []
  package var absences: [Absence] = []
  /// Login names on forges: `github:alice`.
  package var logins: [String] = []
  /// Keys that sign decisions as this person's own.
  package var keys: [SigningKey] = []
  /// How the person wants to be told that it is their turn.
  package var notify = Notify()
  /// In which language: `de`; `nil`: that of `writ.yaml`.
  package var language: String?
  /// Stays in the file so that history has a name, but holds no authority.
  package var isRevoked = false

  package init(id: PersonID, name: String, emails: [String]) {
    self.id = id
    self.name = name
    self.emails = emails
  }

  /// Times are those of the time zone of `writ.yaml`, in seconds of the day.
  package struct Notify: Sendable, Hashable {
    /// A channel; `nil`: that of `writ.yaml`.
    package var channel: String?
    /// From inclusive, to exclusive; over midnight where `to` is the earlier one.
    package var quiet: WorkingCalendar.Hours?
    /// When everything since comes as one message.
    package var digest: Int?

    package init(channel: String? = nil, quiet: WorkingCalendar.Hours? = nil, digest: Int? = nil) {
      self.channel = channel
      self.quiet = quiet
      self.digest = digest
    }
  }

  /// Both days included.
  package struct Absence: Sendable, Hashable {
    package var from: CivilDate
    package var to: CivilDate
    /// Who covers; `nil`: the deputies.
    package var cover: PersonID?

    package init(from: CivilDate, to: CivilDate, cover: PersonID? = nil) {
      self.from = from
      self.to = to
      self.cover = cover
    }
  }
}

/// Weekly working hours in a time zone, without the holidays.
package struct WorkingCalendar: Sendable, Hashable {
  /// Seconds of the day, from inclusive, to exclusive.
  package struct Hours: Sendable, Hashable {
    package var from: Int
    package var to: Int

    package init(from: Int, to: Int) {
      self.from = from
      self.to = to
    }
  }
  package var name: String
  package var timezone: String
  /// Monday first; a day without hours is not worked.
  package var week: [[Hours]]
  package var holidays: Set<CivilDate>
  /// Files of the repository whose days are holidays as well: `calendars/germany.ics`.
  package var holidayFiles: [String] = []

  package init(name: String, timezone: String, week: [[Hours]], holidays: Set<CivilDate> = []) {
    self.name = name
    self.timezone = timezone
    self.week = week
    self.holidays = holidays
  }
}
