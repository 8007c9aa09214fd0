extension CommitInfo {
  /// The signature in armour (OpenSSH or OpenPGP) and the bytes that it signs: the commit without its `gpgsig` header.
  ///
  /// - Returns: `nil` for a commit that is not signed. Of several such headers the first is the signature and the others
  ///   are signed, as git does it, so that they do not verify.
  package var signature: (armoured: String, signed: [UInt8])? {
    let mark = Array("gpgsig ".utf8)
    var start = raw.startIndex
    while let end = raw[start...].firstIndex(of: UInt8(ascii: "\n")), end > start {
      if raw[start..<end].starts(with: mark) { return signature(from: start, mark.count) }
      start = end + 1
    }
    return nil
  }

  /// The header's lines after the first begin with a space.
  private func signature(from start: Int, _ mark: Int) -> (armoured: String, signed: [UInt8])? {
    var lines: [ArraySlice<UInt8>] = []
    var (line, skip) = (start, mark)
    while let end = raw[line...].firstIndex(of: UInt8(ascii: "\n")) {
      lines.append(raw[(line + skip)..<end])
      line = end + 1
      guard line < raw.endIndex, raw[line] == UInt8(ascii: " ") else { break }
      skip = 1
    }
    guard let text = String(validating: lines.joined(separator: [UInt8(ascii: "\n")]), as: UTF8.self) else {
      return nil
    }
    return (text, Array(raw[..<start] + raw[line...]))
  }
}
