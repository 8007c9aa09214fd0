/// A node of the syntax tree. Its depth is bounded by the parser, so that walking it may recurse; nodes and their larger
/// parts are objects, so that each step of such a walk takes little stack.
final class Node: Sendable {
  enum Kind: Sendable {
    case literal(Value)
    /// `x`, or `.x`, which looks at the outermost names only.
    case identifier(String, isAbsolute: Bool)
    case select(Node, field: Field)
    case index(Node, Node, isOptional: Bool)
    case list([Element])
    case map([Entry])
    /// A function, a method (with a target), or an operator by its CEL name (`_+_`).
    case call(Call)
    /// Any number of operands, so that long chains stay flat.
    case and([Node])
    case or([Node])
    case conditional(Node, Node, Node)
    case comprehension(Comprehension)
    /// `cel.bind(name, value, body)`.
    case bind(Name, Node, Node)
    /// `x.optMap(name, body)` and `x.optFlatMap(name, body)`.
    case optionalMap(Node, Name, Node, isFlat: Bool)
  }

  final class Name: Sendable {
    let text: String
    let range: Range<Int>

    init(_ text: String, _ range: Range<Int>) {
      self.text = text
      self.range = range
    }
  }

  final class Field: Sendable {
    let name: String
    let range: Range<Int>
    /// `.?name`.
    let isOptional: Bool
    /// `has(x.name)`.
    let isTest: Bool

    init(_ name: String, _ range: Range<Int>, isOptional: Bool = false, isTest: Bool = false) {
      self.name = name
      self.range = range
      self.isOptional = isOptional
      self.isTest = isTest
    }
  }

  struct Element: Sendable {
    let value: Node
    /// `[?x]`.
    let isOptional: Bool
  }

  struct Entry: Sendable {
    let key: Node
    let value: Node
    /// `{?k: x}`.
    let isOptional: Bool
  }

  final class Call: Sendable {
    let name: String
    let nameRange: Range<Int>
    let target: Node?
    let arguments: [Node]
    /// Written `.f(x)`.
    let isAbsolute: Bool

    init(_ name: String, _ range: Range<Int>, target: Node? = nil, _ arguments: [Node], isAbsolute: Bool = false) {
      self.name = name
      nameRange = range
      self.target = target
      self.arguments = arguments
      self.isAbsolute = isAbsolute
    }
  }

  final class Comprehension: Sendable {
    enum Kind: Sendable {
      case all
      case exists
      case existsOne
      /// To a list; with a filter in the macros that have one.
      case map
      case filter
      /// `transformMap`.
      case mapValues
      /// `transformMapEntry`.
      case mapEntries
    }

    let kind: Kind
    let macro: Name
    let range: Node
    let first: Name
    /// With two names, the first is the index or key and the second the element or value.
    let second: Name?
    let filter: Node?
    /// The predicate, or what each round makes.
    let body: Node

    init(_ kind: Kind, macro: Name, over range: Node, _ first: Name, _ second: Name?, filter: Node?, body: Node) {
      self.kind = kind
      self.macro = macro
      self.range = range
      self.first = first
      self.second = second
      self.filter = filter
      self.body = body
    }
  }

  let kind: Kind
  let range: Range<Int>
  let depth: Int

  init(_ kind: Kind, range: Range<Int>) {
    self.kind = kind
    self.range = range
    depth = 1 + (kind.children.map(\.depth).max() ?? 0)
  }
}

extension Node.Kind {
  var children: [Node] {
    switch self {
    case .literal, .identifier: []
    case .select(let operand, _): [operand]
    case .index(let operand, let index, _): [operand, index]
    case .list(let elements): elements.map(\.value)
    case .map(let entries): entries.flatMap { [$0.key, $0.value] }
    case .call(let call): (call.target.map { [$0] } ?? []) + call.arguments
    case .and(let operands), .or(let operands): operands
    case .conditional(let condition, let then, let otherwise): [condition, then, otherwise]
    case .comprehension(let loop): [loop.range, loop.body] + (loop.filter.map { [$0] } ?? [])
    case .bind(_, let value, let body): [value, body]
    case .optionalMap(let operand, _, let body, _): [operand, body]
    }
  }
}
