import CYAML

/// What libyaml reads, one event at a time, with places as UTF-8 offsets.
///
/// Reading event by event bounds libyaml's work: it looks ahead at most 1024 characters (the length of a simple key), so
/// whoever stops at depth 64 never meets its quadratic cost in the depth of flow collections.
final class YAMLEventStream {
  enum Event {
    case documentStart(directive: Bool)
    case documentEnd
    case scalar(String, YAMLNode.Style)
    case mappingStart(isFlow: Bool)
    case sequenceStart(isFlow: Bool)
    case mappingEnd
    case sequenceEnd
    case alias(String)
  }

  struct Located {
    var event: Event
    var anchor: String?
    var tag: String?
    var range: Range<Int>
  }

  /// libyaml's own words, and where.
  struct SyntaxError: Error {
    var problem: String
    var offset: Int
    var contextOffset: Int?
  }

  private var parser = yaml_parser_t()
  private let bytes: UnsafeBufferPointer<UInt8>
  private let offsets: ScalarOffsets

  /// `bytes` are valid UTF-8 and outlive the stream.
  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    offsets = ScalarOffsets(bytes)
    precondition(yaml_parser_initialize(&parser) == 1, "libyaml: out of memory")
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
    // libyaml would take the mark for a column.
    let text = UnsafeBufferPointer(rebasing: bytes[offsets.markLength...])
    yaml_parser_set_input_string(&parser, text.baseAddress, text.count)
  }

  deinit { yaml_parser_delete(&parser) }

  /// The next event; `nil` at the end.
  func next() throws(SyntaxError) -> Located? {
    while true {
      var event = yaml_event_t()
      guard yaml_parser_parse(&parser, &event) == 1 else { throw syntaxError() }
      defer { yaml_event_delete(&event) }
      switch event.type {
      case YAML_NO_EVENT, YAML_STREAM_END_EVENT: return nil
      case YAML_STREAM_START_EVENT: continue
      default: return located(event)
      }
    }
  }

  private func located(_ event: yaml_event_t) -> Located {
    let start = offsets.offset(ofScalar: event.start_mark.index)
    let end = offsets.offset(ofScalar: event.end_mark.index)
    var located = Located(event: .documentEnd, range: start..<max(start, end))
    switch event.type {
    case YAML_DOCUMENT_START_EVENT:
      let start = event.data.document_start
      let directive = start.version_directive != nil || start.tag_directives.start != start.tag_directives.end
      located.event = .documentStart(directive: directive)
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      let text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
      located.event = .scalar(text, Self.style(scalar.style))
      (located.anchor, located.tag) = (Self.string(scalar.anchor), Self.string(scalar.tag))
    case YAML_SEQUENCE_START_EVENT:
      let start = event.data.sequence_start
      located.event = .sequenceStart(isFlow: start.style == YAML_FLOW_SEQUENCE_STYLE)
      (located.anchor, located.tag) = (Self.string(start.anchor), Self.string(start.tag))
    case YAML_MAPPING_START_EVENT:
      let start = event.data.mapping_start
      located.event = .mappingStart(isFlow: start.style == YAML_FLOW_MAPPING_STYLE)
      (located.anchor, located.tag) = (Self.string(start.anchor), Self.string(start.tag))
    case YAML_SEQUENCE_END_EVENT: located.event = .sequenceEnd
    case YAML_MAPPING_END_EVENT: located.event = .mappingEnd
    case YAML_ALIAS_EVENT: located.event = .alias(Self.string(event.data.alias.anchor) ?? "")
    default: break
    }
    return located
  }

  private func syntaxError() -> SyntaxError {
    let problem = parser.problem.map { String(cString: $0) } ?? "out of memory"
    let mark = parser.error == YAML_READER_ERROR ? 0 : parser.problem_mark.index
    return SyntaxError(
      problem: problem, offset: offsets.offset(ofScalar: mark),
      contextOffset: parser.context == nil ? nil : offsets.offset(ofScalar: parser.context_mark.index))
  }

  private static func style(_ style: yaml_scalar_style_t) -> YAMLNode.Style {
    switch style {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
    case YAML_LITERAL_SCALAR_STYLE: .literal
    case YAML_FOLDED_SCALAR_STYLE: .folded
    default: .plain
    }
  }

  private static func string(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    pointer.map { String(cString: $0) }
  }
}

/// libyaml counts Unicode scalars after a byte order mark; files count bytes. A note every 64 scalars makes the way short.
private struct ScalarOffsets {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var notes: [Int] = []
  /// The bytes of a mark at the beginning.
  let markLength: Int

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    markLength = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    guard bytes.contains(where: { $0 >= 0x80 }) else { return }
    var scalar = 0
    for index in bytes.indices.dropFirst(markLength) where bytes[index] & 0xC0 != 0x80 {
      if scalar & 63 == 0 { notes.append(index) }
      scalar += 1
    }
  }

  func offset(ofScalar scalar: Int) -> Int {
    guard !notes.isEmpty else { return min(scalar, bytes.count) }
    guard scalar >> 6 < notes.count else { return bytes.count }
    var offset = notes[scalar >> 6]
    var left = scalar & 63
    while left > 0, offset < bytes.count {
      offset += 1
      while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
      left -= 1
    }
    return offset
  }
}
