import CEL

/// `runner.yaml`: what the runner must know before anything else. Its size does not grow.
package struct RunnerFile: Sendable, Hashable {
  /// The number that the next instance gets.
  package var nextNumber: Int
  /// Number of the last batch.
  package var sequence: Int
  /// Grows with each new holder of the record.
  package var term: Int
  /// Hex id of the commit that is deployed; `nil` before the first.
  package var deployed: String?
  /// How far other refs have been read: ref to hex id of a commit.
  package var cursors: [String: String]

  package init(
    nextNumber: Int = 1, sequence: Int = 0, term: Int = 1, deployed: String? = nil, cursors: [String: String] = [:]
  ) {
    self.nextNumber = nextNumber
    self.sequence = sequence
    self.term = term
    self.deployed = deployed
    self.cursors = cursors
  }

  package var bytes: [UInt8] {
    var file = FileWriter()
    file.field("next", nextNumber)
    file.field("sequence", sequence)
    file.field("term", term)
    file.field("deployed", ifPresent: deployed)
    file.items("cursors", cursors.keys.sorted { $0.precedesInBytes($1) }) { writer, ref in
      writer.map {
        $0.field("ref", ref)
        $0.field("commit", cursors[ref] ?? "")
      }
    }
    return file.bytes
  }

  package init(_ bytes: [UInt8]) throws(RecordError) {
    var file = try FileReader(bytes)
    nextNumber = try file.int("next")
    sequence = try file.int("sequence")
    term = try file.int("term")
    deployed = try file.text(ifPresent: "deployed")
    let cursors = try file.items("cursors") { reader throws(RecordError) in
      try reader.map { reader throws(RecordError) in (try reader.text("ref"), try reader.text("commit")) }
    }
    self.cursors = Dictionary(cursors, uniquingKeysWith: { first, _ in first })
    try file.expectEnd(of: self.bytes)
  }
}
