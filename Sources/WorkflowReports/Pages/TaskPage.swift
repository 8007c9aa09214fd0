import CEL
package import WorkflowEngine

extension Page {
  /// One task: the facts, the form, and a button for each way in which it can end.
  package static func task(_ item: WorkItem, _ task: OpenTask, fill: FormFill?, _ reader: Reader) -> Page {
    guard case .task(let definition)? = item.step?.kind else {
      return .notice(.gone("The version of this task is no longer loaded."), reader)
    }
    let fields = definition.form?.formFields ?? []
    let form = FormView(fill: fill ?? FormFill(texts: task.prefill.formTexts), reader: reader)
    let isAsked = reader.person.map(task.pool.contains) ?? false
    return Page(item.label, in: .inbox) {
      element("article", .class("sheet")) {
        item.head("Task", reader)
        if !task.shown.isEmpty { Facts.list(task.shown, item.of.labels, reader) }
        form.summary(of: fields)
        if isAsked {
          element(
            "form", Attribute("method", "post"), Attribute("action", "/inbox/\(item.id)"),
            Attribute("novalidate", when: true)
          ) {
            form.fields(fields)
            element("div", .class("buttons")) {
              for (index, outcome) in definition.outcomes.enumerated() {
                element(
                  "button", .class("button", index == 0 ? "is-main" : ""), Attribute("type", "submit"),
                  Attribute("name", Page.outcomeField), Attribute("value", outcome)
                ) { outcome == "done" ? "Done" : outcome.asWords.capitalized }
              }
            }
          }
        } else {
          element("p", .class("callout")) { "This asks \(reader.names(of: task.pool, most: 6)), not you." }
        }
        if let workflow = item.of.workflow, let step = item.step, !step.then.isEmpty {
          Pieces.section("after", "What happens next") {
            Facts.list(
              step.then.sorted { $0.key < $1.key }.map {
                ($0.key.asWords.capitalized, Markup(ApprovalPage.sentence($0.value, workflow)))
              })
          }
        }
      }
    }
  }

  /// The name under which a task's form sends its outcome: no field of a schema begins with a dollar sign.
  package static let outcomeField = "$outcome"
  /// The name under which a form sends its idempotency key.
  package static let keyField = "$key"
}
