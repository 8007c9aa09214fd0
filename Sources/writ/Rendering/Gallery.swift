import CEL
import Foundation
import WorkflowEngine
import WorkflowFiles
import WorkflowReports

/// The workflows as files that need no server: the same pages, with addresses that lead from file to file.
struct Gallery {
  let checked: CheckedRepository
  let workflows: [Workflow]

  var files: [(name: String, data: Data)] {
    var files = Asset.names.compactMap { name in Asset.named(name).map { ("assets/\(name)", Data($0.bytes)) } }
    for workflow in workflows {
      let graph = Graph(workflow)
      files.append(("\(workflow.name).svg", Data(graph.svg(GraphDrawing(isStandalone: true)).bytes)))
      files.append(("\(workflow.name).mmd", Data(graph.mermaid().utf8)))
      files.append(("\(workflow.name).html", Data(page(workflow).utf8)))
    }
    return files
  }

  private func page(_ workflow: Workflow) -> String {
    let shown = DeployedWorkflow(workflow: workflow, version: 1, digest: "")
    let page = Page.workflow(shown, versions: [1], current: 1, mayStart: false, running: [], reader)
    let root = String(repeating: "../", count: workflow.name.count { $0 == "/" })
    return String(decoding: page.document(for: reader).bytes, as: UTF8.self)
      .replacing("\"/assets/", with: "\"\(root)assets/")
  }

  private var reader: Reader {
    Reader(
      site: checked.settings.title, person: nil, people: checked.people, now: .current, zone: .utc, zoneName: "UTC",
      waiting: 0)
  }
}
