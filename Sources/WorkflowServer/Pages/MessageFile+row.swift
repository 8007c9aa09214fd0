import WorkflowEngine
import WorkflowFiles
import WorkflowReports

extension MessageFile {
  var row: MessageRow {
    MessageRow(event: message.event, key: message.key, by: by, at: at, until: until)
  }
}
