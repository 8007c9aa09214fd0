import CEL
import Testing

@Suite("Values")
struct ValueTests {
  @Test("identity tells kinds, bytes and signs apart; CEL's equality does not tell numbers apart")
  func identity() {
    #expect(Value.int(1) != .double(1))
    #expect(Value.int(1).celEquals(.double(1)))
    #expect(Value.string("é") != .string("e\u{301}"))
    #expect(Value.double(.nan) == .double(.nan))
    #expect(!Value.double(.nan).celEquals(.double(.nan)))
    #expect(Value.double(0) != .double(-0.0))
    #expect(Set<Value>([.int(1), .uint(1), .double(1), .string("1"), .bool(true)]).count == 5)
    #expect(Value.map(["é": 1]).hashValue != Value.map(["e\u{301}": 1]).hashValue)
  }

  @Test("maps are ordered by the bytes of their keys, and the last of equal keys wins")
  func maps() {
    let map = ValueMap([("b", 1), ("a", 2), ("é", 3), ("b", 4), ("Z", 5)])
    #expect(map.keys == ["Z", "a", "b", "é"])
    #expect(map["b"] == 4)
    #expect(map.removing("b").keys == ["Z", "a", "é"])
    #expect(map.merging(["a": 9, "q": 1])["a"] == 9)
    var large = ValueMap()
    for number in (0..<100).reversed() { large["k\(number)"] = .int(Int64(number)) }
    #expect((0..<100).allSatisfy { large["k\($0)"] == .int(Int64($0)) })
    #expect(large["k100"] == nil)
    large["k5"] = nil
    #expect(large.count == 99)
    #expect(large["k5"] == nil)
  }

  @Test("paths lead through maps, and absence is nil")
  func paths() {
    let value: Value = ["a": ["b": [1, 2]], "n": .null]
    #expect(value[path: ["a", "b"]] == [1, 2])
    #expect(value[path: ["a", "c", "d"]] == nil)
    #expect(value["n"]?.isNull == true)
    #expect(value[path: []] == value)
  }

  static let canonical: [(json: String, canonical: String)] = [
    (#" {"b": [1, 2.0, -0.5e-7, 1E3], "a": null} "#, #"{"a":null,"b":[1,2.0,-5e-08,1000.0]}"#),
    (#""\u00e9\ud83d\ude00\n\"\\\/\u0001""#, #""é😀\n\"\\/\u0001""#),
    ("9223372036854775807", "9223372036854775807"), ("9223372036854775808", "9.223372036854776e+18"),
    ("-9223372036854775808", "-9223372036854775808"), ("[[],{}]", "[[],{}]"), ("-0.0", "-0.0"),
  ]

  @Test("JSON is read, written canonically, and read back equal", arguments: canonical)
  func json(row: (json: String, canonical: String)) throws {
    let value = try Value(json: row.json.utf8)
    let bytes = try value.canonicalJSON()
    #expect(String(decoding: bytes, as: UTF8.self) == row.canonical)
    #expect(try Value(json: bytes) == value)
  }

  static let refused: [(json: String, offset: Int)] = [
    ("", 0), ("{", 1), ("[1,]", 3), ("{\"a\":1,\"a\":2}", 1), ("01", 0), ("1.", 2), ("+1", 0), ("nul", 0), ("[1 2]", 3),
    ("\"\\ud800\"", 1), ("\"\\x\"", 1), ("\"a\nb\"", 2), ("1e999", 0), ("1 1", 2), ("{'a':1}", 1), ("\"open", 0),
    (String(repeating: "[", count: 65), 64), ("NaN", 0),
  ]

  @Test("what is not JSON is refused, with the offset", arguments: refused)
  func refusals(row: (json: String, offset: Int)) throws {
    let error = try #require(throws: JSONError.self) { try Value(json: row.json.utf8) }
    #expect(error.offset == row.offset)
  }

  @Test("bytes that are not UTF-8 are refused")
  func badBytes() {
    #expect(throws: JSONError.self) { try Value(json: [0x22, 0xFF, 0x22]) }
    #expect(throws: JSONError.self) { try Value(json: [0x22, 0xC0, 0x80, 0x22]) }
  }

  @Test("scalars that JSON does not have are written as their texts; what has no text is refused")
  func scalars() throws {
    let value = Value.list([
      .decimal(Decimal("12.50")!), .timestamp(.epoch), .duration(.milliseconds(1500)), .bytes([1, 2]), .uint(7),
      .map(ValueMap(entries: [.init(key: .int(10), value: true), .init(key: .string("1"), value: false)])),
    ])
    let text = String(decoding: try value.canonicalJSON(), as: UTF8.self)
    #expect(text == #"["12.5","1970-01-01T00:00:00Z","1.5s","AQI=",7,{"1":false,"10":true}]"#)
    for bad: Value in [.double(.nan), .double(.infinity), .optional(nil), .type(.int)] {
      #expect(throws: JSONError.self) { try bad.canonicalJSON() }
    }
  }
}
