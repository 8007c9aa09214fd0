/// The files of a new workflow repository.
struct Scaffold {
  /// Who begins it.
  let name: String
  let email: String
  let title: String
  let branch: String

  /// A handle made of the address: `ada.lovelace@example.com` becomes `ada.lovelace`.
  var handle: String {
    let allowed = email.prefix { $0 != "@" }.lowercased().map { character -> Character in
      character.isASCII && (character.isLetter || character.isNumber || ".-_".contains(character)) ? character : "-"
    }
    let handle = String(String(allowed).drop { !$0.isLetter && !$0.isNumber }.prefix(64))
    return handle.isEmpty ? "me" : handle
  }

  /// By path, in the order in which a newcomer reads them.
  var files: [(path: String, text: String)] {
    [
      ("writ.yaml", settings), ("people.yaml", people), ("workflows/team/purchase.yaml", Self.workflow),
      (".github/workflows/writ.yaml", gitHub), (".gitlab-ci.yml", gitLab),
    ]
  }

  private var settings: String {
    """
    writ: 1
    title: \(QuotedYAML.text(title))

    deploy-branch: \(QuotedYAML.text(branch))              # a commit here deploys
    inbox: true                      # open requests are shown on the branch writ/inbox, decisions are taken from it
    timezone: UTC
    calendar: office                 # from people.yaml

    """
  }

  private var people: String {
    """
    writ: 1

    # Who there is, what each may do, and when they work. A change of authority is reviewed like any other change.

    roles:
      employee: Everybody who works here
      lead: Those who decide about money

    people:
      \(handle):
        name: \(QuotedYAML.text(name))
        email: \(QuotedYAML.text(email))
        roles: [employee, lead]

    calendars:
      office:
        timezone: UTC
        week:
          mon-fri: 09:00-17:00

    """
  }

  private static let workflow = """
    writ: 1
    title: Purchase
    description: Asks for something that the team needs. A first workflow, to be made your own.
    owner: role:lead

    access:
      start: [role:employee]

    input:
      type: object
      required: [item, amount]
      properties:
        item: {type: string, minLength: 3, title: What do you need?}
        amount: {type: string, format: decimal, title: What does it cost?}

    start: size
    steps:
      size:
        type: gateway
        title: Does anybody have to look?
        branches:
          - {when: input.amount <= decimal('25'), then: buy}
          - {otherwise: approve}

      approve:
        type: approval
        title: Approve the purchase
        show: {Item: input.item, Amount: input.amount}
        approvers: [role:lead]
        due: 2 business days
        separation:
          initiator: allow
          because: so far there is only one of us; delete these three lines when there are two
        then: {approved: buy, rejected: declined, returned: declined}

      buy:
        type: task
        title: Buy it
        assignees: [initiator]
        show: {Item: input.item, Amount: input.amount}
        then: bought

      bought: {type: end, outcome: bought}
      declined: {type: end, outcome: declined}

    """
}
