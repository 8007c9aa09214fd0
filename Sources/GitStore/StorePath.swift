/// A path inside a tree, taken apart and checked: lower-level code never sees `..` or `.git`.
struct StorePath {
  let bytes: [UInt8]
  /// Where each name lies in ``bytes``; never empty.
  let names: [Range<Int>]

  static let longest = 4096
  static let deepest = 64

  init(_ text: String) throws(StoreError) {
    bytes = Array(text.utf8)
    guard !bytes.isEmpty, bytes.count <= Self.longest else {
      throw .refused("a path has 1 to \(Self.longest) bytes, this one has \(bytes.count)")
    }
    var names: [Range<Int>] = []
    var start = 0
    for place in 0...bytes.count where place == bytes.count || bytes[place] == UInt8(ascii: "/") {
      if let fault = Self.fault(in: bytes[start..<place]) { throw .refused("the path '\(text)' has \(fault)") }
      names.append(start..<place)
      start = place + 1
    }
    guard names.count <= Self.deepest else {
      throw .refused("the path '\(text)' is deeper than \(Self.deepest) folders")
    }
    self.names = names
  }

  /// Folders of forges, which mean nothing to git.
  private static let forges = [".github", ".gitlab"].map { Array($0.utf8) }

  /// What git, or a file system that git guards against, would not bear about a name.
  private static func fault(in name: ArraySlice<UInt8>) -> String? {
    guard let first = name.first else { return "an empty name" }
    if first == UInt8(ascii: ".") && (name.count == 1 || name.count == 2 && name.last == first) {
      return "a name made of dots"
    }
    var isPlain = true
    for byte in name {
      if byte == 0 { return "a NUL byte" }
      if byte >= 0x80 { isPlain = false }
    }
    // Whatever git reserves begins with `.git` or `git~`, once invisible characters are gone.
    if isPlain && first != UInt8(ascii: ".") && first | 0x20 != UInt8(ascii: "g") { return nil }
    let plain = isPlain ? Array(name) : withoutInvisible(name)
    if isPlain, forges.contains(plain) { return nil }
    let lower = plain.prefix(4).map { 65...90 ~= $0 ? $0 + 32 : $0 }
    let isReserved = lower.elementsEqual(".git".utf8) || lower.elementsEqual("git~".utf8)
    return isReserved ? "a name that git reserves" : nil
  }

  /// Drops the characters that HFS+ ignores in names (git's `is_hfs_dotgit`).
  private static func withoutInvisible(_ name: ArraySlice<UInt8>) -> [UInt8] {
    let scalars = String(decoding: name, as: UTF8.self).unicodeScalars.filter { scalar in
      switch scalar.value {
      case 0x200C...0x200F, 0x202A...0x202E, 0x206A...0x206F, 0xFEFF: false
      default: true
      }
    }
    return Array(String(String.UnicodeScalarView(scalars)).utf8)
  }
}
