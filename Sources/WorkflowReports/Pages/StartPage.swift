package import WorkflowEngine

extension Page {
  /// The form that starts a workflow, rendered from its input schema.
  ///
  /// - Parameter key: the idempotency key of this form, so that sending it twice starts one instance.
  package static func start(_ workflow: Workflow, fill: FormFill, key: String, _ reader: Reader) -> Page {
    let fields = workflow.input?.formFields ?? []
    let form = FormView(fill: fill, reader: reader)
    return Page("Start \(workflow.title)") {
      element("article", .class("sheet")) {
        element("p", .class("kicker")) {
          element("span", .class("kind")) { "Start" }
          " "
          element("a", .href("/workflows/\(workflow.shortName)")) { workflow.name }
        }
        element("h1") { workflow.title }
        if let summary = workflow.summary { element("p", .class("lead")) { summary } }
        form.summary(of: fields)
        element(
          "form", Attribute("method", "post"), Attribute("action", "/workflows/\(workflow.shortName)/start"),
          Attribute("novalidate", when: true)
        ) {
          element("input", Attribute("type", "hidden"), Attribute("name", keyField), Attribute("value", key))
          if fields.isEmpty { Pieces.quiet("This workflow asks for no input.") }
          form.fields(fields)
          element("div", .class("buttons")) {
            element("button", .class("button is-main"), Attribute("type", "submit")) { "Start" }
            element("a", .class("button"), .href("/workflows/\(workflow.shortName)")) { "Back" }
          }
        }
      }
    }
  }
}
