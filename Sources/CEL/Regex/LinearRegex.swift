/// A regular expression that matches in time linear in the text, whatever the pattern: RE2's syntax without captures.
///
/// Backreferences and look-around do not exist; a pattern that would become too large is refused. The pattern is found
/// anywhere in the text, unless it is anchored with `^` and `$`.
package struct LinearRegex: Sendable, Hashable {
  package enum Dialect: Sendable, Hashable {
    /// CEL's `matches`.
    case re2
    /// JSON Schema's `pattern`: `\s` is Unicode's white space, `\uXXXX` and `\cX` are characters, `$` the very end.
    case ecmaScript
  }

  /// Bytes of a pattern.
  package static let longest = 65_536

  package let pattern: String
  let program: [Instruction]

  /// - Throws: with a sentence that says what is wrong with the pattern.
  package init(_ pattern: String, dialect: Dialect = .re2) throws(RegexError) {
    guard pattern.utf8.count <= Self.longest else {
      throw RegexError(message: "the pattern is longer than \(Self.longest) bytes")
    }
    var parser = RegexParser(pattern, dialect: dialect)
    let tree = try parser.parse()
    var assembler = RegexAssembler()
    program = try assembler.assemble(tree)
    self.pattern = pattern
  }

  package static func == (left: LinearRegex, right: LinearRegex) -> Bool {
    left.pattern.hasSameBytes(as: right.pattern)
  }
  package func hash(into hasher: inout Hasher) { pattern.hashBytes(into: &hasher) }

  /// Steps to charge for matching a text.
  func cost(of text: String) -> Int {
    let (product, overflow) = (text.utf8.count / 4 + 1).multipliedReportingOverflow(by: program.count / 16 + 1)
    return overflow ? .max / 2 : product
  }

  enum Instruction: Sendable {
    case scalar(Unicode.Scalar)
    case set(ScalarSet)
    case split(Int, Int)
    case jump(Int)
    case assert(Assertion)
    case match
  }

  enum Assertion: Sendable {
    case textStart
    case textEnd
    case lineStart
    case lineEnd
    case wordBoundary
    case noWordBoundary
  }
}

/// Why a pattern is refused.
package struct RegexError: Error, Sendable, Hashable {
  package let message: String
}

extension LinearRegex {
  /// Whether the pattern is found in the text.
  package func matches(_ text: String) -> Bool {
    var machine = Machine(program)
    var previous: Unicode.Scalar?
    var scalars = text.unicodeScalars.makeIterator()
    var current = scalars.next()
    while true {
      machine.enter(0, previous, current)
      if machine.isMatched { return true }
      guard let scalar = current else { return false }
      let next = scalars.next()
      machine.advance(over: scalar, next)
      if machine.isMatched { return true }
      previous = scalar
      current = next
    }
  }

  /// All states that the pattern may be in at one place of the text.
  private struct Machine {
    let program: [Instruction]
    private var states: [Int] = []
    private var following: [Int] = []
    /// The step in which a state was last entered.
    private var marks: [Int]
    private var step = 1
    private var stack: [Int] = []
    private(set) var isMatched = false

    init(_ program: [Instruction]) {
      self.program = program
      marks = [Int](repeating: 0, count: program.count)
    }

    /// Begins a match here.
    mutating func enter(_ state: Int, _ previous: Unicode.Scalar?, _ next: Unicode.Scalar?) {
      swap(&states, &following)
      add(state, previous, next)
      swap(&states, &following)
    }

    mutating func advance(over scalar: Unicode.Scalar, _ next: Unicode.Scalar?) {
      step += 1
      following.removeAll(keepingCapacity: true)
      for state in states {
        switch program[state] {
        case .scalar(let wanted) where wanted == scalar: add(state + 1, scalar, next)
        case .set(let set) where set.contains(scalar): add(state + 1, scalar, next)
        default: break
        }
        if isMatched { return }
      }
      swap(&states, &following)
    }

    /// Follows everything that consumes nothing.
    private mutating func add(_ state: Int, _ previous: Unicode.Scalar?, _ next: Unicode.Scalar?) {
      stack.append(state)
      while let state = stack.popLast() {
        if marks[state] == step { continue }
        marks[state] = step
        switch program[state] {
        case .jump(let target): stack.append(target)
        case .split(let first, let second):
          stack.append(second)
          stack.append(first)
        case .assert(let assertion):
          if assertion.holds(previous, next) { stack.append(state + 1) }
        case .match: isMatched = true
        case .scalar, .set: following.append(state)
        }
      }
    }
  }
}

extension LinearRegex.Assertion {
  fileprivate func holds(_ previous: Unicode.Scalar?, _ next: Unicode.Scalar?) -> Bool {
    switch self {
    case .textStart: previous == nil
    case .textEnd: next == nil
    case .lineStart: previous == nil || previous == "\n"
    case .lineEnd: next == nil || next == "\n"
    case .wordBoundary: isWord(previous) != isWord(next)
    case .noWordBoundary: isWord(previous) == isWord(next)
    }
  }

  private func isWord(_ scalar: Unicode.Scalar?) -> Bool {
    scalar.map { ScalarSet.word.contains($0) } ?? false
  }
}
