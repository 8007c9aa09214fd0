import Testing

/// Policies as real ones are written, what people then do, and what must come of it.
///
/// anna asks; bob (her boss) and carl are managers, carl is bob's boss; dora deputises for bob; erik and frida are finance;
/// olga owns.
@Suite("Approval policies as tables")
struct PolicyTableTests {
  @Test("any, all, percentage and count are met by the right people and no earlier", arguments: requirements)
  func requirement(_ row: PolicyRow) throws { #expect(try row.play() == row.verdict) }

  static let requirements = PolicyRow.table(
    """
    1 of finance                                  | time passes                                    | open
    1 of finance                                  | erik approves                                  | approved
    1 of finance                                  | frida rejects                                  | rejected
    1 of finance                                  | bob approves!, erik approves                   | approved
    all of finance                                | erik approves                                  | open
    all of finance                                | erik approves, frida approves                  | approved
    all of finance                                | erik approves, frida rejects                   | rejected
    2 of finance + manager                        | erik approves, erik approves!                  | open
    2 of finance + manager                        | erik approves, bob approves                    | approved
    2 of finance + manager                        | erik approves, bob rejects                     | rejected
    2 of finance + manager; rejects late          | erik approves, bob rejects, carl approves      | approved
    2 of finance + manager; rejects late          | erik rejects, bob rejects                      | open
    2 of finance + manager; rejects late          | erik rejects, bob rejects, carl rejects        | rejected
    all of finance + manager; rejects late        | erik approves, bob rejects                     | rejected
    50% of finance + manager                      | erik approves                                  | open
    50% of finance + manager                      | erik approves, bob approves                    | approved
    51% of finance + manager                      | erik approves, bob approves                    | open
    51% of finance + manager                      | erik approves, bob approves, carl approves     | approved
    1% of finance + manager                       | carl approves                                  | approved
    100% of finance                               | erik approves                                  | open
    100% of finance                               | erik approves, frida approves                  | approved
    3 of finance                                  | time passes                                    | blocked
    1 of nobody                                   | time passes                                    | blocked
    each of finance + manager                     | erik approves, frida approves                  | open
    each of finance + manager                     | erik approves, carl approves                   | approved
    each of finance + @erik                       | erik approves                                  | approved
    each of finance + nobody                      | time passes                                    | blocked
    """)

  @Test("four eyes and separated duties: nobody decides on their own, and nobody twice", arguments: separations)
  func separation(_ row: PolicyRow) throws { #expect(try row.play() == row.verdict) }

  static let separations = PolicyRow.table(
    """
    # Four eyes: the one who asks never counts, whatever selects them.
    1 of @anna                                    | time passes                                    | blocked
    1 of @anna + manager                          | anna approves!, bob approves                   | approved
    1 of @anna; initiator may                     | anna approves                                  | approved
    1 of employee                                 | anna approves!, bob approves                   | approved
    all of employee                               | bob approves, carl approves, dora approves     | approved
    # Two levels are two people.
    1 of manager then 1 of manager                | bob approves, bob approves!                    | open
    1 of manager then 1 of manager                | bob approves, carl approves                    | approved
    1 of boss then 1 of boss                      | bob approves                                   | blocked
    1 of boss then 1 of boss; same may            | bob approves, bob approves                     | approved
    1 of boss then 1 of manager then 1 of finance | bob approves, carl approves, frida approves    | approved
    1 of boss then 1 of manager then 1 of finance | bob approves, carl rejects                     | rejected
    1 of boss then 1 of finance                   | erik approves!, bob approves, erik approves    | approved
    1 of boss then 1 of finance; if false         | bob approves                                   | approved
    # Whom it is about, and whom the file keeps out.
    1 of finance; about erik                      | erik approves!, frida approves                 | approved
    all of finance; about erik                    | frida approves                                 | approved
    2 of finance; about erik                      | time passes                                    | blocked
    1 of finance + manager; without finance       | erik approves!, carl approves                  | approved
    1 of finance; without finance                 | time passes                                    | blocked
    # A lent seat lends no way round.
    1 of finance; lends freely                    | erik lends anna!, erik approves                | approved
    1 of finance; about frida; lends freely       | erik lends frida!, erik approves               | approved
    1 of manager then 1 of finance; lends freely  | bob approves, erik lends bob!, erik approves   | approved
    """)

  @Test("one seat per person: lent, lent on, taken back, covered, never twice", arguments: delegations)
  func delegation(_ row: PolicyRow) throws { #expect(try row.play() == row.verdict) }

  static let delegations = PolicyRow.table(
    """
    1 of manager                                  | dora approves!, bob approves                   | approved
    1 of manager                                  | bob lends dora, dora approves                  | approved
    1 of manager                                  | bob lends dora, bob approves!                  | open
    1 of manager                                  | bob lends dora, bob recalls, bob approves      | approved
    1 of manager                                  | bob lends dora, bob recalls, dora approves!    | open
    1 of manager                                  | bob lends erik!                                | open
    1 of manager; lends freely                    | bob lends erik, erik approves                  | approved
    1 of manager; lends never                     | bob lends dora!, bob approves                  | approved
    # Chains end after three, and never in a circle.
    1 of manager; lends freely                    | bob lends dora, dora lends bob!                | open
    1 of manager; lends freely                    | bob lends dora, dora lends erik, erik approves | approved
    1 of manager; lends freely                    | bob lends dora, dora lends erik, dora approves! | open
    1 of manager; lends freely                    | bob lends dora, dora lends erik, erik lends frida, frida lends olga! | open
    # No circle, however long: who has held the seat does not get it again.
    1 of manager; lends freely                    | bob lends dora, dora lends bob!                | open
    1 of manager; lends freely                    | bob lends dora, dora lends erik, erik lends dora! | open
    1 of manager; lends freely                    | bob lends dora, dora lends erik, erik lends bob!, erik approves | approved
    # One human, one seat of a level.
    all of manager; lends freely                  | bob lends carl, carl approves, carl approves!  | open
    2 of manager; lends freely                    | bob lends erik, carl lends erik, erik approves, erik approves! | open
    2 of manager; lends freely                    | bob lends erik, erik approves, carl approves   | approved
    1 of manager; lends freely                    | bob approves, bob lends dora!                  | approved
    # The last approver is away.
    1 of boss                                     | bob away, dora approves                        | approved
    1 of boss                                     | bob away, carl approves!                       | open
    1 of boss; lends never                        | bob away, dora approves!                       | open
    1 of boss                                     | bob away, bob approves                         | approved
    all of manager                                | bob away, carl approves, dora approves         | approved
    """)

  @Test(
    "who leaves while a level is open: not waited for, not counted, and never lowers the number", arguments: leavings)
  func leaving(_ row: PolicyRow) throws { #expect(try row.play() == row.verdict) }

  static let leavings = PolicyRow.table(
    """
    all of finance                                | erik approves, frida leaves, time passes       | approved
    all of finance                                | erik leaves, frida approves                    | approved
    all of finance                                | erik leaves, frida leaves, time passes         | blocked
    1 of finance                                  | erik leaves, erik approves!, frida approves    | approved
    1 of finance                                  | dora joins finance, dora approves!             | open
    2 of finance                                  | erik leaves, time passes                       | blocked
    2 of finance                                  | erik approves, erik leaves, frida approves     | approved
    2 of finance + manager                        | erik approves, erik revoked, bob approves      | open
    2 of finance + manager                        | erik approves, erik revoked, bob approves, carl approves | approved
    50% of finance + manager                      | erik leaves, bob approves                      | open
    50% of finance + manager                      | erik leaves, frida leaves, carl leaves, time passes | blocked
    # A percentage is fixed when the level opens: a pool that shrinks never lowers it.
    51% of finance + manager                      | erik leaves, bob approves, carl approves       | open
    51% of finance + manager                      | erik leaves, bob approves, carl approves, frida approves | approved
    100% of finance + manager                     | erik leaves, time passes                       | blocked
    25% of finance + manager                      | erik leaves, frida leaves, carl leaves, bob approves | approved
    each of finance + manager                     | erik leaves, frida leaves, time passes         | blocked
    each of finance + manager                     | erik approves, erik leaves, bob approves       | approved
    1 of boss                                     | bob revoked, time passes                       | blocked
    """)

  @Test("two decisions race: the first to arrive counts, the other is refused with the reason", arguments: races)
  func race(_ row: PolicyRow) throws { #expect(try row.play() == row.verdict) }

  static let races = PolicyRow.table(
    """
    1 of finance                                  | erik approves, frida rejects!                  | approved
    1 of finance                                  | frida rejects, erik approves!                  | rejected
    2 of finance + manager                        | erik approves, bob rejects, carl approves!     | rejected
    1 of manager then 1 of finance                | bob approves, carl rejects!                    | open
    1 of manager; lends freely                    | bob lends dora, dora approves, bob approves!   | approved
    1 of boss                                     | bob away, dora approves, bob rejects!          | approved
    2 of manager                                  | bob away, dora approves, bob approves!         | open
    1 of finance                                  | erik leaves, frida approves, erik approves!    | approved
    # A question decides nothing, and nothing waits for it.
    1 of finance                                  | erik asks, frida approves                      | approved
    1 of finance                                  | erik asks, anna answers                        | open
    1 of finance                                  | erik asks, frida answers!, erik approves       | approved
    1 of finance                                  | bob asks!, anna asks!                          | open
    all of finance                                | erik asks, erik leaves, anna answers, frida approves | approved
    """)

  @Test(
    "owners, expressions and CODEOWNERS select like any other selector, and separate nobody from their duties",
    arguments: owners)
  func owner(_ row: PolicyRow) throws { #expect(try row.play() == row.verdict) }

  static let owners = PolicyRow.table(
    """
    1 of owner                                    | bob approves!, olga approves                   | approved
    1 of owner                                    | olga revoked, time passes                      | blocked
    1 of owner; about olga                        | time passes                                    | blocked
    all of owner + finance                        | olga approves, erik approves                   | open
    each of owner + @olga                         | olga approves                                  | approved
    1 of /docs/a.md                               | bob approves!, erik approves                   | approved
    2 of /pay/a.md                                | anna approves!, erik approves, olga approves   | approved
    1 of /none/a.md                               | time passes                                    | blocked
    # The one who asks is asked by no detour.
    1 of initiator                                | time passes                                    | blocked
    1 of (['anna'])                               | time passes                                    | blocked
    1 of ([instance.initiator]) + finance         | anna approves!, erik approves                  | approved
    1 of /own/a.md                                | time passes                                    | blocked
    1 of (['bob', 'bob']) then 1 of (['bob'])     | bob approves                                   | blocked
    """)

  @Test(
    "taking back and asking anew: by whom it is up to, while it is open, and nothing carries over", arguments: takenBack
  )
  func takingBack(_ row: PolicyRow) throws { #expect(try row.play() == row.verdict) }

  static let takenBack = PolicyRow.table(
    """
    1 of finance                                  | anna withdraws                                 | cancelled
    1 of finance                                  | erik withdraws!, olga withdraws!, bob withdraws! | open
    1 of finance                                  | erik approves, anna withdraws!                 | approved
    1 of finance                                  | anna withdraws, erik approves!                 | cancelled
    2 of finance + manager                        | erik approves, anna withdraws                  | cancelled
    1 of finance                                  | anna revoked, anna withdraws!                  | open
    1 of finance                                  | erik reopens!, anna reopens!                   | open
    2 of finance + manager                        | erik approves, olga reopens, bob approves      | open
    2 of finance + manager                        | erik approves, olga reopens, erik approves, bob approves | approved
    1 of finance                                  | erik approves, olga reopens!                   | approved
    1 of finance                                  | olga revoked, olga reopens!                    | open
    1 of manager then 1 of finance                | bob approves, olga reopens, erik approves!, carl approves, erik approves | approved
    1 of manager; lends freely                    | bob lends erik, olga reopens, erik approves!, bob approves | approved
    1 of finance                                  | dora joins finance, olga reopens, dora approves | approved
    # Whoever was revoked has no say left, in whatever is still theirs.
    1 of manager; lends freely                    | bob revoked, bob lends erik!                   | open
    1 of manager; lends freely                    | bob lends erik, erik revoked, erik approves!, erik asks! | open
    1 of finance                                  | erik asks, anna revoked, anna answers!         | open
    1 of boss                                     | bob away, dora revoked, dora approves!         | open
    """)

  @Test("nobody decides for the one who asks, however the seat came to them", arguments: detours)
  func detour(_ row: PolicyRow) throws { #expect(try row.play() == row.verdict) }

  static let detours = PolicyRow.table(
    """
    # Cover: in turns, of the one who asks, of who is excluded.
    1 of @bob                                     | bob away, dora away, dora approves             | approved
    1 of @carl                                    | carl away, anna covers carl, anna approves!    | open
    1 of @carl + @bob                             | bob covers carl, carl covers bob, bob away, carl away, bob approves, carl approves! | approved
    all of @carl + @bob                           | bob covers carl, carl away, bob approves, bob approves!, carl approves | approved
    1 of @carl; about erik                        | carl away, erik covers carl, erik approves!    | open
    1 of manager then 1 of @carl                  | bob approves, carl away, bob covers carl, bob approves! | open
    1 of @bob then 1 of @carl                     | bob away, dora approves, carl away, dora covers carl, dora approves! | open
    1 of @bob then 1 of @carl                     | bob lends dora, dora approves, carl lends dora!, carl lends bob! | open
    # Lending does not pass on what one has already used.
    all of manager; lends freely                  | bob approves, carl lends bob, bob approves!    | open
    """)
}
