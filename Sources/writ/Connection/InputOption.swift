import ArgumentParser
import CEL
import Foundation
import WorkflowEngine
import WorkflowFiles

/// What goes into a form: a file, fields one by one, or both.
struct InputOption: ParsableArguments {
  @Option(help: ArgumentHelp("A file with the input, JSON or YAML; '-' is stdin.", valueName: "file"))
  var input: String?

  @Option(name: [.customShort("i")], help: ArgumentHelp("One field; may be repeated.", valueName: "key=value"))
  var fields: [String] = []

  func validate() throws {
    if let field = fields.first(where: { !$0.contains("=") || $0.hasPrefix("=") }) {
      throw ValidationError("'-i \(field)' is not of the form key=value")
    }
  }

  /// Texts become what the schema asks for; without a schema they stay texts. The server judges the result.
  func value(for schema: Value?) throws -> ValueMap {
    let form = schema.flatMap { try? Schema($0) }
    var (whole, texts) = try file()
    for field in fields {
      guard let equals = field.firstIndex(of: "=") else { continue }
      texts[String(field[..<equals])] = String(field[field.index(after: equals)...])
    }
    if !texts.isEmpty {
      let typed = form?.value(fromForm: texts).0.mapValue ?? ValueMap(texts.map { ($0, .string($1)) })
      whole = typed.merging(whole.removing(contentsOf: texts.keys))
    }
    return whole
  }

  /// JSON is taken as it is; of YAML every scalar is a text until the schema has looked at it.
  private func file() throws -> (ValueMap, [String: String]) {
    guard let input else { return ([:], [:]) }
    let bytes = try InputFile.read(input)
    if input.hasSuffix(".yaml") || input.hasSuffix(".yml") {
      let document = YAMLReader.read(bytes, file: input)
      guard document.findings.isEmpty, let root = document.root else {
        throw Complaint(
          .usage, "\(input) cannot be read", details: [FindingFormat.compact.render(document.findings)])
      }
      return ([:], Self.texts(root, prefix: ""))
    }
    return (try InputFile.json(bytes, named: input), [:])
  }

  private static func texts(_ node: YAMLNode, prefix: String) -> [String: String] {
    let dot = prefix.isEmpty ? "" : "."
    if let text = node.text { return [prefix: text] }
    let parts =
      node.entries?.map { ($0.name, $0.value) } ?? (node.items ?? []).enumerated().map { ("\($0.offset)", $0.element) }
    return parts.reduce(into: [:]) { all, part in
      all.merge(texts(part.1, prefix: prefix + dot + part.0)) { first, _ in first }
    }
  }
}

extension ValueMap {
  fileprivate func removing(contentsOf keys: some Sequence<String>) -> ValueMap {
    keys.reduce(self) { $0.removing($1) }
  }
}

/// Files that are named on the command line.
enum InputFile {
  static func read(_ path: String) throws -> [UInt8] {
    if path == "-" { return [UInt8](FileHandle.standardInput.readDataToEndOfFile()) }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Complaint(.notFound, "there is no file '\(path)' that can be read")
    }
    return [UInt8](data)
  }

  static func json(_ bytes: [UInt8], named path: String) throws -> ValueMap {
    do {
      guard case .map(let map) = try Value(json: bytes) else {
        throw Complaint(.usage, "\(path) is not a JSON object", hint: "it begins with '{'")
      }
      return map
    } catch let error as JSONError {
      throw Complaint(.usage, "\(path) is not JSON: \(error.message)", hint: error.offset.map { "look at byte \($0)" })
    }
  }
}
