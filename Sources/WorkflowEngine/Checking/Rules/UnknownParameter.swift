import CEL

extension Rule {
  static let unknownParameter = Rule(
    "W403", .error, "request that cannot be made",
    why: """
      `http` takes `method`, `url`, `headers` and `body`; `run` takes `command`, `args` and `input`. A parameter that is misspelt \
      would be left out silently.
      """,
    wrong: """
      with: {method: PSOT, uri: "${config.payments_url}/transfers"}
      """,
    right: """
      with: {method: POST, url: "${config.payments_url}/transfers"}
      """
  ) { subject in
    subject.workflow.requests.flatMap { request -> [Remark] in
      let service = request.request
      guard let known = parameters[service.uses] else { return [] }
      let place = request.root + ["with"]
      var remarks = service.parameters.filter { !known.contains($0.name) }.map { parameter in
        Remark(
          "'\(service.uses)' takes no '\(parameter.name)'", at: place + [.key(parameter.name)], focus: .key,
          hint: Spelling.hint(for: parameter.name, among: known, noun: "parameters"))
      }
      if service.uses == "http", service["url"] == nil {
        remarks.append(
          Remark(
            "'http' needs a url", at: service.parameters.isEmpty ? request.root : place, focus: .key,
            hint: "add it: with: {url: \"https://...\"}"))
      }
      if let method = service.method, !methods.contains(method.uppercased()) {
        remarks.append(
          Remark(
            "there is no method '\(method)'", at: place + ["method"],
            hint: Spelling.hint(for: method, among: methods, noun: "methods")))
      }
      return remarks
    }
  }

  private static let parameters = ["http": ["method", "url", "headers", "body"], "run": ["command", "args", "input"]]
  private static let methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
}

extension ServiceStep {
  subscript(name: String) -> ValueTemplate? { parameters.first { $0.name == name }?.value }

  /// The method of a request, where it is written out.
  var method: String? {
    if case .literal(.string(let method))? = self["method"] { method } else { nil }
  }
}
