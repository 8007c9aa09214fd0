package import WorkflowEngine

/// A file as read: its text, its values with their places, and what is wrong with it so far.
package struct YAMLDocument: Sendable {
  package let source: SourceText
  /// `nil` when the file could not be read to its end.
  package let root: YAMLNode?
  /// Breaches of the reading rules, in order of their places.
  package let findings: [Finding]

  package var file: String { source.file }

  /// Gives a diagnostic its place by walking its path as far as the file goes.
  package func locate(_ diagnostic: Diagnostic) -> Finding {
    Finding(
      diagnostic.code, diagnostic.severity, diagnostic.message,
      at: place(of: diagnostic.path, focus: diagnostic.focus), hint: diagnostic.hint,
      related: diagnostic.related.map { related in
        let isHere = related.file == nil || related.file == file
        return Finding.Related(
          place: isHere ? place(of: related.path, focus: .key) : Finding.Place(file: related.file ?? file),
          message: related.message)
      })
  }

  package func place(of path: [PathElement], focus: Diagnostic.Focus = .value) -> Finding.Place {
    guard let root else { return Finding.Place(file: file) }
    let (key, node, found) = root.follow(path)
    if found == 0, focus != .value || !path.isEmpty { return Finding.Place(file: file) }
    return source.place(range(key: key, node: node, focus: found < path.count ? .key : focus))
  }

  private func range(key: YAMLNode?, node: YAMLNode, focus: Diagnostic.Focus) -> Range<Int> {
    switch focus {
    case .key: key?.span ?? firstLine(of: node)
    case .value: node.isEmpty ? key?.span ?? node.span : firstLine(of: node)
    case .range(let range): source.range(of: range, in: node)
    }
  }

  /// What is underlined of a value: all of it when it stands in one line, else its first line.
  private func firstLine(of node: YAMLNode) -> Range<Int> {
    let line = source.line(at: node.span.lowerBound)
    return node.span.lowerBound..<max(node.span.lowerBound, min(node.span.upperBound, line.upperBound))
  }
}
