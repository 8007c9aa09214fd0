/// How sentences for authors are put together.
enum Wording {
  private static let operators: [String: String] = [
    "_+_": "+", "_-_": "-", "_*_": "*", "_/_": "/", "_%_": "%", "_<_": "<", "_<=_": "<=", "_>_": ">", "_>=_": ">=",
    "_==_": "==", "_!=_": "!=", "@in": "in", "!_": "!", "-_": "-", "_[_]": "[]",
  ]

  static func symbol(_ function: String) -> String {
    operators[function] ?? function
  }

  /// "'>' compares int with string", "'charAt' does not take int".
  static func mismatch(_ function: String, _ types: [String]) -> String {
    let name = "'\(symbol(function))'"
    switch (function, types.count) {
    case ("_<_", 2), ("_<=_", 2), ("_>_", 2), ("_>=_", 2), ("_==_", 2), ("_!=_", 2):
      return types[0] == types[1]
        ? "\(name) does not compare values of type \(types[0])" : "\(name) compares \(types[0]) with \(types[1])"
    case ("@in", 2): return "\(name) looks for \(types[0]) in \(types[1])"
    case ("_+_", 2), ("_-_", 2), ("_*_", 2), ("_/_", 2), ("_%_", 2):
      return "\(name) does not go between \(types[0]) and \(types[1])"
    case ("!_", 1): return "\(name) turns a bool around, not \(types[0])"
    case ("-_", 1): return "\(name) does not go before \(types[0])"
    default: return "\(name) does not take (\(types.joined(separator: ", ")))"
    }
  }

  /// What usually helps.
  static func remedy(_ function: String, _ types: [Type]) -> String? {
    guard operators[function] != nil, types.count == 2 else { return nil }
    switch (types[0], types[1]) {
    case (.decimal, .int), (.int, .decimal): return "write the number as decimal('...')"
    case (.decimal, .double), (.double, .decimal): return "decimals and doubles do not mix: write decimal('...')"
    case (.decimal, .string), (.string, .decimal): return "write decimal('...'), or string(...) to make a text"
    case (_, .string) where function == "_+_", (.string, _) where function == "_+_":
      return "make a text of the other with string(...)"
    case (_, .null), (.null, _):
      return "only a value that may be null compares with null; has(...) asks whether it is there"
    case (.timestamp, .string), (.string, .timestamp): return "write timestamp('...')"
    case (.duration, .string), (.string, .duration): return "write duration('...')"
    case (.int, .double), (.double, .int), (.int, .uint), (.uint, .int), (.uint, .double), (.double, .uint):
      return "convert one of them with int(...), uint(...) or double(...)"
    case (.int, .string), (.string, .int): return "int(...) makes a number of a text, string(...) a text of a number"
    case (.decimal, .decimal) where function == "_/_":
      return "divide with div(x, y, digits, 'half-even'), which says how to round"
    case (.optional, _), (_, .optional): return "take the optional's value with orValue(...)"
    default: return nil
    }
  }

  /// "1 or 2 arguments".
  static func count(_ counts: [Int]) -> String {
    let words = counts.map { $0 == 0 ? "no" : String($0) }
    return words.joined(separator: " or ") + (counts.last == 1 ? " argument" : " arguments")
  }

  /// "x.substring(int) or x.substring(int, int)", up to three of them.
  static func signatures(_ overloads: [FunctionDeclaration]) -> String {
    let texts = overloads.prefix(3).map { declaration in
      var types = declaration.parameters.map(\.description)
      let receiver = declaration.isMethod && !types.isEmpty ? types.removeFirst() + "." : ""
      return "\(receiver)\(symbol(declaration.name))(\(types.joined(separator: ", ")))"
    }
    return texts.joined(separator: " or ")
  }

  /// A short list of what there is.
  static func available(_ names: [String]) -> String? {
    names.isEmpty || names.count > 12 ? nil : "there is \(names.map { "'\($0)'" }.joined(separator: ", "))"
  }
}

extension Sequence<String> {
  /// The name that was probably meant: at most a third of the letters differ. Among very many, some that begin alike are
  /// looked at.
  func nearest(to name: String) -> String? {
    let limit = Swift.max(1, Swift.min(3, name.utf8.count / 3))
    let near = filter { abs($0.utf8.count - name.utf8.count) <= limit }
    let plausible = near.count > 256 ? near.filter { $0.utf8.first == name.utf8.first }.prefix(256) : near[...]
    let ranked = plausible.map { (name: $0, distance: $0.editDistance(to: name, limit: limit)) }
    return ranked.filter { $0.distance <= limit }.min { $0.distance < $1.distance }?.name
  }
}

extension String {
  /// Letters to insert, delete, replace or swap with the next (optimal string alignment); above the limit, any number
  /// above it.
  func editDistance(to other: String, limit: Int) -> Int {
    let left = Array(lowercased().utf8)
    let right = Array(other.lowercased().utf8)
    guard abs(left.count - right.count) <= limit, left.count < 200 else { return limit + 1 }
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for (row, letter) in left.enumerated() {
      var current = [row + 1]
      for (column, otherLetter) in right.enumerated() {
        var best = Swift.min(last[column] + (letter == otherLetter ? 0 : 1), last[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, letter == right[column - 1], left[row - 1] == otherLetter {
          best = Swift.min(best, beforeLast[column - 1] + 1)
        }
        current.append(best)
      }
      beforeLast = last
      last = current
    }
    return last[right.count]
  }
}
