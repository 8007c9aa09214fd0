import CEL

/// An expression of a definition: where it stands and what is wanted of it.
struct ExpressionPlace: Sendable {
  enum Use: Sendable, Hashable {
    /// Must be true or false.
    case condition
    case show
    /// `set`, by the variable.
    case set(String)
    /// The first value of the variable with this number.
    case first(Int)
    /// The workflow's output.
    case output
    /// `input` of a call.
    case argument
    /// `prefill`, by the field.
    case prefill(String)
    /// Inside a text.
    case text
    /// Under `with`.
    case parameter
    /// A list of people.
    case people
    /// A list of paths of the repository.
    case paths
    /// The person concerned.
    case about
    case moment
    case date
    /// A value of any type.
    case value
    case list
    /// `each.until`
    case until
  }
  var formula: Formula
  var use: Use
  var path: [PathElement]
  /// Where the expression begins in the scalar at the path, in UTF-8.
  var offset = 0
  /// The number of the step that evaluates it.
  var step: Int?
  /// The number of its move.
  var move: Int?

  /// Whether a path, or an optional, may lead to nothing here, where a name gets its value.
  var allowsAbsence: Bool {
    switch use {
    case .show, .output, .prefill, .argument, .set: true
    default: false
    }
  }

  /// The focus of a stretch of the expression's source.
  func focus(_ range: Range<Int>) -> Diagnostic.Focus {
    .range(offset + range.lowerBound..<offset + range.upperBound)
  }

  /// Under `undo` of a step, which is resolved when a visit has its result.
  var isInUndo: Bool { path.dropFirst(2).first == "undo" }

  func remark(_ message: String, _ reference: Reference, hint: String? = nil) -> Remark {
    Remark(message, at: path, focus: focus(reference.range), hint: hint)
  }
}

/// Collects the expressions of a workflow, in the order of the file.
struct ExpressionCollector {
  private(set) var places: [ExpressionPlace] = []
  private var step: Int?
  private var move: Int?

  static func places(in workflow: Workflow) -> [ExpressionPlace] {
    var collector = ExpressionCollector()
    for (number, variable) in workflow.variables.enumerated() {
      guard let value = variable.value else { continue }
      let path: [PathElement] = ["vars", .key(variable.name)]
      collector.add(value, .first(number), variable.schema == nil ? path : path + ["value"])
    }
    for (number, step) in workflow.steps.enumerated() {
      collector.step = number
      collector.collect(step)
    }
    collector.step = nil
    collector.add(workflow.output, ["output"]) { _ in .output }
    collector.add(workflow.object, .value, ["object"])
    collector.add(workflow.onEvent, [])
    for place in workflow.selectorPlaces where place.step == nil { collector.add(place) }
    return collector.places
  }

  private mutating func add(_ formula: Formula?, _ use: ExpressionPlace.Use, _ path: [PathElement], offset: Int = 0) {
    guard let formula else { return }
    places.append(ExpressionPlace(formula: formula, use: use, path: path, offset: offset, step: step, move: move))
  }

  private mutating func add(
    _ assignments: [Assignment], _ path: [PathElement], _ use: (String) -> ExpressionPlace.Use
  ) {
    for assignment in assignments { add(assignment.value, use(assignment.name), path + [.key(assignment.name)]) }
  }

  private mutating func add(_ handlers: [EventHandler], _ path: [PathElement]) {
    for (index, handler) in handlers.enumerated() {
      add(handler.key, .value, path + ["on-event", .index(index), "key"])
    }
  }

  private mutating func add(_ place: SelectorPlace) {
    switch place.innermost {
    case .formula(let formula): add(formula, .people, place.path + ["expr"])
    case .codeOwners(let formula): add(formula, .paths, place.path + ["codeowners"])
    default: break
    }
  }

  private mutating func collect(_ step: Step) {
    let root = step.root
    switch step.kind {
    case .task(let task):
      add(task.show ?? [], root + ["show"]) { _ in .show }
      add(task.prefill, root + ["prefill"]) { .prefill($0) }
    case .service(let service):
      add(service.parameters, root + ["with"])
      add(service.undo?.parameters ?? [], root + ["undo", "with"])
    case .gateway(let gateway):
      for (index, branch) in gateway.branches.enumerated() {
        add(branch.when, .condition, root + ["branches", .index(index), "when"])
      }
    case .wait(let wait): collect(wait, root)
    case .notification(let notification):
      add(notification.subject, .text, root + ["subject"])
      add(notification.body, .text, root + ["body"])
    case .call(let call): add(call.input, root + ["input"]) { _ in .argument }
    case .table(let table):
      for (index, row) in table.rows.enumerated() {
        add(row.when, .condition, root + ["rows", .index(index), "when"])
        add(row.values, root + ["rows", .index(index), "values"]) { _ in .value }
      }
    case .state(let state):
      for (index, move) in state.moves.enumerated() {
        let path = step.path(ofMove: index, of: state)
        self.move = index
        add(move.when, .condition, path + ["when"])
        add(move.set, path + ["set"]) { .set($0) }
      }
      move = nil
    case .approval, .join, .end: break
    }
    collectModifiers(step, root)
  }

  private mutating func collect(_ wait: WaitStep, _ root: [PathElement]) {
    switch wait.until {
    case .formula(let formula)?: add(formula, .moment, root + ["until"])
    case .date(let formula, _, _)?: add(formula, .date, root + ["until", "date"])
    case nil: break
    }
    add(wait.key, .value, root + ["key"])
  }

  private mutating func collectModifiers(_ step: Step, _ root: [PathElement]) {
    if let approval = step.approval {
      add(approval.show ?? [], step.approvalRoot + ["show"]) { _ in .show }
      for (index, level) in approval.levels.enumerated() {
        let path = step.path(ofLevel: index, of: approval)
        add(level.when, .condition, path + ["when"])
        add(level.about, .about, path + ["about"])
      }
    }
    for place in Workflow.selectorPlaces(of: step) { add(place) }
    add(step.set, step.approvalRoot + ["set"]) { .set($0) }
    add(step.each?.list, .list, root + ["each", "in"])
    add(step.each?.until, .until, root + ["each", "until"])
    add(step.onEvent, root)
  }

  private mutating func add(_ parameters: [Parameter], _ path: [PathElement]) {
    var open = parameters.map { (path + [.key($0.name)], $0.value) }
    while let (path, value) = open.popLast() {
      switch value {
      case .literal: break
      case .template(let template): add(template, .parameter, path)
      case .list(let items): open += items.enumerated().map { (path + [.index($0)], $1) }
      case .map(let fields): open += fields.map { (path + [.key($0.name)], $0.value) }
      }
    }
  }

  /// In a template an expression begins behind its `${`, and a literal `${` was written `$${`.
  private mutating func add(_ template: Template, _ use: ExpressionPlace.Use, _ path: [PathElement]) {
    var offset = 0
    for part in template.parts {
      switch part {
      case .text(let text): offset += text.utf8.count + text.count(of: "${")
      case .formula(let formula):
        add(formula, use, path, offset: offset + 2)
        offset += formula.source.utf8.count + 3
      }
    }
  }
}

extension String {
  /// How often two bytes stand in the text.
  fileprivate func count(of pair: String) -> Int {
    let (bytes, pair) = (Array(utf8), Array(pair.utf8))
    return zip(bytes, bytes.dropFirst()).count { $0 == pair[0] && $1 == pair[1] }
  }
}
