import CEL
import Testing
import WorkflowEngine
import WorkflowFiles

@Suite("Tasks as files to fill in by hand")
struct InboxTaskTests {
  private static func task(outcomes: [Outcome] = ["done"]) throws -> InboxTask {
    let schema = try Schema([
      "type": "object", "required": ["amount"],
      "properties": [
        "amount": ["type": "string", "format": "decimal", "title": "Amount (EUR)"], "note": ["type": "string"],
        "days": ["type": "integer", "description": "How many days you were away"],
      ],
    ])
    let open = OpenTask(
      pool: ["alice"], prefill: ["amount": "2500", "days": 3], shown: [Shown(label: "Reason", value: "no receipt")])
    let visit = Visit(step: "revise", number: 2, token: 1, since: EventExamples.at, work: .task(open))
    return try #require(
      InboxTask(
        visit, of: InstanceExample.instance, for: "alice", fields: schema.formFields, outcomes: outcomes,
        repository: "r-1"))
  }

  @Test("a task shows its fields with their first values")
  func golden() throws {
    let text = String(decoding: try Self.task().bytes(), as: UTF8.self)
    let expected = """
      # Expense approval: expense-approval-42 asks alice for something (revise).
      #
      # Fill in the fields, write yes after 'done:' and commit the file.

      done:

      fields:
        # Amount (EUR) (required)
        amount: "2500"
        # days. How many days you were away
        days: 3
        # note
        note:

      # What you should know.
      shown:
        Reason: no receipt
      asked since: 2026-11-22T10:00:00.123Z
      asked:
        - alice

      # Leave this as it is: it says what exactly you completed.
      binding:
        repository: r-1
        instance: expense-approval-42
        step: revise
        visit: 2
        definition: "9f86"
        person: alice

      """
    #expect(text == expected)
  }

  @Test("done tells the fields as they were typed")
  func done() throws {
    let task = try Self.task()
    #expect(task.binding.path == "expense-approval-42.revise.2/alice.yaml")
    let text = String(decoding: task.bytes(), as: UTF8.self)
    #expect(InboxReader.read(Array(text.utf8)) == .open(task.binding))
    let filled = text.replacing("done:", with: "done: Yes!").replacing("note:", with: "note: [a, 1, \"2\"]")
    #expect(
      InboxReader.read(Array(filled.utf8))
        == .completion(
          InboxCompletion(
            binding: task.binding, outcome: "done", fields: ["amount": "2500", "days": "3", "note": #"["a",1,"2"]"#])))
    let unclear = Array(text.replacing("done:", with: "done: nearly").utf8)
    let answer = InboxAnswer(problem: "'nearly' does not say whether it is done", remedy: "write the line 'done: yes'")
    #expect(InboxReader.read(unclear) == .unclear(answer, task.binding))
  }

  @Test("a task with buttons asks for one of them")
  func outcomes() throws {
    let task = try Self.task(outcomes: ["fixed", "duplicate"])
    let text = String(decoding: task.bytes(), as: UTF8.self)
    #expect(text.contains("#     fixed\n#     duplicate\n\noutcome:\n"))
    #expect(InboxReader.read(Array(text.utf8)) == .open(task.binding))
    let filled = Array(text.replacing("\noutcome:", with: "\noutcome: Fixed").utf8)
    guard case .completion(let completion) = InboxReader.read(filled) else {
      Issue.record("not read as completed")
      return
    }
    #expect(completion.outcome == "fixed")
  }
}
