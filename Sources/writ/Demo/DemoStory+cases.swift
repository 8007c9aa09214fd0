import CEL

extension DemoStory {
  typealias Scene = (Timestamp) -> Case

  /// Cases of the past weeks, in order.
  static var past: [Scene] {
    [
      expense("tomas", "23.80", "travel", "Tram and bus to the fair in Leipzig"),
      access("aisha", "source_code", "write", "Takes over the release scripts from Felix this quarter"),
      expense("aisha", "412.00", "training", "Course on fault injection, two days"),
      vacation("olga", from: 12, days: 5, "felix"),
      release("cloud-api", "2.9.1", "patch", "Fixes the paging of long measurement lists"),
      purchase("samuel", "Torque wrench set 8-60 Nm", 4, "189.00", "Werkzeug Brandis"),
      expense("jonas", "89.90", "equipment", "Replacement headset for the on-call phone"),
      incident("ruth", "erp", "sev2", "Payslips of October cannot be opened", 35, .smooth),
      access("tomas", "payroll", "read", "Checks travel costs against the October payroll run"),
      expense("maya", "64.20", "meals", "Lunch with the auditors, four people"),
      purchase(
        "wei", "Hardware security keys", 60, "41.50", "Nordkey AB", .returned("Which keys exactly, and who gets them?")),
      expense(
        "dario", "1340.00", "travel", "Flights to the customer in Porto, three people",
        .asks("Three people for a first visit?", "Aisha measures, Felix shows the console, and I talk money.")),
      vacation("jonas", from: 15, days: 3, "nadia", .rejected("You are on call that week; could Nadia swap first?")),
      release("gauge-firmware", "2.10.0", "minor", "New averaging mode and faster start of the gauge"),
      incident("lena", "web-shop", "sev3", "The shop shows prices with a full stop", 3, .falseAlarm),
      expense("olga", "713.40", "equipment", "Second screen for the test bench"),
      access(
        "lena", "erp", "write", "Enters framework orders herself from now on", .returned("Read should do. Why write?")),
      purchase(
        "olga", "Climate chamber, 200 l", 1, "8900.00", "Thermo Vogt",
        .asks("Could the one in Ulm not be shared?", "It is booked out until March; the firmware tests cannot wait.")),
      expense(
        "felix", "57.00", "other", "Flowers for the farewell of Karin",
        .rejected("Please file this with the team budget.")),
      release("console", "4.1.0", "minor", "Dark colours, and keyboard control of the trend view"),
      incident(
        "samuel", "factory-network", "sev1", "Line 2 stands still, no terminal reaches the server", 180, .change),
      vacation("aisha", from: 20, days: 8, "felix"),
      expense("samuel", "34.10", "travel", "Parking and toll at the goods station"),
      access("felix", "production_database", "read", "Compares migration results for the console release"),
      purchase("ruth", "Height-adjustable desks", 6, "529.00", "Kontor Nord", .twice),
      expense(
        "nadia", "2210.00", "training", "Certificate course on incident command",
        .returned("Please add the offer of the second provider.")),
      release("cloud-api", "2.10.1", "patch", "Closes a hole in the sign-in of service accounts", urgent: true),
      vacation("tomas", from: 9, days: 2, "maya"),
      incident("felix", "cloud-api", "sev2", "Uploads of large measurements break off", 22, .smooth),
      expense("wei", "148.00", "other", "Books on threat modelling for the team"),
      access("olga", "crm", "read", "Reads complaints that customers report about test results"),
      purchase("aisha", "Oscilloscope probes", 10, "96.00", "Messwerk Direkt"),
      release("console", "4.2.0", "patch", "Corrects the export of very long series"),
      expense("lena", "76.00", "travel", "Train to the supplier in Ulm and back"),
      vacation("ruth", from: 14, days: 4, "sofia"),
      release("gauge-firmware", "2.10.2", "patch", "Averaging mode without the crash at start", .twice),
      incident("maya", "erp", "sev3", "The cost centre list is empty after lunch", 12, .smooth),
      expense(
        "sofia", "318.00", "training", "Workshop on difficult talks, one day",
        .withdrawn("The workshop was called off and the fee is paid back.")),
      access(
        "samuel", "erp", "admin", "Wants to change stock levels without asking",
        .rejected("Admin is not needed for stock.")),
      purchase("dario", "Test phones, two makers", 8, "449.00", "Telefonhaus Weber"),
    ]
  }

