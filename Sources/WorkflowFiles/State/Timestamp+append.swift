import CEL

extension Timestamp {
  /// Three digits of fraction, `2026-11-22T10:00:00.123Z`; more only where the instant has more.
  func append(to bytes: inout [UInt8]) {
    guard nanoseconds % 1_000_000 == 0 else {
      bytes.append(contentsOf: description.utf8)
      return
    }
    let date = date
    let time = secondOfDay
    bytes.append(date.year, digits: 4)
    bytes.append(UInt8(ascii: "-"))
    bytes.append(date.month, digits: 2)
    bytes.append(UInt8(ascii: "-"))
    bytes.append(date.day, digits: 2)
    bytes.append(UInt8(ascii: "T"))
    bytes.append(time / 3600, digits: 2)
    bytes.append(UInt8(ascii: ":"))
    bytes.append(time / 60 % 60, digits: 2)
    bytes.append(UInt8(ascii: ":"))
    bytes.append(time % 60, digits: 2)
    bytes.append(UInt8(ascii: "."))
    bytes.append(Int(nanoseconds) / 1_000_000, digits: 3)
    bytes.append(UInt8(ascii: "Z"))
  }
}

extension [UInt8] {
  fileprivate mutating func append(_ number: Int, digits: Int) {
    var scale = 1
    for _ in 1..<digits { scale *= 10 }
    while scale > 0 {
      append(UInt8(ascii: "0") + UInt8(number / scale % 10))
      scale /= 10
    }
  }
}
