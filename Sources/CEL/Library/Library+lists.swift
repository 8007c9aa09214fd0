extension Library {
  /// The functions on lists that Kubernetes adds, and the places of a part in a string, which share their names.
  static let lists: [Function] = [
    Function(ofLists("sum", ["int", "uint", "double", "decimal", "duration"])) { arguments, frame throws(Failure) in
      guard case .list(let values) = arguments[0] else { return nil }
      guard var sum = values.first else { return 0 }
      try frame.charge(values.count)
      switch sum {
      case .int, .uint, .double, .decimal, .duration: break
      default: return nil
      }
      for value in values.dropFirst() {
        guard let next = try Operators.add(sum, value, &frame) else { return nil }
        sum = next
      }
      return sum
    },
    extreme("min") { $0 == .less }, extreme("max") { $0 == .greater },
    Function(
      ["bool", "int", "uint", "double", "decimal", "string", "bytes", "timestamp", "duration"].map {
        "(list(\($0))).isSorted() -> bool"
      }
    ) { arguments, frame throws(Failure) in
      guard case .list(let values) = arguments[0] else { return nil }
      try frame.charge(values.count)
      for (left, right) in zip(values, values.dropFirst()) {
        guard let order = Operators.order(left, right) else { return nil }
        if order == .greater { return false }
      }
      return true
    },
    Function(
      "(string).indexOf(string) -> int", "(string).indexOf(string, int) -> int", "(list(A)).indexOf(A) -> int"
    ) { arguments, frame throws(Failure) in
      if case .list(let values) = arguments[0] {
        return try index(of: arguments[1], in: values, order: Array(values.indices), &frame)
      }
      return try textIndex(arguments, &frame, defaultStart: { _ in 0 }) { $0.firstIndex(of: $1, from: $2) }
    },
    Function(
      "(string).lastIndexOf(string) -> int", "(string).lastIndexOf(string, int) -> int",
      "(list(A)).lastIndexOf(A) -> int"
    ) { arguments, frame throws(Failure) in
      if case .list(let values) = arguments[0] {
        return try index(of: arguments[1], in: values, order: values.indices.reversed(), &frame)
      }
      return try textIndex(arguments, &frame, defaultStart: { $0.count }) { $0.lastIndex(of: $1, from: $2) }
    },
  ]

  private static func ofLists(_ name: String, _ types: [String]) -> [String] {
    types.map { "(list(\($0))).\(name)() -> \($0)" }
  }

  private static func extreme(_ name: String, _ isBetter: @escaping @Sendable (Operators.Order) -> Bool) -> Function {
    let types = ["int", "uint", "double", "decimal", "bool", "string", "bytes", "timestamp", "duration"]
    return Function(ofLists(name, types)) { arguments, frame throws(Failure) in
      guard case .list(let values) = arguments[0] else { return nil }
      guard var best = values.first else { throw Failure(.argument, "'\(name)' wants a list that is not empty") }
      try frame.charge(values.count)
      for value in values {
        guard let order = Operators.order(value, best) else { return nil }
        if isBetter(order) { best = value }
      }
      return best
    }
  }

  private static func index(
    of value: Value, in values: [Value], order: [Int], _ frame: inout Frame
  ) throws(Failure) -> Value? {
    try frame.charge(values.count)
    for index in order where try frame.areEqual(values[index], value) { return .int(Int64(index)) }
    return -1
  }

  private static func textIndex(
    _ arguments: [Value], _ frame: inout Frame, defaultStart: (Text) -> Int, _ find: (Text, Text, Int) -> Int?
  ) throws(Failure) -> Value? {
    guard case .string(let string) = arguments[0], case .string(let part) = arguments[1] else { return nil }
    try frame.charge(search: string, for: part)
    let text = Text(string)
    var start = defaultStart(text)
    if arguments.count == 3 {
      guard case .int(let given) = arguments[2] else { return nil }
      guard (0...Int64(text.count)).contains(given) else { throw text.outOfRange(given) }
      start = Int(given)
    }
    return .int(find(text, Text(part), start).map { Int64($0) } ?? -1)
  }
}
