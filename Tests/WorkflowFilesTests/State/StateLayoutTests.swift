import Testing
import WorkflowEngine
import WorkflowFiles

@Suite("The layout of the ref 'state'")
struct StateLayoutTests {
  private static let id = InstanceID(name: "expense-approval", number: 1234)

  static let paths: [(StatePath, String)] = [
    (.format, "format.yaml"),
    (.runner, "runner.yaml"),
    (.instance(InstanceID(name: "a", number: 7), .head, .live), "instances/0x/a-7.yaml"),
    (.instance(InstanceID(name: "a", number: 42), .head, .archive), "archive/4x/a-42.yaml"),
    (.instance(id, .head, .live), "instances/1/2/3x/expense-approval-1234.yaml"),
    (.instance(id, .part(2), .live), "instances/1/2/3x/expense-approval-1234.p2.yaml"),
    (.instance(id, .evidence(event: 7), .archive), "archive/1/2/3x/expense-approval-1234.e7"),
    (.instance(id, .value(event: 9, index: 1), .live), "instances/1/2/3x/expense-approval-1234.v9.json"),
    (.instance(id, .value(event: 9, index: 2), .live), "instances/1/2/3x/expense-approval-1234.v9.2.json"),
    (
      .instance(id, .approval(step: "manager_approval", visit: 1), .live),
      "instances/1/2/3x/expense-approval-1234.manager_approval.1.yaml"
    ),
    (.version(workflow: "finance/expense-approval", 7), "versions/finance/expense-approval/_/7.yaml"),
    (.versionText(workflow: "finance/expense-approval", 7), "versions/finance/expense-approval/_/7.text.yaml"),
    (.deployed("workflows/finance/expense-approval.yaml"), "deployed/workflows/finance/expense-approval.yaml"),
    (.requests(sequence: 105), "requests/1/0x/105.yaml"),
  ]

  @Test("a meaning has one path, and the path that meaning", arguments: paths.indices)
  func bothWays(index: Int) {
    let (meaning, path) = Self.paths[index]
    #expect(meaning.path == path)
    #expect(StatePath(path) == meaning)
  }

  @Test(
    "other paths mean nothing",
    arguments: [
      "", "/", "format.yml", "instances", "instances/", "instances/4x/", "instances/5x/a-42.yaml",
      "instances/4x/a-042.yaml",
      "instances/4x/A.yaml", "instances/4x/a-42.p0.yaml", "instances/4x/a-42.p01.yaml", "instances/4x/a-42.x.y.z.yaml",
      "instances/4x/a-42.v9.1.json", "requests/1/0x/105.yml", "requests/1x/105.yaml", "versions/a/7.yaml", "deployed/",
      "instances/4x/a--42.e", "instances/9223372036854775808x/a-9223372036854775808.yaml", "versions/_/7.yaml",
    ])
  func nothing(path: String) {
    #expect(StatePath(path) == nil)
  }

  @Test("no folder of instances holds more than ten, and all numbers have their own place")
  func fanOut() {
    var folders: [String: Int] = [:]
    for number in 1...20_000 { folders[StateLayout.folder(of: number), default: 0] += 1 }
    #expect(folders.values.max() == 10)
  }
}
