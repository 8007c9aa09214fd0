package import WorkflowEngine

/// Where things lie on the ref `state`. Paths are relative to its root, lower-case, with `/` between names.
///
/// Instances and requests are spread by number, ten to a folder, and the folders are the number's own digits:
/// instance 42 is in `instances/4x/`, instance 1234 in `instances/1/2/3x/`. A small record has shallow folders, and
/// a person finds 1234 by reading. Measured with 100,000 live instances out of a million, half of them with a second
/// file; bytes of trees that one transition writes when it is alone, and in a batch of a hundred:
///
///     ten a folder, decimal digits       2,069   1,362
///     16 a folder, hexadecimal digits    2,802   1,915
///     32 a folder, 32 folders            4,661   3,324
///     64 a folder, 64 folders            8,257   5,856
///     256 a folder, 256 folders         28,051  20,051
package enum StateLayout {
  package static let format = "format.yaml"
  package static let runner = "runner.yaml"

  /// Whether the instance still lives or rests in the archive.
  package enum Place: String, Sendable, Hashable, CaseIterable {
    case live = "instances"
    case archive
  }

  /// `instances/4x`: the folder that holds the files of an instance.
  package static func folder(of number: Int, in place: Place = .live) -> String {
    "\(place.rawValue)/\(fanOut(number))"
  }

  /// `instances/4x/expense-approval-42.yaml`
  package static func head(_ id: InstanceID, in place: Place = .live) -> String {
    file(.head, of: id, in: place)
  }

  package static func file(_ kind: InstanceFileKind, of id: InstanceID, in place: Place = .live) -> String {
    "\(folder(of: id.number, in: place))/\(id)\(kind.suffix)"
  }

  /// `versions/finance/expense-approval/_/7.yaml`. No workflow has a segment `_`, so folders never collide.
  package static func version(_ version: Int, of workflow: String) -> String {
    "versions/\(workflow)/_/\(version).yaml"
  }

  /// The exact text that the version was deployed from.
  package static func versionText(_ version: Int, of workflow: String) -> String {
    "versions/\(workflow)/_/\(version).text.yaml"
  }

  /// A file as at the deployed commit.
  package static func deployed(_ path: String) -> String { "deployed/\(path)" }

  /// `requests/4x/42.yaml`: the idempotency keys of a batch.
  package static func requests(_ sequence: Int) -> String { "requests/\(fanOut(sequence))/\(sequence).yaml" }

  /// `messages/4x/42.yaml`
  package static func message(_ number: Int) -> String { "messages/\(fanOut(number))/\(number).yaml" }

  /// `4x`, `1/2/3x`: the digits of all the numbers in a folder.
  static func fanOut(_ number: Int) -> String {
    let tens = String(number / 10)
    return tens.dropLast().map { "\($0)/" }.joined() + "\(tens.suffix(1))x"
  }
}

/// The files that an instance may have, all in one folder and all beginning with its id.
package enum InstanceFileKind: Sendable, Hashable {
  case head
  /// An earlier part of the timeline: 1, 2, 3 ...
  case part(Int)
  /// What people read about one visit of an approval.
  case approval(step: StepID, visit: Int)
  /// Evidence of the event with this number.
  case evidence(event: Int)
  /// A large value of an event: its `index`-th, counted from 1.
  case value(event: Int, index: Int)

  var suffix: String {
    switch self {
    case .head: ".yaml"
    case .part(let n): ".p\(n).yaml"
    case .approval(let step, let visit): ".\(step).\(visit).yaml"
    case .evidence(let event): ".e\(event)"
    case .value(let event, 1): ".v\(event).json"
    case .value(let event, let index): ".v\(event).\(index).json"
    }
  }
}
