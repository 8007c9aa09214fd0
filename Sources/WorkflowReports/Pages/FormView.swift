import CEL
import WorkflowEngine

/// The fields of a schema as HTML, with labels, help and what was wrong.
struct FormView {
  let fill: FormFill
  let reader: Reader
  /// Begins the ids of the fields, where a page has several forms.
  var scope = ""

  func fields(_ fields: [FormField]) -> Markup {
    var markup = Markup()
    for field in fields { markup.append(self.field(field)) }
    return markup
  }

  /// What was wrong, above the form, with a link to each field.
  func summary(of fields: [FormField]) -> Markup? {
    guard fill.problem != nil || !fill.violations.isEmpty else { return nil }
    let names = Set(Self.names(fields))
    return element("div", .class("callout is-bad"), Attribute("role", "alert"), .id("problems")) {
      element("p") { element("strong") { (fill.problem ?? "This cannot be sent yet").sentence } }
      if !fill.violations.isEmpty {
        element("ul") {
          for violation in fill.violations {
            let name = FormFill.name(violation.pointer)
            element("li") {
              if names.contains(name) {
                element("a", .href("#field-\(scope)\(name)")) { violation.message.sentence }
              } else {
                violation.message.sentence
              }
            }
          }
        }
      }
    }
  }

  private static func names(_ fields: [FormField]) -> [String] {
    fields.flatMap { field in
      if case .object(let inner) = field.kind { names(inner) } else { [field.name] }
    }
  }

  private func field(_ field: FormField) -> Markup {
    switch field.kind {
    case .object(let inner):
      return element("fieldset", .class("group")) {
        element("legend") { field.title.label }
        help(field)
        fields(inner)
      }
    case .boolean: return choices(field, [(true, "Yes"), (false, "No")], type: "radio")
    case .choice(let values) where values.count <= 5:
      return choices(field, values.map { ($0, $0.words.asWords.capitalized) }, type: "radio")
    case .choices(let values):
      return choices(field, values.map { ($0, $0.words.asWords.capitalized) }, type: "checkbox")
    default:
      return element("div", .class("field", isWrong(field) ? "is-wrong" : "")) {
        element("label", Attribute("for", "field-\(scope)\(field.name)")) { label(field) }
        help(field)
        control(field)
        errors(field)
      }
    }
  }

  // MARK: Parts of a field

  @MarkupBuilder private func label(_ field: FormField) -> Markup {
    field.title.label
    if !field.isRequired { element("span", .class("note")) { " optional" } }
  }

  private func help(_ field: FormField) -> Markup? {
    let kind: String? =
      switch field.kind {
      case .list: "One a line."
      case .json: "As JSON."
      case .dateTime: "With its zone, such as 2026-11-22T09:30:00Z."
      default: nil
      }
    let example = field.example.map { "For example \($0.words)." }
    let care = field.isSensitive ? "Kept encrypted; only those who take part see it." : nil
    let words = [field.help?.sentence, kind, example, care].compactMap { $0 }
    guard !words.isEmpty else { return nil }
    return element("p", .class("help"), .id("help-\(field.name)")) { words.joined(separator: " ") }
  }

  private func errors(_ field: FormField) -> Markup? {
    let messages = fill.violations(of: field.name)
    guard !messages.isEmpty else { return nil }
    return element("p", .class("error"), .id("error-\(field.name)")) {
      messages.map(\.sentence).joined(separator: " ")
    }
  }

  private func isWrong(_ field: FormField) -> Bool { !fill.violations(of: field.name).isEmpty }

  private func text(_ field: FormField) -> String {
    fill.texts[field.name] ?? field.fallback?.words ?? ""
  }

  /// What a screen reader reads with the control.
  private func common(_ field: FormField) -> [Attribute] {
    let described = [help(field) == nil ? nil : "help-\(field.name)", isWrong(field) ? "error-\(field.name)" : nil]
      .compactMap { $0 }.joined(separator: " ")
    return [
      .id("field-\(scope)\(field.name)"), Attribute("name", field.name), Attribute("required", when: field.isRequired),
      Attribute("readonly", when: field.isReadOnly), Attribute("aria-invalid", isWrong(field) ? "true" : nil),
      Attribute("aria-describedby", described.isEmpty ? nil : described),
    ]
  }

