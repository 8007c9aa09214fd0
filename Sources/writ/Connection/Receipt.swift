import CEL

/// What a writing verb prints: where the instance is after it.
struct Receipt {
  let answer: Value

  init(_ answer: Value) {
    self.answer = answer
  }

  func write(as output: OutputOption) {
    if output.json { return Terminal.out(answer.versioned.prettyJSON) }
    guard let instance = answer["instance"] else { return }
    let words = InstanceWords(instance: instance)
    words.sayWhereItIs()
    if answer["replay"]?.boolValue == true { Terminal.next("this had been done before; nothing was done twice") }
    if !words.hasEnded { Terminal.next("follow it: writ show \(instance["number"]?.words ?? words.id)") }
  }
}
