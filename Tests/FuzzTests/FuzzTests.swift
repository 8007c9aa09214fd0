import Foundation
import Testing

/// The share of `make fuzz` that always runs: every kept input, and mutations of them that are the same each time.
@Suite("Whatever the bytes")
struct FuzzTests {
  private static let rounds = ProcessInfo.processInfo.environment["WRIT_FUZZ_ROUNDS"].flatMap(Int.init) ?? 400

  @Test("what was once found stays mended", arguments: FuzzTarget.allCases)
  func kept(target: FuzzTarget) throws {
    let inputs = try Corpus.inputs(of: target)
    #expect(!inputs.isEmpty)
    for input in inputs { #expect(target.fault(input.bytes) == nil, "\(input.path)") }
  }

  @Test("mutations of what is kept do no harm", arguments: FuzzTarget.allCases)
  func mutations(target: FuzzTarget) throws {
    var mutator = Mutator(seed: 20_261_123, from: try Corpus.inputs(of: target).map(\.bytes))
    for _ in 0..<Self.rounds {
      let bytes = mutator.input()
      let fault = target.fault(bytes)
      #expect(fault == nil, "\(Data(bytes).base64EncodedString())")
    }
  }
}

/// The inputs that `make fuzz` begins with.
private enum Corpus {
  struct Input {
    let path: String
    let bytes: [UInt8]
  }

  private static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func inputs(of target: FuzzTarget) throws -> [Input] {
    let folder = repository.appending(path: "Tests/Fuzz/Corpus/\(target.rawValue)")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    return try names.map { Input(path: $0, bytes: [UInt8](try Data(contentsOf: folder.appending(path: $0)))) }
  }
}
