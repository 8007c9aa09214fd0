import CEL
import Foundation
import GitStore
import Synchronization
import WorkflowRunner

/// An order by four jobs and an approval over HTTP: somebody starts it, workers take its jobs and answer them, somebody decides,
/// each asking a real `writ serve` and waiting until the answer is durable.
struct OverHTTP {
  let instances: Int
  /// The program that is measured: a release build.
  let program: String
  static let starters = 64
  static let workersOfEach = 64
  private static let mostJobs = 4

  /// Seconds from the first start to the last decision.
  func seconds() async throws -> Double {
    let bureau = try await Bureau()
    try bureau.store.close()
    let server = Process()
    server.executableURL = URL(fileURLWithPath: program)
    server.arguments = ["serve", "-C", bureau.scratch("work")]
    let said = Pipe()
    server.standardOutput = said
    server.standardError = FileHandle.nullDevice
    try server.run()
    defer {
      server.terminate()
      server.waitUntilExit()
    }
    let address = String(decoding: said.fileHandleForReading.availableData, as: UTF8.self).split(separator: "\n").first
    guard let port = address?.split(separator: ":").last.flatMap({ UInt16($0) }) else {
      throw Failed(arguments: ["serve"])
    }
    let text = try String(contentsOfFile: bureau.state + "/.git/writ/token", encoding: .utf8)
    guard let token = text.split(separator: "\n").first else { throw Failed(arguments: ["token"]) }
    let load = Load(instances: instances, port: port, token: String(token))
    return try await load.run()
  }

  /// Everybody who asks, each on a thread and a connection of their own.
  private final class Load: Sendable {
    let instances: Int
    let port: UInt16
    let token: String
    private let next = Atomic(0)
    private let decided = Atomic(0)
    private let failure = Mutex<(any Error)?>(nil)

    init(instances: Int, port: UInt16, token: String) {
      (self.instances, self.port, self.token) = (instances, port, token)
    }

    func run() async throws -> Double {
      let start = ContinuousClock.now
      await withTaskGroup(of: Void.self) { group in
        for _ in 0..<OverHTTP.starters { group.addTask { await self.thread { try self.start($0) } } }
        for step in Processes.services {
          for _ in 0..<OverHTTP.workersOfEach { group.addTask { await self.thread { try self.work(step, $0) } } }
        }
      }
      if let failed = failure.withLock({ $0 }) { throw failed }
      return (ContinuousClock.now - start) / .seconds(1)
    }

    private func thread(_ body: @escaping @Sendable (Connection) throws -> Void) async {
      await withCheckedContinuation { done in
        Thread.detachNewThread {
          do { try body(Connection(port: self.port, token: self.token)) } catch {
            self.failure.withLock { $0 = $0 ?? error }
          }
          done.resume()
        }
      }
    }

    private var isOver: Bool {
      decided.load(ordering: .relaxed) == instances || failure.withLock { $0 != nil }
    }

    private func start(_ connection: Connection) throws {
      while true {
        let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
        if number >= instances || isOver { return }
        _ = try connection.post(
          "instances", as: "anna",
          #"{"workflow": "order", "input": {"customer": "customer \#(number)", "amount": "\#(number % 900).50"}}"#)
      }
    }

    private func work(_ step: String, _ connection: Connection) throws {
      while !isOver {
        let some = try connection.post(
          "jobs/activate", as: "bob", #"{"type": "\#(step)", "max": \#(OverHTTP.mostJobs), "wait": 1}"#)
        for job in some["items"]?.listValue ?? [] {
          guard let id = job["id"]?.stringValue, let lease = job["lease"]?.stringValue,
            let instance = job["instance"]?.stringValue
          else { throw Failed(arguments: ["activate"]) }
          _ = try connection.post(
            "jobs/\(id)/complete", as: "bob",
            #"{"lease": "\#(lease)", "result": {"status": 200, "body": {"id": "\#(id)"}}}"#)
          guard step == Processes.services.last else { continue }
          _ = try connection.post(
            "approvals/\(instance).approve.1/decisions", as: "bob", #"{"decision": "approve"}"#)
          decided.wrappingAdd(1, ordering: .relaxed)
        }
      }
    }
  }
}
