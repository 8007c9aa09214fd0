import WorkflowFiles

/// A small repository in memory.
struct Company: FileTree {
  var texts: [String: [UInt8]]

  static let usual = Company(texts: [
    "people.yaml": Array(people.utf8), "writ.yaml": Array(settings.utf8), "calendars/days.ics": Array(days.utf8),
  ])

  func files() throws -> [TreeFile] { texts.keys.sorted().map { TreeFile(path: $0, kind: .file) } }
  func read(_ path: String) throws -> [UInt8]? { texts[path] }

  private static let people = """
    writ: 1
    roles: {employee: Everybody, finance: Finance, admin: Administrators}
    people:
      anna: {name: Anna, email: anna@example.org, roles: [employee], manager: mia}
      mia: {name: Mia, email: mia@example.org, roles: [employee, finance]}
      olga: {name: Olga, email: olga@example.org, roles: [admin, finance]}
    calendars:
      office: {timezone: Europe/Berlin, week: {mon-fri: 09:00-17:00}, holidays: [calendars/days.ics]}

    """

  private static let settings = """
    writ: 1
    calendar: office
    config: {payments_url: "https://pay.example.org"}

    """

  private static let days = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"
}
