import CEL
import WorkflowEngine
import WorkflowRunner

/// The company's outside services, played by a script: most things work, some do not, always the same ones.
struct DemoServices: Performer {
  func perform(_ job: Owed.Job, settings: Settings) async -> Performed {
    let url = job.request["url"]?.stringValue ?? ""
    switch job.step {
    case "pay" where job.request["body"]?["amount"]?.words == DemoStory.unluckyAmount:
      return .failed(code: "http.503", message: "the payment service is being maintained")
    case "pay": return answer(201, ["reference": .string("TR-\(2_040 + job.instance.number)")])
    case "measure" where url.contains(DemoStory.crashingVersion):
      return answer(200, ["error_rate": .double(0.081), "crashes": 14])
    case "measure": return answer(200, ["error_rate": .double(0.0007), "crashes": 0])
    case "announce" where job.request["args"]?.listValue?.contains(.string(DemoStory.unannouncedVersion)) == true:
      return .failed(code: "exit.75", message: "the mail relay does not answer")
    case "announce": return .done(["text": "announced"])
    default: return answer(200, ["ok": true])
    }
  }

  func deliver(
    _ delivery: Delivery, to people: [Person], about instance: InstanceID?, settings: Settings
  ) async -> Performed { .done(.null) }

  private func answer(_ status: Int64, _ body: Value) -> Performed {
    .done(["status": .int(status), "headers": ["content-type": "application/json"], "body": body])
  }
}
