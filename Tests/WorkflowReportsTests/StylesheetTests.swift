import Testing

@testable import WorkflowReports

@Suite("The style sheets")
struct StylesheetTests {
  private static let text = String(decoding: Stylesheet.page.bytes, as: UTF8.self)

  @Test("load nothing from elsewhere and can stand inside <style>, in HTML and in XML")
  func areClosed() {
    #expect(!Self.text.contains("url(") && !Self.text.contains("@import") && !Self.text.contains("http"))
    #expect(!Self.text.contains { "<&".contains($0) })
    #expect(Self.text.count { $0 == "{" } == Self.text.count { $0 == "}" })
  }

  @Test("text has a contrast of 4.5:1 in the light and in the dark", arguments: [0, 1])
  func textIsLegible(scheme: Int) throws {
    let colours = try Self.tokens(scheme)
    for ink in ["ink", "muted", "accent", "good", "bad", "warn"] {
      for ground in ["paper", "sheet", "tint"] {
        let ratio = try #require(colours[ink]).contrast(with: #require(colours[ground]))
        #expect(ratio >= 4.5, "--\(ink) on --\(ground)")
      }
    }
    for pair in [("accent", "accent-tint"), ("good", "good-tint"), ("bad", "bad-tint"), ("warn", "warn-tint")] {
      let ratio = try #require(colours[pair.0]).contrast(with: #require(colours[pair.1]))
      #expect(ratio >= 4.5, "--\(pair.0) on --\(pair.1)")
    }
    #expect(try #require(colours["on-accent"]).contrast(with: #require(colours["accent"])) >= 4.5)
  }

  @Test("lines that mean something have a contrast of 3:1", arguments: [0, 1])
  func linesAreVisible(scheme: Int) throws {
    let colours = try Self.tokens(scheme)
    for ground in ["paper", "sheet"] {
      #expect(try #require(colours["edge"]).contrast(with: #require(colours[ground])) >= 3)
    }
  }

  /// The custom properties of the light (0) or the dark (1) scheme.
  private static func tokens(_ scheme: Int) throws -> [String: Colour] {
    let blocks = text.split(separator: ":root {").dropFirst().map { $0.prefix { $0 != "}" } }
    var tokens: [String: Colour] = [:]
    for line in blocks[scheme].split(separator: "\n") {
      let parts = line.split { $0 == ":" || $0 == ";" || $0 == " " }
      guard parts.count == 2, parts[0].hasPrefix("--") else { continue }
      let colour: Colour = try #require(Colour(parts[1]))
      tokens[String(parts[0].dropFirst(2))] = colour
    }
    return tokens
  }
}

/// An sRGB colour; the formulas are those of WCAG 2.2, "relative luminance" and "contrast ratio".
private struct Colour {
  let luminance: Double

  init?(_ hex: some StringProtocol) {
    guard hex.count == 7, let value = Int(hex.dropFirst(), radix: 16) else { return nil }
    let channels = [value >> 16, value >> 8 & 0xFF, value & 0xFF].map { Self.linear(Double($0) / 255) }
    luminance = 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
  }

  func contrast(with other: Colour) -> Double {
    (max(luminance, other.luminance) + 0.05) / (min(luminance, other.luminance) + 0.05)
  }

  private static func linear(_ value: Double) -> Double {
    value <= 0.04045 ? value / 12.92 : power((value + 0.055) / 1.055)
  }

  /// x to the power of 2.4, as the fifth root of x to the twelfth.
  private static func power(_ x: Double) -> Double {
    let square = x * x
    let twelfth = square * square * square * square * square * square
    var root = 1.0
    for _ in 0..<200 { root -= (root * root * root * root * root - twelfth) / (5 * root * root * root * root) }
    return root
  }
}
