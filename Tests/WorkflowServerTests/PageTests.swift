import CEL
import HTTPTypes
import Testing
import WorkflowEngine
import WorkflowRunner

@Suite("The pages and their forms")
struct PageTests {
  @Test("what people typed never becomes markup, on any page")
  func escaping() async throws {
    let runner = try await Scene.make()
    let tomas = Client(runner, as: "tomas")
    let evil = #"<script>alert(1)</script><img src=x onerror="alert(2)">"#
    let number = try await tomas.start(["amount": "1", "category": "other", "what": .string(evil)])
    _ = try await tomas.post("/api/instances/\(number)/comments", ["text": .string(evil)])
    let ines = Client(runner)
    for address in ["/", "/inbox", "/inbox/expense-approval-\(number).approval.1", "/instances/\(number)"] {
      let text = try await ines.get(address).text
      #expect(text.contains("&lt;script&gt;alert(1)"), "\(address)")
      #expect(!text.contains("<script>") && !text.contains("<img"), "\(address)")
    }
    let again = try await Client(runner, as: "tomas", by: .browser)
      .submit("/workflows/expense-approval/start", "amount=%22%3E%3Cscript%3Ealert(1)&category=other")
    #expect(again.status == 422 && !again.text.contains("<script>"))
    let lost = try await ines.get("/instances/%3Cscript%3E")
    #expect(lost.status == 404 && !lost.text.contains("<script>"))
  }

  @Test("the approval record says who decided what and on what, in words that are never markup")
  func approvalRecord() async throws {
    let runner = try await Scene.make()
    let number = try await Client(runner, as: "tomas").start()
    let ines = Client(runner)
    #expect(try await ines.get("/instances/\(number)/approvals").text.contains("Nobody has decided anything here yet."))
    _ = try await ines.post(
      "/api/approvals/expense-approval-\(number).approval.1/decisions",
      ["decision": "reject", "reason": "<script>no</script>"])
    let page = try await ines.get("/instances/\(number)/approvals").text
    for part in [
      "Ines Okafor (ines) rejected", "&lt;script&gt;no", "Train to Oslo", "manager-of:initiator",
      "Tomas Lind (tomas): started expense-approval-\(number)", "writ show \(number) --evidence",
    ] { #expect(page.contains(part), "\(part)") }
    #expect(!page.contains("<script>"))
    #expect(try await ines.get("/instances/\(number)").text.contains("/instances/expense-approval-\(number)/approvals"))
    #expect(try await Client(runner, as: "guest").get("/instances/\(number)/approvals").status == 404)
    let evidence = try await ines.get("/api/instances/\(number)/evidence").json["items"]?.listValue
    #expect(evidence?.compactMap { $0["decision"] } == ["reject"])
  }

  @Test("a page that is not there still knows who asks")
  func lost() async throws {
    let ines = Client(try await Scene.make(), as: "ines", by: .browser)
    for address in ["/nowhere", "/instances/4711"] {
      let lost = try await ines.get(address)
      #expect(lost.status == 404 && !lost.text.contains("Not in people.yaml"), "\(address)")
    }
  }

  @Test("a start form that does not hold comes back with what was typed and an error at the field")
  func startForm() async throws {
    let runner = try await Scene.make()
    let tomas = Client(runner, as: "tomas", by: .browser)
    let form = try await tomas.get("/workflows/expense-approval/start").text
    #expect(
      form.contains("Amount (EUR)") && form.contains("What you paid, with VAT.") && form.contains("name=\"$key\""))
    let again = try await tomas.submit("/workflows/expense-approval/start", "amount=much&what=Train+to+Oslo")
    #expect(again.status == 422)
    #expect(again.text.contains("value=\"much\"") && again.text.contains("Train to Oslo</textarea>"))
    #expect(again.text.contains("id=\"error-amount\"") && again.text.contains("aria-invalid=\"true\""))
    #expect(again.text.contains("href=\"#field-category\""))
    #expect(runner.snapshot.nextNumber == 1)
  }

  @Test("sending a start form twice starts one instance and leads to it")
  func startTwice() async throws {
    let runner = try await Scene.make()
    let tomas = Client(runner, as: "tomas", by: .browser)
    for _ in 1...2 {
      let answer = try await tomas.submit(
        "/workflows/expense-approval/start", "amount=1.50&category=travel&%24key=form-1")
      #expect(answer.status == 303)
      #expect(answer.headers[.location] == "/instances/expense-approval-1")
    }
    #expect(runner.snapshot.nextNumber == 2)
  }

