import CEL
import HTTPTypes
import Hummingbird
import NIOCore
import WorkflowEngine

extension Hummingbird.Request {
  /// The body as JSON; an absent one is an empty map.
  ///
  /// - Parameter other: a media type that is read as well.
  func json(orOf other: String? = nil) async throws -> ValueMap {
    let bytes = try await bytes()
    if bytes.isEmpty { return [:] }
    let type = headers[.contentType]?.split(separator: ";").first.map(String.init) ?? ""
    guard type == "application/json" || type == other else {
      throw Problem(status: .unsupportedMediaType, code: "media-type", "the body is sent as application/json")
    }
    do {
      guard case .map(let map) = try Value(json: bytes) else {
        throw Problem(status: .badRequest, code: "json", "the body is a JSON object")
      }
      return map
    } catch let error as JSONError {
      let place = error.offset.map { " (byte \($0))" } ?? ""
      throw Problem(
        status: .badRequest, code: "json", "the body is not JSON that is accepted: \(error.message)\(place)")
    }
  }

  /// The fields of a form; boxes that share a name arrive as `name.0`, `name.1`.
  func form() async throws -> [String: String] {
    guard headers[.contentType]?.hasPrefix("application/x-www-form-urlencoded") == true else {
      throw Problem(
        status: .unsupportedMediaType, code: "media-type", "a form is sent as application/x-www-form-urlencoded")
    }
    return FormBody.fields(String(decoding: try await bytes(), as: UTF8.self))
  }

  private func bytes() async throws -> [UInt8] {
    do {
      return Array(try await body.collect(upTo: Server.bodyLimit).readableBytesView)
    } catch is NIOTooManyBytesError {
      throw Problem(status: .contentTooLarge, code: "too-large", "the body is larger than \(Server.bodyLimit) bytes")
    }
  }

  /// A value of the query, decoded.
  func query(_ name: String) -> String? {
    uri.query.flatMap { FormBody.fields($0)[name] }.flatMap { $0.isEmpty ? nil : $0 }
  }
}

/// `application/x-www-form-urlencoded`, as browsers send it.
enum FormBody {
  static func fields(_ text: String) -> [String: String] {
    var all: [(name: String, value: String)] = []
    for pair in text.utf8.split(separator: UInt8(ascii: "&")) {
      let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      all.append((decoded(parts[0]), parts.count > 1 ? decoded(parts[1]) : ""))
    }
    let byName = Dictionary(grouping: all, by: \.name)
    var fields: [String: String] = [:]
    for (name, values) in byName {
      for (index, field) in values.enumerated() { fields[values.count == 1 ? name : "\(name).\(index)"] = field.value }
    }
    return fields
  }

  /// `%41` is `A`, and `+` a blank except in paths; what is no escape stays as it is.
  static func decoded(_ text: some Collection<UInt8>, plusIsBlank: Bool = true) -> String {
    let text = Array(text)
    var bytes: [UInt8] = []
    var index = 0
    while index < text.count {
      if text[index] == UInt8(ascii: "%"), index + 2 < text.count, let high = nibble(text[index + 1]),
        let low = nibble(text[index + 2])
      {
        bytes.append(high << 4 | low)
        index += 3
      } else {
        bytes.append(plusIsBlank && text[index] == UInt8(ascii: "+") ? UInt8(ascii: " ") : text[index])
        index += 1
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func nibble(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
  }
}
