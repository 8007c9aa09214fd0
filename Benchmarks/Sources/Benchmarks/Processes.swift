/// The processes that are measured: what a team might run, with input, variables and messages of the usual size.
enum Processes {
  /// Five automatic steps: four services and an end. Each result is a command of its own.
  static let automatic = """
    writ: 1
    title: Order
    owner: role:boss
    access: {start: [role:employee]}
    input:
      type: object
      required: [customer, amount]
      properties:
        customer: {type: string, title: Customer}
        amount: {type: string, format: decimal, title: Amount (EUR)}
    vars: {reference: {schema: {type: string}}}
    start: reserve
    steps:
      reserve: {type: service, uses: http, with: {method: POST, url: "${config.shop}/reserve", body: {amount: "${input.amount}"}}, then: charge}
      charge: {type: service, uses: http, with: {method: POST, url: "${config.shop}/charge", body: {amount: "${input.amount}"}}, then: pack}
      pack: {type: service, uses: http, with: {method: POST, url: "${config.shop}/pack", body: {to: "${input.customer}"}}, then: ship}
      ship: {type: service, uses: http, with: {method: POST, url: "${config.shop}/ship", body: {to: "${input.customer}"}}, then: done}
      done: {type: end, outcome: shipped}
    """
  static let services = ["reserve", "charge", "pack", "ship"]

  /// Four jobs that workers take and answer, then an approval.
  static let order = """
    writ: 1
    title: Order
    owner: role:boss
    access: {start: [role:employee]}
    input:
      type: object
      required: [customer, amount]
      properties:
        customer: {type: string, title: Customer}
        amount: {type: string, format: decimal, title: Amount (EUR)}
    start: reserve
    steps:
      reserve: {type: service, uses: job, with: {type: reserve, amount: "${input.amount}"}, then: charge}
      charge: {type: service, uses: job, with: {type: charge, amount: "${input.amount}"}, then: pack}
      pack: {type: service, uses: job, with: {type: pack, to: "${input.customer}"}, then: ship}
      ship: {type: service, uses: job, with: {type: ship, to: "${input.customer}"}, then: approve}
      approve:
        type: approval
        title: Approve the order
        approvers: [role:boss]
        show: {Customer: input.customer, Amount: input.amount}
        then: {approved: done, rejected: refused, returned: refused}
      done: {type: end, outcome: done}
      refused: {type: end, outcome: refused}
    """

  /// One approval: started by one person, decided by another.
  static let approval = """
    writ: 1
    title: Leave
    owner: role:boss
    access: {start: [role:employee]}
    input:
      type: object
      required: [days, reason]
      properties:
        days: {type: integer, title: Days}
        reason: {type: string, title: Reason}
    start: approve
    steps:
      approve:
        type: approval
        title: Approve the leave
        approvers: [role:boss]
        show: {Days: input.days, Reason: input.reason}
        expires: 30d
        then: {approved: granted, rejected: refused, returned: refused, expired: refused}
      granted: {type: end, outcome: granted}
      refused: {type: end, outcome: refused}
    """
}
