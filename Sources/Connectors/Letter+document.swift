import CEL
import WorkflowEngine

extension Letter {
  /// What a webhook is sent.
  func document(_ format: Settings.Channel.Webhook.Format) -> Value {
    switch format {
    case .writ: plain
    case .slack: ["text": .string("*\(Self.escaped(subject))*\n\(Self.escaped(body))")]
    case .teams: card
    }
  }

  private var plain: Value {
    var document: ValueMap = [
      "id": .string(id), "to": .list(people.map { ["id": .string($0.id), "name": .string($0.name)] }),
      "subject": .string(subject), "text": .string("\(subject)\n\(body)"),
    ]
    document["instance"] = instance.map { .string($0) }
    return .map(document)
  }

  /// Slack's markup gives these three a meaning: https://docs.slack.dev/messaging/formatting-message-text
  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }

  /// An Adaptive Card, as incoming webhooks of Teams take it.
  private var card: Value {
    let lines: [Value] = [
      ["type": "TextBlock", "text": .string(subject), "weight": "Bolder", "wrap": true],
      ["type": "TextBlock", "text": .string(body), "wrap": true],
    ]
    let open: [Value] = url.map { [["type": "Action.OpenUrl", "title": "Open", "url": .string($0)]] } ?? []
    return [
      "type": "message",
      "attachments": [
        [
          "contentType": "application/vnd.microsoft.card.adaptive",
          "content": [
            "type": "AdaptiveCard", "version": "1.4", "body": .list(lines), "actions": .list(open),
          ],
        ]
      ],
    ]
  }
}