  /// Cases of the last day: some of them wait for whoever is at the keyboard.
  static var fresh: [Scene] {
    [
      purchase("jonas", "Network switches, 48 ports", 5, "1690.00", "Nordkey AB"),
      vacation("dario", from: 30, days: 21, "felix"),
      expense("tomas", "1250.00", "equipment", "Scanner for incoming invoices"),
      access("aisha", "erp", "write", "Automates the booking of test devices in the ERP"),
      incident("lena", "web-shop", "sev1", "Customers cannot pay: the card form stays white", 260, .change),
      expense("maya", "480.00", "training", "Seminar on the new rules of value-added tax"),
      release("cloud-api", "2.11.0", "minor", "Measurements can be shared by a link that expires"),
      expense("maya", "96.40", "travel", "Visit to the tax adviser in Hamburg"),
    ]
  }
}

extension DemoStory {
  private static func expense(
    _ by: String, _ amount: String, _ category: String, _ purpose: String, _ fate: Fate = .smooth
  ) -> Scene {
    { at in
      let input: Value = [
        "amount": .string(amount), "category": .string(category), "purpose": .string(purpose),
        "spent_on": .string(date(at, plus: -3)),
      ]
      return Case(at: at, workflow: "expense-approval", by: by, input: input, fate: fate)
    }
  }

  private static func access(
    _ by: String, _ system: String, _ permission: String, _ reason: String, _ fate: Fate = .smooth
  ) -> Scene {
    { at in
      let input: Value = ["system": .string(system), "permission": .string(permission), "reason": .string(reason)]
      return Case(at: at, workflow: "access-request", by: by, input: input, fate: fate)
    }
  }

  private static func vacation(
    _ by: String, from: Int, days: Int, _ substitute: String, _ fate: Fate = .smooth
  ) -> Scene {
    { at in
      let input: Value = [
        "from": .string(date(at, plus: from)), "to": .string(date(at, plus: from + days - 1)),
        "substitute": .string(substitute), "handover": "Open work is in the team's list; nothing is urgent.",
      ]
      return Case(at: at, workflow: "vacation", by: by, input: input, fate: fate)
    }
  }

  private static func release(
    _ product: String, _ version: String, _ kind: String, urgent: Bool = false, _ notes: String, _ fate: Fate = .smooth
  ) -> Scene {
    { at in
      let input: Value = [
        "product": .string(product), "version": .string(version), "kind": .string(kind), "urgent": .bool(urgent),
        "commit": .string(commit(version)), "notes": .string(notes),
      ]
      return Case(at: at, workflow: "software-release", by: "dario", input: input, fate: fate)
    }
  }

  private static func release(
    _ product: String, _ version: String, _ kind: String, _ notes: String, urgent: Bool
  ) -> Scene { release(product, version, kind, urgent: urgent, notes, .smooth) }

  private static func purchase(
    _ by: String, _ article: String, _ quantity: Int64, _ price: String, _ supplier: String, _ fate: Fate = .smooth
  ) -> Scene {
    { at in
      let input: Value = [
        "article": .string(article), "quantity": .int(quantity), "unit_price": .string(price),
        "supplier": .string(supplier), "supplier_email": "orders@example.com",
        "needed_by": .string(date(at, plus: 21)), "cost_centre": "4200",
      ]
      return Case(at: at, workflow: "purchase-order", by: by, input: input, fate: fate)
    }
  }

  private static func incident(
    _ by: String, _ service: String, _ severity: String, _ summary: String, _ customers: Int64, _ fate: Fate
  ) -> Scene {
    { at in
      let input: Value = [
        "summary": .string(summary), "service": .string(service), "severity": .string(severity),
        "noticed_at": .string(at.description), "customers_affected": .int(customers),
      ]
      return Case(at: at, workflow: "incident", by: by, input: input, fate: fate)
    }
  }

  private static func date(_ at: Timestamp, plus days: Int) -> String {
    Timestamp(milliseconds: at.milliseconds + Int64(days) * 86_400_000).date.description
  }

  /// Forty hex digits that look like a commit's.
  static func commit(_ text: String) -> String {
    var chance = SeededGenerator(seed: text.utf8.reduce(7) { $0 &* 31 &+ UInt64($1) })
    return String((0..<40).map { _ in Character(String(Int.random(in: 0..<16, using: &chance), radix: 16)) })
  }
}
