import CEL
import Foundation
import Testing

/// Hostile source on a thread with 512 KiB of stack: refused, or evaluated, never a crash.
@Suite("Limits of the parser")
struct StackTests {
  static let hostile: [(name: String, source: String)] = [
    ("parentheses", String(repeating: "(", count: 60_000)),
    ("balanced parentheses", String(repeating: "(", count: 63) + "1" + String(repeating: ")", count: 63)),
    ("brackets", String(repeating: "[", count: 1_000_000)),
    ("balanced brackets", String(repeating: "[", count: 63) + String(repeating: "]", count: 63)),
    ("maps", String(repeating: "{1:", count: 20_000)),
    ("balanced maps", String(repeating: "{1:", count: 62) + "1" + String(repeating: "}", count: 62)),
    ("calls", String(repeating: "size(", count: 10_000)),
    ("balanced calls", String(repeating: "dyn(", count: 62) + "1" + String(repeating: ")", count: 62)),
    ("nots", String(repeating: "!", count: 60_000) + "true"),
    ("balanced nots", String(repeating: "!", count: 62) + "true"),
    ("minuses", String(repeating: "-", count: 60_000) + "1"),
    ("pluses", "1" + String(repeating: "+1", count: 30_000)),
    ("fitting pluses", "1" + String(repeating: "+1", count: 62)),
    ("ands", "true" + String(repeating: "&&true", count: 10_000)),
    ("ors", "false" + String(repeating: "||false", count: 9_000)),
    ("ternaries", String(repeating: "true?1:", count: 9_000) + "1"),
    ("fitting ternaries", String(repeating: "true?1:", count: 60) + "1"),
    ("conditions", String(repeating: "(true?", count: 60) + "1" + String(repeating: ":1)", count: 60)),
    ("selections", "{'a':1}" + String(repeating: ".a", count: 30_000)),
    ("fitting selections", "{'a':1}" + String(repeating: ".a", count: 60)),
    ("indexes", "[1]" + String(repeating: "[0]", count: 20_000)),
    ("macros", String(repeating: "[1].map(x,", count: 60) + "x" + String(repeating: ")", count: 60)),
    ("mixed", String(repeating: "(true||(true&&1<2*(-(", count: 15) + "1" + String(repeating: ")))) ", count: 15)),
    ("binds", String(repeating: "cel.bind(x,[1],", count: 60) + "x" + String(repeating: ")", count: 60)),
  ]

  @Test("hostile source does not exhaust a small stack", arguments: hostile.map(\.name))
  func survives(name: String) throws {
    let source = try #require(StackTests.hostile.first { $0.name == name }?.source)
    onSmallStack {
      guard let expression = try? CEL.Expression(parsing: source) else { return }
      _ = expression.check(in: Environment())
      guard let program = try? expression.compile(in: Environment()) else { return }
      _ = try? program.evaluate(Scope())
    }
  }

  @Test("what fits the limits is accepted", arguments: hostile.map(\.name).filter { $0.contains("fitting") })
  func accepted(name: String) throws {
    let source = try #require(StackTests.hostile.first { $0.name == name }?.source)
    #expect(throws: Never.self) { try CEL.Expression(parsing: source) }
  }

  @Test("chains of && and || may be long")
  func chains() throws {
    let source = "true" + String(repeating: " && true", count: 5_000)
    let program = try CEL.Expression(parsing: source).compile(in: Environment())
    #expect(try program.evaluate(Scope()) == true)
  }

  @Test("what is too deep or too long is refused in words")
  func refusals() {
    #expect(refusal(String(repeating: "(", count: 200))?.contains("nested more than 64 deep") == true)
    #expect(refusal(String(repeating: " ", count: 70_000))?.contains("longer than 65536 bytes") == true)
    #expect(refusal("1" + String(repeating: "+1", count: 200))?.contains("more than 64 operators") == true)
  }

  private func refusal(_ source: String) -> String? {
    do {
      _ = try CEL.Expression(parsing: source)
      return nil
    } catch {
      return error.message
    }
  }

  @Test("deep patterns and documents do not exhaust a small stack")
  func otherParsers() {
    onSmallStack {
      _ = try? LinearRegex(String(repeating: "(", count: 100_000))
      _ = try? LinearRegex(String(repeating: "(", count: 60) + "a" + String(repeating: ")*", count: 60))
      _ = try? Value(json: Array(String(repeating: "[", count: 1_000_000).utf8))
      _ = try? Value(json: Array((String(repeating: "[", count: 64) + String(repeating: "]", count: 64)).utf8))
    }
  }

  private func onSmallStack(_ work: @escaping @Sendable () -> Void) {
    let done = DispatchSemaphore(value: 0)
    let thread = Thread {
      work()
      done.signal()
    }
    thread.stackSize = 512 << 10
    thread.start()
    done.wait()
  }
}
