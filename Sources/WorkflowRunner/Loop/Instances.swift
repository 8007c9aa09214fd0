package import HashTreeCollections
package import WorkflowEngine

/// Instances by number, as a persistent map. Each lies in a box: a change copies references on the way to it, not its
/// neighbours.
package struct Instances: Sendable, Equatable {
  private final class Box: Sendable, Equatable {
    let instance: Instance

    init(_ instance: Instance) { self.instance = instance }

    static func == (left: Box, right: Box) -> Bool { left === right || left.instance == right.instance }
  }

  private var boxes: TreeDictionary<Int, Box> = [:]

  package init() {}

  package subscript(number: Int) -> Instance? {
    get { boxes[number]?.instance }
    set { boxes[number] = newValue.map(Box.init) }
  }

  package var count: Int { boxes.count }
  package var isEmpty: Bool { boxes.isEmpty }
  package var numbers: some Sequence<Int> { boxes.keys }
  package var values: some Sequence<Instance> { boxes.lazy.map(\.value.instance) }
}
