package import CEL

extension Policy {
  /// The channel by which the person is told what Writ itself has to say; `nil`: none.
  package func channel(of person: PersonID) -> String? {
    people.people[person]?.notify.channel ?? settings.notify
  }

  /// When the person is told what happens now: at once (`nil`), at the end of their quiet hours, or at the next hour of
  /// their digest.
  package func toldLater(_ person: PersonID, at now: Timestamp) -> Timestamp? {
    guard let notify = people.people[person]?.notify, let zone = zones(settings.timezone) else { return nil }
    let wall = now.adding(.seconds(zone.offset(at: now)))
    let next = { (second: Int) in
      zone.timestamp(of: wall.secondOfDay < second ? wall.date : wall.date.adding(days: 1), secondOfDay: second)
    }
    if let digest = notify.digest { return next(digest) }
    guard let quiet = notify.quiet, quiet.isQuiet(at: wall.secondOfDay) else { return nil }
    return next(quiet.to)
  }
}

extension WorkingCalendar.Hours {
  fileprivate func isQuiet(at second: Int) -> Bool {
    from < to ? from <= second && second < to : from <= second || second < to
  }
}
