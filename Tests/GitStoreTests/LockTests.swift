import GitStore
import Glibc
import Testing

@Suite("The record's lock")
struct LockTests {
  /// A descriptor that is closed twice may by then be somebody else's file.
  @Test("an opening that is refused closes no file but its own")
  func refusedOpening() async throws {
    let folder = TemporaryFolder()
    let state = folder("state")
    let holder = try StateStore.create(at: state)
    async let lost = Self.failedClosings(of: 3_000)
    for _ in 0..<1_000 {
      #expect(throws: StoreError.self) { try StateStore.open(at: state) }
    }
    #expect(await lost == 0)
    try holder.close()
  }

  private static func failedClosings(of count: Int) async -> Int {
    (0..<count).count { _ in
      let file = open("/dev/null", O_WRONLY | O_CLOEXEC)
      usleep(20)
      return close(file) != 0
    }
  }
}
