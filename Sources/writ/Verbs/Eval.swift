import ArgumentParser
import CEL
import WorkflowFiles

struct Eval: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Evaluates an expression (CEL).",
    discussion: """
      For example: writ eval "input.amount > 1000 && input.category in ['travel']" --input expense.json

      The file's content is 'input'. With --scope its members are the variables: input, vars, steps, config.
      """)

  @Argument(help: "The expression.") var expression: String
  @Option(help: ArgumentHelp("A JSON object; '-' is stdin.", valueName: "file")) var input: String?
  @Option(help: ArgumentHelp("A JSON object whose members are variables.", valueName: "file")) var scope: String?

  func run() throws {
    var variables: ValueMap = [:]
    if let scope { variables = try InputFile.json(try InputFile.read(scope), named: scope) }
    if let input { variables["input"] = .map(try InputFile.json(try InputFile.read(input), named: input)) }
    Terminal.out(try evaluate(variables).printed)
  }

  private func evaluate(_ variables: ValueMap) throws -> Value {
    let types = variables.keys.map { ($0, Type.dyn) } + [("now", Type.timestamp)]
    let zones = SystemZones()
    let scope = Scope(variables, now: .current, zones: { zones.rules($0) })
    do {
      let environment = Environment(variables: Dictionary(types) { first, _ in first })
      let parsed = try Expression(parsing: expression)
      if let error = parsed.check(in: environment).errors.first { throw error }
      return try parsed.compile(in: environment).evaluate(scope)
    } catch let error as ExpressionError {
      throw Complaint(.refused, error.message, hint: error.hint, details: pointer(error.range))
    } catch let error as EvaluationError {
      throw Complaint(.refused, "it has no value: \(error.message)", details: pointer(error.range))
    }
  }

  /// The expression with carets under the place, if it is one line that people read.
  private func pointer(_ range: Range<Int>) -> [String] {
    guard !expression.contains("\n"), expression.utf8.count <= 2_000 else { return [] }
    let text = Array(expression.utf8)
    let (low, high) = (min(range.lowerBound, text.count), min(range.upperBound, text.count))
    let before = String(decoding: text[..<low], as: UTF8.self).count
    let marked = max(String(decoding: text[low..<high], as: UTF8.self).count, 1)
    return [expression, String(repeating: " ", count: before) + String(repeating: "^", count: marked)]
  }
}

extension Value {
  /// JSON; what JSON has no word for is text.
  fileprivate var printed: String {
    switch self {
    case .optional(let value): value.map(\.printed) ?? "none"
    case .type(let type): type.simpleName
    case .double(let value) where value.isNaN: "NaN"
    case .double(let value) where value.isInfinite: value < 0 ? "-Infinity" : "Infinity"
    default: (try? canonicalJSON()).map { _ in prettyJSON } ?? "\(self)"
    }
  }
}
