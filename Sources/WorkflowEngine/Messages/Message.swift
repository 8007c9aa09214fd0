package import CEL

/// Something that happened outside, told to whoever waits for it.
package struct Message: Sendable, Hashable {
  /// Its number in the repository, of the same count as the numbers of instances.
  package var number: Int
  /// The name under which workflows declare it.
  package var event: String
  /// Which case it is about: compared as text with the key of a wait.
  package var key: String?
  /// Who made it, as the sender says; with ``id`` it tells a message that is sent twice.
  package var source: String?
  package var id: String?
  package var payload: Value

  package init(number: Int, event: String, key: String?, source: String?, id: String?, payload: Value) {
    self.number = number
    self.event = event
    self.key = key
    self.source = source
    self.id = id
    self.payload = payload
  }

  package var channel: Channel { Channel(event: event, key: key) }
}

/// What messages and waits meet by: a name, and the text of a key.
package struct Channel: Sendable, Hashable {
  package var event: String
  package var key: String?

  package init(event: String, key: String?) {
    self.event = event
    self.key = key
  }

  /// A number and its digits are one key; an absent key and `null` are none.
  package init(event: String, value: Value?) {
    self.init(event: event, key: value.flatMap { $0 == .null ? nil : $0.text })
  }
}

/// An `on-event` that has been armed: its key is fixed when the visit, or the instance, begins.
package struct Listening: Sendable, Hashable {
  package var event: String
  package var key: Value?
  /// Which of the `on-event` entries, from 0.
  package var handler: Int

  package init(event: String, key: Value?, handler: Int) {
    self.event = event
    self.key = key
    self.handler = handler
  }

  package var channel: Channel { Channel(event: event, value: key) }
}
