extension Markup {
  /// Appends an element: `name` is a literal, attribute values are escaped.
  ///
  /// The bytes are well-formed XML and valid HTML alike: void elements and the childless shapes of SVG close themselves,
  /// everything else has an end tag.
  package mutating func append(element name: StaticString, _ attributes: [Attribute], _ content: Markup = Markup()) {
    append(raw: "<")
    append(raw: name)
    for attribute in attributes { append(attribute) }
    if content.isEmpty, Self.closesItself(name) {
      append(raw: "/>")
      return
    }
    append(raw: ">")
    append(content)
    append(raw: "</")
    append(raw: name)
    append(raw: ">")
  }

  private mutating func append(_ attribute: Attribute) {
    guard let value = attribute.value else { return }
    append(raw: " ")
    append(raw: attribute.name)
    append(raw: "=\"")
    append(text: value)
    append(raw: "\"")
  }

  private static func closesItself(_ name: StaticString) -> Bool {
    selfClosing.contains(name.description)
  }

  private static let selfClosing: Set<String> = [
    "area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
    "circle", "ellipse", "line", "path", "polygon", "polyline", "rect", "use",
  ]
}

/// An element without children, or with the children that the closure builds.
///
///     element("ul", .class("facts")) {
///       for fact in facts { element("li") { fact.name } }
///     }
package func element(
  _ name: StaticString, _ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }
) -> Markup {
  element(name, attributes, content: content)
}

/// The same with a list of attributes made elsewhere.
package func element(
  _ name: StaticString, _ attributes: [Attribute], @MarkupBuilder content: () -> Markup = { Markup() }
) -> Markup {
  var markup = Markup()
  markup.append(element: name, attributes, content())
  return markup
}
