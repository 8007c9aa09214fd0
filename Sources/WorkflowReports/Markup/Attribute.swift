/// An attribute of an element: a literal name and a value of any origin, escaped when written. `nil` leaves it out.
package struct Attribute: Sendable {
  let name: StaticString
  let value: String?

  /// - Parameter value: any text. In attributes that hold an address, one with a scheme that could run a program
  ///   (`javascript:`, `data:` and whatever else is not `http`, `https` or `mailto`) is replaced by `#`.
  package init(_ name: StaticString, _ value: String?) {
    precondition(!Self.runsOrStyles(name), "'\(name)': no scripts or styles in attributes (Content-Security-Policy)")
    self.name = name
    self.value = Self.holdsAddress(name) ? value.map(Self.safeAddress) : value
  }

  /// An attribute that is present (`disabled="disabled"`) or absent.
  package init(_ name: StaticString, when present: Bool) {
    self.init(name, present ? name.description : nil)
  }

  package static func `class`(_ names: String...) -> Attribute {
    Attribute("class", names.filter { !$0.isEmpty }.joined(separator: " "))
  }

  package static func id(_ value: String) -> Attribute { Attribute("id", value) }

  package static func href(_ address: String) -> Attribute { Attribute("href", address) }

  private static func runsOrStyles(_ name: StaticString) -> Bool {
    let name = name.description
    return name == "style" || name == "srcdoc" || name.hasPrefix("on")
  }

  private static func holdsAddress(_ name: StaticString) -> Bool {
    ["href", "src", "action", "formaction", "xlink:href", "poster", "cite"].contains(name.description)
  }

  /// Browsers drop control characters and leading blanks before they look for a scheme, so anything that has them is refused.
  private static func safeAddress(_ address: String) -> String {
    guard address.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else { return "#" }
    guard let colon = address.utf8.firstIndex(of: UInt8(ascii: ":")) else { return address }
    let scheme = address[..<colon]
    if scheme.contains(where: { $0 == "/" || $0 == "?" || $0 == "#" }) { return address }
    return ["http", "https", "mailto"].contains(scheme.lowercased()) ? address : "#"
  }
}
