import Foundation
import Testing

@testable import GitStore

@Suite("Private keys")
struct PrivateKeyTests {
  @Test("are the same at every opening, readable by their owner alone, and in no commit")
  func kept() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/state"
    let store = try StateStore.create(at: path)
    let keys = try store.privateKeys()
    #expect(keys.count == 1 && keys[0].count == 32)
    try store.close()
    let again = try StateStore.open(at: path)
    #expect(try again.privateKeys() == keys)
    let attributes = try FileManager.default.attributesOfItem(atPath: path + "/.git/writ/keys")
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    try again.close()
  }

  @Test("a line more on top is the key in use; what is no key is refused, and nothing is lost")
  func changed() throws {
    let folder = try TemporaryFolder()
    let store = try StateStore.create(at: folder.path + "/state")
    let old = try store.privateKeys()
    let file = folder.path + "/state/.git/writ/keys"
    let text = try String(contentsOfFile: file, encoding: .utf8)
    try (String(repeating: "ab", count: 32) + "\n" + text).write(toFile: file, atomically: false, encoding: .utf8)
    #expect(try store.privateKeys() == [Array(repeating: 0xAB, count: 32)] + old)
    for spoiled in ["", "ab\n", text + "x\n", text.replacing("\n", with: "g\n")] {
      try spoiled.write(toFile: file, atomically: false, encoding: .utf8)
      #expect(throws: StoreError.self) { try store.privateKeys() }
      #expect(try String(contentsOfFile: file, encoding: .utf8) == spoiled)
    }
    try store.close()
  }
}