  @Test("a decision by form needs a reason to reject, then leads to the instance")
  func decide() async throws {
    let runner = try await Scene.make()
    let number = try await Client(runner, as: "tomas").start()
    let ines = Client(runner, by: .browser)
    let address = "/inbox/expense-approval-\(number).approval.1"
    let page = try await ines.get(address).text
    for words in [
      "Your decision", "What happens next", "If you approve", "‘Pay’ asks the role finance", "Train to Oslo",
    ] {
      #expect(page.contains(words), "\(words)")
    }
    let without = try await ines.submit(address, "decision=reject&reason=+")
    #expect(without.status == 422 && without.text.contains("reason is needed"))
    let done = try await ines.submit(address, "decision=reject&reason=Not+ours")
    #expect(done.status == 303)
    #expect(done.headers[.location] == "/instances/expense-approval-\(number)")
    let after = try await ines.submit(address, "decision=approve")
    #expect(after.status == 409 && after.text.contains("Too late for that"))
  }

  @Test("a decision on something that has changed since is shown again, with why")
  func stale() async throws {
    let runner = try await Scene.make()
    let number = try await Client(runner, as: "tomas").start()
    let answer = try await Client(runner, by: .browser)
      .submit("/inbox/expense-approval-\(number).approval.1", "decision=approve&digest=old&reason=Well")
    #expect(answer.status == 409)
    #expect(answer.text.contains("role=\"alert\"") && answer.text.contains("Well"))
  }

  @Test("a task's form keeps what was typed, and its button says how it ended")
  func task() async throws {
    let runner = try await Scene.make()
    let number = try await Client(runner, as: "tomas").start()
    _ = try await Client(runner).post(
      "/api/approvals/expense-approval-\(number).approval.1/decisions", ["decision": "approve"])
    let dara = Client(runner, as: "dara", by: .browser)
    let address = "/inbox/expense-approval-\(number).pay.1"
    #expect(try await dara.get(address).text.contains("value=\"refused\""))
    let again = try await dara.submit(address, "reference=x&paid_on=soon&%24outcome=paid")
    #expect(again.status == 422)
    #expect(
      again.text.contains("value=\"x\"") && again.text.contains("id=\"error-reference\"")
        && again.text.contains("id=\"error-paid_on\""))
    let done = try await dara.submit(address, "reference=RF18+5390&paid_on=2026-11-22&%24outcome=paid")
    #expect(done.status == 303)
    #expect(runner.snapshot.instance(number)?.outcome == "paid")
  }

  @Test("a stuck instance says why, and shows remedies to operators only")
  func stuck() async throws {
    let runner = try await Scene.make()
    _ = try await Client(runner, as: "tomas").post("/api/instances", ["workflow": "access-request"])
    let omar = Client(runner, as: "omar", by: .browser)
    let page = try await omar.get("/instances/1").text
    #expect(page.contains("Stuck at ‘Grant’") && page.contains("Try again") && page.contains("Skip this step"))
    #expect(try await !Client(runner, as: "tomas").get("/instances/1").text.contains("Try again"))
    #expect(try await omar.submit("/instances/1/skip", "step=grant&outcome=done&reason=By+hand").status == 303)
    #expect(try await omar.get("/instances/1").text.contains("granted"))
  }

  @Test("the front page tells of a refused commit, and deployments show its findings")
  func refusedCommit() async throws {
    let runner = try await Scene.make()
    _ = try await runner.submit(Request(by: "system:deployer", .deploy(Scene.refusal)))
    let client = Client(runner)
    #expect(try await client.get("/").text.contains("The latest commit was not deployed"))
    #expect(try await client.get("/deployments").text.contains("error[W012]: no step is named"))
  }

  @Test("reading pages changes nothing")
  func readingChangesNothing() async throws {
    let runner = try await Scene.make()
    let number = try await Client(runner, as: "tomas").start()
    let before = runner.snapshot.sequence
    let ines = Client(runner)
    for address in [
      "/", "/inbox", "/instances/\(number)", "/workflows/expense-approval/start", "/api/instances", "/api/approvals",
    ] {
      _ = try await ines.get(address)
    }
    for address in ["/inbox/expense-approval-\(number).approval.1", "/workflows/expense-approval/start"] {
      #expect(try await ines.ask(.head, address).status == 200)
    }
    #expect(runner.snapshot.sequence == before)
  }
}
