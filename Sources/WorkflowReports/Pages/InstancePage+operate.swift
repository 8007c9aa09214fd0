import WorkflowEngine

extension InstancePage {
  private var stuck: [Visit] { instance.visits.filter { $0.incident != nil } }

  /// What is stuck, why, and what an operator can do about it.
  var incidents: Markup {
    var markup = Markup()
    for visit in stuck {
      guard let incident = visit.incident else { continue }
      markup.append(
        element("section", .class("callout is-bad"), Attribute("aria-labelledby", "incident-\(visit.step)")) {
          element("h2", .id("incident-\(visit.step)")) { "Stuck at ‘\(view.of.label(of: visit.step))’" }
          element("p") {
            incident.message.sentence
            " "
            element("code") { incident.code }
            ", "
            reader.ago(incident.since)
          }
          if view.mayOperate {
            remedies(visit)
          } else {
            Pieces.quiet("An operator of this workflow can retry, skip or cancel it.")
          }
        })
    }
    return markup
  }

  private func remedies(_ visit: Visit) -> Markup {
    element("div", .class("remedies")) {
      form("retry", .class("inline")) {
        element("input", Attribute("type", "hidden"), Attribute("name", "step"), Attribute("value", visit.step))
        element("button", .class("button is-main"), Attribute("type", "submit")) { "Try again" }
      }
      if let outcomes = skippable(visit) {
        element("details", .class("more")) {
          element("summary") { "Skip this step" }
          form("skip", .class("aside")) {
            element("input", Attribute("type", "hidden"), Attribute("name", "step"), Attribute("value", visit.step))
            element("div", .class("field")) {
              element("label", Attribute("for", "outcome-\(visit.step)")) { "Go on as if it had ended with" }
              element("select", .id("outcome-\(visit.step)"), Attribute("name", "outcome")) {
                for outcome in outcomes { element("option", Attribute("value", outcome)) { outcome.asWords } }
              }
            }
            reason("skip-\(visit.step)", isRequired: true)
            element("button", .class("button"), Attribute("type", "submit")) { "Skip" }
          }
        }
      }
    }
  }

  /// The outcomes that a skip may give; approvals, gateways and joins are never skipped.
  private func skippable(_ visit: Visit) -> [Outcome]? {
    guard let step = view.of.workflow?.step(visit.step) else { return nil }
    switch step.kind {
    case .approval, .gateway, .join: return nil
    default: return step.then.isEmpty ? nil : step.then.keys.sorted()
    }
  }

  private func reason(_ id: String, isRequired: Bool) -> Markup {
    element("div", .class("field")) {
      element("label", Attribute("for", "reason-\(id)")) {
        "Reason"
        if !isRequired { element("span", .class("note")) { " optional" } }
      }
      element(
        "input", .id("reason-\(id)"), Attribute("name", "reason"), Attribute("type", "text"),
        Attribute("required", when: isRequired), Attribute("autocomplete", "off"))
    }
  }

  /// Open approvals: an operator has them asked anew, the initiator takes them back.
  private var approvals: [Visit] {
    instance.visits.filter { $0.approval != nil && $0.incident == nil }
  }

  private func again(_ verb: String, _ visit: Visit, _ words: String, isRequired: Bool) -> Markup {
    element("details", .class("more")) {
      element("summary") { words }
      form(verb, .class("aside")) {
        element("input", Attribute("type", "hidden"), Attribute("name", "step"), Attribute("value", visit.step))
        reason("\(verb)-\(visit.step)", isRequired: isRequired)
        element("button", .class("button"), Attribute("type", "submit")) { words }
      }
    }
  }

  /// Hold, resume, ask anew, withdraw, cancel.
  var operate: Markup? {
    let mayWithdraw = reader.person == instance.initiator && !approvals.isEmpty
    guard !instance.status.isEnded, view.mayOperate || view.mayCancel || mayWithdraw else { return nil }
    return Pieces.section("operate", view.mayOperate ? "Operate" : "Take it back") {
      if view.mayOperate {
        let verb = instance.isSuspended ? "resume" : "suspend"
        form(verb, .class("inline")) {
          element("button", .class("button"), Attribute("type", "submit")) { verb.capitalized }
        }
      }
      for visit in approvals {
        if view.mayOperate { again("reopen", visit, "Ask ‘\(view.of.label(of: visit.step))’ anew", isRequired: true) }
        if mayWithdraw { again("withdraw", visit, "Withdraw ‘\(view.of.label(of: visit.step))’", isRequired: false) }
      }
      if view.mayCancel {
        element("details", .class("more")) {
          element("summary") { "Cancel it" }
          form("cancel", .class("aside")) {
            reason("cancel", isRequired: true)
            element("button", .class("button is-bad"), Attribute("type", "submit")) { "Cancel \(instance.id)" }
          }
        }
      }
    }
  }
}
