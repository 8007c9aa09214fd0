import CEL
import Testing
import WorkflowEngine
import WorkflowFiles

@Suite("Events in plain English")
struct SentenceTests {
  static let expected: [String] = [
    "alice started 'Expense approval', version 7",
    "bob remarked: see \"x\"\n",
    "bob remarked on 'pay': Überfällig",
    "carol suspended expense-approval-42: audit",
    "carol let expense-approval-42 go on",
    "carol cancelled expense-approval-42: twice",
    "expense-approval-42 is complete with the outcome 'paid'",
    "expense-approval-42 is complete",
    "'revise' was given to alice; due 2026-11-23T10:00:00Z",
    "The level 'manager' of 'manager_approval' asks carol for bob and dora; excluded: alice (initiator); "
      + "due 2026-11-23T10:00:00Z",
    "The level 'finance' of 'manager_approval' was not needed",
    "carol returned the level 'manager' of 'manager_approval' in the place of bob: no receipt",
    "bob approved the level 'manager' of 'manager_approval'",
    "The level 'manager' of 'manager_approval' was approved",
    "bob lent the seat in 'manager_approval' to carol",
    "bob took the seat in 'manager_approval' back",
    "'manager_approval' no longer asks bob and carol, who left the selection",
    "olga had 'manager_approval' asked anew, of those who are selected now: Dora is new",
    "bob asked alice before deciding on the level 'manager' of 'manager_approval', question 1: Which hotel?",
    "alice answered question 1 at 'manager_approval': The Adler",
    "What 'manager_approval' had shown changed, so everybody is asked anew",
    "'manager_approval' took long, so it was handed over to dora and emil",
    "Reached 'triage'",
    "alice finished 'revise': typo",
    "'paid' finished",
    "'both' went on in 2 branches: 'pack' and 'bill'",
    "A branch arrived at 'both_done'",
    "'both_done' joined its branches and cancelled 'bill' and 'pack'",
    "All branches ended",
    "The branches were left for 'stop'",
    "'pay' was handed to http",
    "'parcel' waits for the message 'delivered', or until 2026-11-23T10:00:00Z",
    "Attempt 2 of 'pay' failed (http.503: Service Unavailable); the next is at 2026-11-23T10:00:00Z",
    "The runner had ended in mid-work, so 'pay' was handed out again",
    "'pay' needs an operator: gave up (http.503)",
    "carol had 'pay' tried again: bank is back",
    "The result of e-42.pay.1 (done) came late and changed nothing",
    "alice will be told: 'Paid'",
    "alice will be told: 'Bezahlt'",
    "Message e-42.tell.1 was delivered",
    "Message e-42.tell.1 could not be delivered (smtp.451: try later); the next attempt is at 2026-11-23T10:00:00Z",
    "'pay' also listens for 'stopped' and 'changed'",
    "The instance also listens for 'stopped'",
    "carol sent the message 'paid' about 'o-1' from bank; 'wait' had waited for it",
    "carol sent the message 'stopped'",
    "'note' began beside it",
    "'ordered' offers 'deliver' (erik and frida) and 'lost' (by the event); due 2026-11-23T10:00:00Z",
    "erik made the move 'deliver' in 'ordered', and it stays",
    "'ask' began for 2 items",
    "Reached 'ask' for the next item (visit 2)",
    "anna finished 'ask' for an item: by phone",
    "'ask' gathered its items and cancelled 'ask'",
    "'check' calls hr/check, version 3",
    "'check' started check-43 and waits for it",
    "hire-42 started 'Check', version 3, for alice",
    "Visit 2 of 'book' can be taken back",
    "olga gave expense-approval-42 up: ill; what it has done is taken back first",
    "The process ends; what it has done is taken back first",
    "Visit 2 of 'book' is being taken back",
    "Visit 2 of 'book' was taken back",
    "olga left visit 2 of 'book' as it is: by phone",
    "The time of expense-approval-42 was up, so it went on with 'late' and cancelled 'a'",
    "expense-approval-42 takes long, so it was handed over to bob",
    "expense-approval-42 takes long, so nobody was reminded",
    "system:deployer moved it on to version 2",
    "olga moved it on to version 3: asked for, past 'sign', as its file allows; 'review' opens anew; cancelled 'print'",
  ]

  @Test("every event has its sentence", arguments: expected.indices)
  func sentences(index: Int) {
    #expect(sentence(for: EventExamples.all[index].0, in: InstanceExample.instance) == Self.expected[index])
  }

  @Test("the table is complete")
  func complete() { #expect(Self.expected.count == EventExamples.all.count) }

  @Test("small differences are told")
  func differences() {
    let instance = InstanceExample.instance
    let again = sentence(for: .entered(step: "triage", visit: 22, token: 1), in: instance)
    #expect(again == "Reached 'triage' for the 22nd time")
    let reminded = Event.escalated(Escalated(step: "pay", visit: 1, index: 0, action: .remind, people: ["bob"]))
    #expect(sentence(for: reminded, in: instance) == "bob was reminded of 'pay'")
    let single = Event.levelClosed(step: "approve_it", visit: 1, level: "approve_it", outcome: "not_needed")
    #expect(sentence(for: single, in: instance) == "'approve_it' was not needed")
  }
}
