import WorkflowEngine

/// One attempt to tell people something: what a channel makes a mail or a document of.
struct Letter: Sendable {
  /// Of the delivery: the same for every attempt.
  var id: String
  /// `nil` for an alarm.
  var instance: String?
  var people: [Person]
  var subject: String
  /// A sentence in each line.
  var body: String
  var language: String
  /// The page of the instance, or the first page. It shows; what decides is a form on it, sent by whoever is signed in there.
  var url: String?

  init(_ delivery: Delivery, to people: [Person], about instance: InstanceID?, settings: Settings) {
    id = delivery.id
    self.instance = instance?.description
    self.people = people
    subject = delivery.subject
    body = delivery.body
    language = delivery.language ?? "en"
    url = settings.url.map { url in instance.map { "\(url)/instances/\($0)" } ?? url }
  }
}
