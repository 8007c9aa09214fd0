import CEL
package import WorkflowEngine

extension Page {
  /// One state: what holds here, and a form for each move that the reader may make.
  package static func state(_ item: WorkItem, fill: FormFill?, _ reader: Reader) -> Page {
    Page(item.label, in: .inbox) {
      element("article", .class("sheet")) {
        item.head("State", reader)
        Facts.list(item.of.instance.facts, item.of.labels, reader)
        MoveForms(item: item, fill: fill, reader: reader).sections
          ?? element("p", .class("callout")) {
            "The next move is up to \(reader.names(of: item.visit.movers, most: 6)), not you."
          }
      }
    }
  }

  /// The name under which the form of a move sends which move it is.
  package static let moveField = "$move"
}

/// A form for each move that the reader may make.
struct MoveForms {
  let item: WorkItem
  /// What was typed into one of them.
  let fill: FormFill?
  let reader: Reader

  var sections: Markup? {
    guard let person = reader.person, item.visit.incident == nil else { return nil }
    let moves = item.visit.moves(for: person)
    guard !moves.isEmpty else { return nil }
    return moves.reduce(into: Markup()) { $0.append(section($1, isMain: $1 == moves[0], person)) }
  }

  private func section(_ move: String, isMain: Bool, _ person: PersonID) -> Markup {
    let fields = item.of.workflow?.form(ofMove: move, in: item.visit.step, for: person, item.visit)?.formFields ?? []
    let isThis = fill?.texts[Page.moveField] == move
    let form = FormView(fill: isThis ? fill ?? FormFill() : FormFill(), reader: reader, scope: "\(move)-")
    return element("section", .class("move"), Attribute("aria-label", move.asWords.capitalized)) {
      form.summary(of: fields)
      element(
        "form", Attribute("method", "post"), Attribute("action", "/inbox/\(item.id)"),
        Attribute("novalidate", when: true)
      ) {
        form.fields(fields)
        element("div", .class("buttons")) {
          element(
            "button", .class("button", isMain ? "is-main" : ""), Attribute("type", "submit"),
            Attribute("name", Page.moveField), Attribute("value", move)
          ) { move.asWords.capitalized }
        }
      }
    }
  }
}

extension Workflow {
  /// What a person fills in to make a move: the form of the first move of this name that is up to them.
  package func form(ofMove name: String, in step: StepID, for person: PersonID, _ visit: Visit) -> Schema? {
    guard case .state(let state)? = self.step(step)?.kind,
      let offer = visit.offers.first(where: { $0.move == name && $0.pool?.contains(person) == true }),
      state.moves.indices.contains(offer.index)
    else { return nil }
    return state.moves[offer.index].form
  }
}

extension WorkItem {
  /// A state that holds no approval: it waits for a move.
  package var isState: Bool {
    if case .state = visit.work { true } else { false }
  }
}
