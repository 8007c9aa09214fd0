/// A function of the library: how it can be called, and what it does.
struct Function: Sendable {
  /// nil: no overload takes these arguments.
  typealias Body = @Sendable ([Value], inout Frame) throws(Failure) -> Value?

  let name: String
  let isMethod: Bool
  let overloads: [FunctionDeclaration]
  /// Takes one argument or more, of any number types.
  let isVariadic: Bool
  let body: Body

  /// - Parameter signatures: `(string).charAt(int) -> string` for a method, `math.abs(int) -> int` for a function; all
  ///   of one name.
  init(_ signatures: String..., isVariadic: Bool = false, body: @escaping Body) {
    self.init(signatures, isVariadic: isVariadic, body: body)
  }

  init(_ signatures: [String], isVariadic: Bool = false, body: @escaping Body) {
    overloads = signatures.map { Signature.parse($0) }
    name = overloads[0].name
    isMethod = overloads[0].isMethod
    self.isVariadic = isVariadic
    self.body = body
  }
}

/// Reads the signatures that the library is written in. A mistake there is a mistake of ours and stops the process.
private struct Signature {
  private var rest: Substring

  static func parse(_ text: String) -> FunctionDeclaration {
    var scanner = Signature(rest: text[...])
    var parameters: [Type] = []
    let isMethod = scanner.take("(")
    if isMethod {
      parameters.append(scanner.type())
      scanner.expect(").")
    }
    let name = String(scanner.rest.prefix { $0 != "(" })
    scanner.rest = scanner.rest.dropFirst(name.count)
    parameters += scanner.types()
    scanner.expect(" -> ")
    return FunctionDeclaration(name, parameters, scanner.type(), isMethod: isMethod)
  }

  private mutating func types() -> [Type] {
    expect("(")
    var types: [Type] = []
    while !take(")") {
      types.append(type())
      _ = take(", ")
    }
    return types
  }

  private mutating func type() -> Type {
    let name = String(rest.prefix { $0.isLetter || $0 == "_" })
    rest = rest.dropFirst(name.count)
    let parameters = rest.first == "(" ? types() : []
    switch (name, parameters.count) {
    case ("list", 1): return .list(parameters[0])
    case ("map", 2): return .map(parameters[0], parameters[1])
    case ("optional", 1): return .optional(parameters[0])
    case ("type", 1): return .type(parameters[0])
    case ("dyn", 0): return .dyn
    case (_, 0) where name.count == 1: return .parameter(name)
    default:
      guard let type = Resolver.types[name], parameters.isEmpty else {
        preconditionFailure("the library knows no type '\(name)'")
      }
      return type
    }
  }

  private mutating func take(_ text: String) -> Bool {
    guard rest.hasPrefix(text) else { return false }
    rest = rest.dropFirst(text.count)
    return true
  }

  private mutating func expect(_ text: String) {
    guard take(text) else { preconditionFailure("the library has a broken signature before '\(rest)'") }
  }
}

/// All functions there are.
enum Library {
  private static let all: [Function] =
    operators + conversions + sizes + texts + formatting + times + math + lists + optionals + decimals + encoders

  static let functions = Dictionary(
    all.filter { !$0.isMethod }.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  static let methods = Dictionary(
    all.filter(\.isMethod).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

  /// What stands before the point of functions such as `math.abs`.
  static let namespaces: Set<String> = ["math", "strings", "base64", "optional", "cel"]

  /// For suggestions: what an author may have meant, macros included.
  static let functionNames = (functions.keys + ["has"]).filter {
    $0.utf8.first.map(\.isLetter) == true && !$0.hasPrefix("_")
  }
  .sorted()
  static let methodNames =
    (methods.keys
    + [
      "all", "exists", "exists_one", "existsOne", "map", "filter", "transformList", "transformMap", "optMap",
      "optFlatMap", "or", "orValue",
    ]).sorted()
}
