/// Reads YAML as the language allows it: plain data with places, nothing hidden, nothing from afar.
package enum YAMLReader {
  /// Never fails: what is wrong stands in the document's findings, and as much as can be is read.
  package static func read(_ bytes: [UInt8], file: String) -> YAMLDocument {
    let source = SourceText(bytes, file: file)
    if let problem = YAMLPrescan.problem(in: bytes) {
      let isWhole = problem.range.isEmpty
      let finding = Finding(
        problem.rule, problem.message, at: isWhole ? Finding.Place(file: file) : source.place(problem.range),
        hint: problem.hint)
      return YAMLDocument(source: source, root: nil, findings: [finding])
    }
    var builder = YAMLBuilder(source)
    let isComplete = bytes.withUnsafeBufferPointer { builder.read(YAMLEventStream($0)) }
    return YAMLDocument(source: source, root: isComplete ? builder.root : nil, findings: builder.findings.sorted())
  }
}
