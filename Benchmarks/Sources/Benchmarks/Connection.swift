import CEL
import Foundation

/// One connection that asks and waits for each answer, as a worker or somebody's program does. It blocks its thread and does
/// little else: what is measured beside it, on the same cores, is the server.
final class Connection {
  private let descriptor: Int32
  private let token: String
  private var buffer = [UInt8](repeating: 0, count: 1 << 18)

  init(port: UInt16, token: String) throws {
    self.token = token
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let connected = withUnsafePointer(to: address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    var yes: Int32 = 1
    setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
    guard connected == 0 else { throw Failed(arguments: ["connect"]) }
  }

  deinit { close(descriptor) }

  /// The body of the answer, which must be one of success.
  func post(_ path: String, as person: String, _ text: String) throws -> Value {
    let request = """
      POST /api/\(path) HTTP/1.1\r
      Host: 127.0.0.1\r
      Authorization: Bearer \(token)\r
      Writ-Person: \(person)\r
      Content-Type: application/json\r
      Content-Length: \(text.utf8.count)\r
      \r
      \(text)
      """
    try send(Array(request.utf8))
    let (head, answer) = try receive()
    guard head.hasPrefix("HTTP/1.1 2") else { throw Failed(arguments: [path, head, answer]) }
    return try Value(json: answer.utf8)
  }

  private func send(_ bytes: [UInt8]) throws {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { throw Failed(arguments: ["send"]) }
      sent += count
    }
  }

  private func receive() throws -> (head: String, body: String) {
    var count = 0
    var (length, start) = (0, Int.max)
    while start == .max || count < start + length {
      let more = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress! + count, $0.count - count) }
      guard more > 0 else { throw Failed(arguments: ["receive"]) }
      count += more
      guard start == .max, let end = buffer[..<count].firstRange(of: Array("\r\n\r\n".utf8)) else { continue }
      start = end.upperBound
      let head = String(decoding: buffer[..<end.lowerBound], as: UTF8.self).lowercased()
      guard let field = head.firstRange(of: "content-length: ") else { throw Failed(arguments: [head]) }
      length = Int(head[field.upperBound...].prefix { $0.isNumber }) ?? 0
    }
    return (
      String(decoding: buffer[..<start], as: UTF8.self),
      String(decoding: buffer[start..<(start + length)], as: UTF8.self)
    )
  }
}
