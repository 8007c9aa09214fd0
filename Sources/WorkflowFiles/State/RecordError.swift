/// A file of the record that does not read: bytes that this program, or an older release of it, would not have written.
package struct RecordError: Error, Sendable, Hashable {
  package enum Problem: Sendable, Hashable {
    case expected(String)
    /// A newer release wrote it; this one refuses to start rather than guess.
    case unknownEvent(String)
    case unknownKind(field: String, value: String)
    case newerFormat(Int)
    case tooDeep
    /// The file with this value, by SHA-256 in hex, was not given.
    case missingValue(digest: String)
    /// The values of one instance come to more than ``StoredValues/limit``.
    case tooManyValues(bytes: Int)
  }

  package var problem: Problem
  /// The file, where known.
  package var file: String?
  /// Counted from 1.
  package var line: Int
  /// Byte in the line, counted from 1.
  package var column: Int

  package init(_ problem: Problem, file: String? = nil, line: Int = 1, column: Int = 1) {
    self.problem = problem
    self.file = file
    self.line = line
    self.column = column
  }
}

extension RecordError: CustomStringConvertible {
  package var description: String { "\(file.map { "\($0):" } ?? "")\(line):\(column): \(problem)" }
}

extension RecordError.Problem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .expected(let what): "expected \(what)"
    case .unknownEvent(let name): "no event is called '\(name)' here; a newer Writ wrote this record"
    case .unknownKind(let field, let value): "'\(value)' is no \(field) known here; a newer Writ wrote this record"
    case .newerFormat(let n): "format \(n) is newer than \(RecordFormat.newest); a newer Writ wrote this record"
    case .tooDeep: "nested more than \(RecordReader.depthLimit) deep"
    case .missingValue(let digest): "the file with value sha256-\(digest) is missing"
    case .tooManyValues(let bytes):
      "the instance holds \(bytes) bytes of values; at most \(StoredValues.limit) are kept"
    }
  }
}

/// The format number that every file of the record begins with.
package enum RecordFormat {
  package static let newest = 1
}