  // MARK: Controls

  private func control(_ field: FormField) -> Markup {
    switch field.kind {
    case .longText, .list, .json:
      return element(
        "textarea", common(field) + [Attribute("rows", "4"), Attribute("maxlength", field.maxLength.map(String.init))]
      ) { "\n" + text(field) }
    case .choice(let values): return select(field, values.map { ($0.words, $0.words.asWords.capitalized) })
    case .person: return select(field, people)
    default: return element("input", common(field) + inputAttributes(field))
    }
  }

  private var people: [(value: String, label: String)] {
    reader.people.people.values.filter { !$0.isRevoked }.sorted { ($0.name, $0.id) < ($1.name, $1.id) }
      .map { ($0.id, $0.name) }
  }

  private func select(_ field: FormField, _ options: [(value: String, label: String)]) -> Markup {
    let chosen = text(field)
    return element("select", common(field)) {
      element("option", Attribute("value", "")) { field.isRequired ? "Choose …" : "–" }
      for option in options {
        element("option", Attribute("value", option.value), Attribute("selected", when: option.value == chosen)) {
          option.label
        }
      }
    }
  }

  private func inputAttributes(_ field: FormField) -> [Attribute] {
    let (type, mode): (String, String?) =
      switch field.kind {
      case .email: ("email", nil)
      case .url: ("url", nil)
      case .integer: ("text", "numeric")
      case .number, .decimal: ("text", "decimal")
      case .date: ("date", nil)
      default: ("text", nil)
      }
    return [
      Attribute("type", type), Attribute("inputmode", mode), Attribute("value", text(field)),
      Attribute("minlength", field.minLength.map(String.init)),
      Attribute("maxlength", field.maxLength.map(String.init)),
      Attribute("autocomplete", "off"),
    ]
  }

  private func choices(_ field: FormField, _ options: [(value: Value, label: String)], type: String) -> Markup {
    let chosen = chosen(field, type)
    return element(
      "fieldset", .class("field choices", isWrong(field) ? "is-wrong" : ""), .id("field-\(scope)\(field.name)"),
      Attribute("aria-describedby", help(field) == nil ? nil : "help-\(field.name)")
    ) {
      element("legend") { label(field) }
      help(field)
      for option in options {
        element("label", .class("choice")) {
          element(
            "input", Attribute("type", type), Attribute("name", field.name), Attribute("value", option.value.words),
            Attribute("checked", when: chosen.contains(option.value.words)),
            Attribute("required", when: field.isRequired && type == "radio"))
          element("span") { option.label }
        }
      }
      errors(field)
    }
  }

  /// Several boxes of one name arrive as `name.0`, `name.1`.
  private func chosen(_ field: FormField, _ type: String) -> Set<String> {
    guard type == "checkbox" else { return [text(field)] }
    let several = fill.texts.filter { $0.key.hasPrefix(field.name + ".") }.values
    let one = fill.texts[field.name].map { [$0] } ?? []
    let fallback = several.isEmpty && one.isEmpty ? field.fallback?.listValue?.map(\.words) ?? [] : []
    return Set(several + one + fallback)
  }
}

extension ValueMap {
  /// The texts that a form shows for these values: `address.city` for what lies inside.
  package var formTexts: [String: String] {
    var texts: [String: String] = [:]
    for (key, value) in stringPairs {
      guard case .map(let inner) = value, !inner.isEmpty else {
        texts[key] = value.formText
        continue
      }
      for (name, text) in inner.formTexts { texts["\(key).\(name)"] = text }
    }
    return texts
  }
}

extension Value {
  /// A list of plain values stands one a line.
  fileprivate var formText: String {
    guard case .list(let items) = self, items.allSatisfy({ $0.listValue == nil && $0.mapValue == nil }) else {
      return words
    }
    return items.map(\.words).joined(separator: "\n")
  }
}
