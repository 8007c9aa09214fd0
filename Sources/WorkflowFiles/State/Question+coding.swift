import CEL
import WorkflowEngine

extension QuestionAsked {
  func write(to writer: inout RecordWriter) {
    writer.level(step, visit, level)
    writer.field("number", number)
    writer.field("by", by)
    writer.field("to", to)
    writer.field("text", text)
  }

  init(from reader: inout RecordReader) throws(RecordError) {
    let visit = try reader.visit()
    let level = try reader.text("level")
    let number = try reader.int("number")
    self.init(
      step: visit.step, visit: visit.visit, level: level, number: number, by: try reader.text("by"),
      to: try reader.text("to"), text: try reader.text("text"))
  }
}

extension QuestionAnswered {
  func write(to writer: inout RecordWriter) {
    writer.visit(step, visit)
    writer.field("number", number)
    writer.field("by", by)
    writer.field("text", text)
  }

  init(from reader: inout RecordReader) throws(RecordError) {
    let visit = try reader.visit()
    self.init(
      step: visit.step, visit: visit.visit, number: try reader.int("number"), by: try reader.text("by"),
      text: try reader.text("text"))
  }
}

extension Question {
  func write(to writer: inout RecordWriter) {
    writer.map { writer in
      writer.field("number", number)
      writer.field("level", level)
      writer.field("by", by)
      writer.field("to", to)
      writer.field("text", text)
      writer.field("at", at)
      if let answer {
        writer.field("answered-by", answer.by)
        writer.field("answer", answer.text)
        writer.field("answered-at", answer.at)
      }
    }
  }

  init(from reader: inout RecordReader) throws(RecordError) {
    self = try reader.map { reader throws(RecordError) in
      let number = try reader.int("number")
      let level = try reader.text("level")
      let by = try reader.text("by")
      let to = try reader.text("to")
      let text = try reader.text("text")
      var question = Question(
        number: number, level: level, by: by, to: to, text: text, at: try reader.instant("at"))
      if let by = try reader.text(ifPresent: "answered-by") {
        let text = try reader.text("answer")
        question.answer = Answer(by: by, text: text, at: try reader.instant("answered-at"))
      }
      return question
    }
  }
}
