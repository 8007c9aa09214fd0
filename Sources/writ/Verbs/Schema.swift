import ArgumentParser
import Foundation
import WorkflowFiles

struct SchemaVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Writes JSON Schemas of workflow, people, writ.yaml and test files, for editors.",
    discussion: """
      For example: writ schema workflow > workflow.schema.json
                   writ schema --out .schemas

      An editor with a YAML language server takes it by the first line of a file:
      # yaml-language-server: $schema=../.schemas/workflow.schema.json
      """)

  @Argument(help: ArgumentHelp("Which: \(EditorSchema.all.map(\.name).joined(separator: ", ")).", valueName: "name"))
  var name: String?
  @Option(help: ArgumentHelp("Writes all of them into this folder.", valueName: "folder")) var out: String?

  func validate() throws {
    guard (name == nil) != (out == nil) else { throw ValidationError("Name one schema, or a folder with --out.") }
    if let name, !EditorSchema.all.contains(where: { $0.name == name }) {
      throw ValidationError("There is no schema '\(name)'; there are \(EditorSchema.all.map(\.name).formatted()).")
    }
  }

  func run() throws {
    for schema in EditorSchema.all where schema.name == name { Terminal.outExactly(schema.render()) }
    guard let out else { return }
    let folder = URL(fileURLWithPath: out, isDirectory: true)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for schema in EditorSchema.all {
      try Data(schema.render().utf8).write(to: folder.appending(path: schema.fileName))
      Terminal.out("\(out)/\(schema.fileName)")
    }
  }
}
