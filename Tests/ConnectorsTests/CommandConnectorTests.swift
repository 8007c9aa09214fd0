import CEL
import Glibc
import Testing
import WorkflowEngine
import WorkflowRunner

@Suite("uses: run, where the kernel makes no namespaces")
struct UnsandboxedTests {
  @Test("nothing runs without its sandbox, and the failure says why")
  func refused() async throws {
    let tools = "/tmp/writ-refusing-\(getpid())"
    #expect(mkdir(tools, 0o700) == 0)
    defer { _ = system("rm -r \(tools)") }
    let refusal = "bwrap: No permissions to create new namespace"
    #expect(
      system("printf '#!/bin/sh\necho %s >&2; exit 1' \"'\(refusal)'\" > \(tools)/bwrap && chmod +x \(tools)/bwrap")
        == 0)
    let result = try await Outside.withService(["PATH": tools]) { outside in
      var outside = outside
      outside.settings.commands = ["it": ["/bin/true"]]
      return await outside.perform("run", ["command": "it"], timeout: .seconds(10))
    }
    #expect(result == .failed(code: "sandbox", message: refusal + "\n"))
  }
}

@Suite(
  "uses: run", .timeLimit(.minutes(1)),
  .enabled(if: Namespaces.areAllowed, "this machine makes no namespaces (a chroot? a container?)"))
struct CommandConnectorTests {
  /// One command, `it`, with the environment variables of a runner.
  private func run(
    _ command: [String], _ with: ValueMap = [:], environment: [String: String] = ["PATH": "/usr/bin:/bin"],
    timeout: Duration = .seconds(60)
  ) async throws -> Performed {
    try await Outside.withService(environment) { outside in
      var outside = outside
      outside.settings.commands = ["it": command]
      return await outside.perform("run", with.merging(["command": "it"]), timeout: timeout)
    }
  }

  @Test("the program reads its input as JSON, and prints its result as JSON")
  func json() async throws {
    let input: Value = ["amount": "12.50", "lines": [1, 2]]
    #expect(try await run(["/bin/cat"], ["input": input]) == .done(input))
    #expect(try await run(["/bin/cat"]) == .done([:]))
  }

  @Test("what is not JSON is text")
  func text() async throws {
    #expect(try await run(["/usr/bin/printf", "%s is out"], ["args": ["1.2"]]) == .done(["text": "1.2 is out"]))
  }

  @Test("arguments reach the program as they are, without a shell")
  func arguments() async throws {
    let arguments: Value = ["$(id); `id` *", "--help", 3, true]
    let result = try await run(["/usr/bin/printf", "%s|"], ["args": arguments])
    #expect(result == .done(["text": "$(id); `id` *|--help|3|true|"]))
  }

  @Test("the environment is clean, also that of the sandbox's own process")
  func environment() async throws {
    let environment = ["PATH": "/usr/bin:/bin", "PAYMENTS_TOKEN": "hidden-from-it"]
    let result = try await run(["/usr/bin/env"], environment: environment)
    #expect(result == .done(["text": "PATH=/usr/local/bin:/usr/bin:/bin\nPWD=/tmp\n"]))
    let first = try await run(["/bin/cat", "/proc/1/environ"], environment: environment)
    #expect(first == .done(["text": "PATH=/usr/bin:/bin\0"]))
  }

  @Test("no open file of the runner is handed on")
  func descriptors() async throws {
    let descriptor = open("/etc/hostname", O_RDONLY)
    defer { close(descriptor) }
    #expect(descriptor >= 0)
    // The fourth is that of the folder which is listed.
    #expect(try await run(["/bin/ls", "/proc/self/fd"]) == .done(["text": "0\n1\n2\n3\n"]))
  }

  @Test("an exit code is the failure's code, with what the program complained about")
  func exitCodes() async throws {
    #expect(try await run(["/bin/false"]) == .failed(code: "exit.1", message: ""))
    let result = try await run(["/bin/sh", "-c", "echo no payee >&2; exit 7"])
    #expect(result == .failed(code: "exit.7", message: "no payee\n"))
    #expect(try await run(["/bin/sh", "-c", "kill -SEGV $$"]).code == "exit.139")
  }

  @Test("a program that lasts too long is killed, with its children")
  func timeout() async throws {
    let clock = ContinuousClock()
    let start = clock.now
    let result = try await run(["/bin/sh", "-c", "sleep 31.5 & sleep 31.5"], timeout: .milliseconds(300))
    #expect(result == .failed(code: "timeout", message: "not done within 0.3 seconds"))
    #expect(clock.now - start < .seconds(25))
    #expect(await Processes.end(where: { $0.contains("31.5") }))
  }

  @Test("there is no network")
  func network() async throws {
    let result = try await Outside.withService { outside in
      var outside = outside
      let port = outside.url.split(separator: ":").last ?? ""
      outside.settings.commands = ["it": ["/bin/bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/\(port)"]]
      return await outside.perform("run", ["command": "it"])
    }
    #expect(result.code == "exit.1")
  }

  @Test("nothing can be written but its own /tmp")
  func writing() async throws {
    #expect(try await run(["/usr/bin/touch", "/etc/writ-was-here"]).code == "exit.1")
    #expect(try await run(["/usr/bin/touch", "/var/tmp/writ-was-here"]).code == "exit.1")
    #expect(try await run(["/usr/bin/touch", "/tmp/writ-was-here"]).value != nil)
    #expect(try await run(["/bin/ls", "/tmp/", "/run/"]).value == ["text": "/run/:\n\n/tmp/:\n"])
  }

  @Test("too much output is a failure, and no hang")
  func output() async throws {
    let result = try await run(["/usr/bin/head", "-c", "2000000", "/dev/zero"])
    #expect(result == .failed(code: "output", message: "it printed more than 1048576 bytes"))
    #expect(try await run(["/usr/bin/yes"]).code == "output")
    #expect(try await run(["/usr/bin/printf", #"\377"#]).code == "output")
  }

  @Test("much on standard error is cut, and no failure")
  func complaints() async throws {
    let result = try await run(["/bin/sh", "-c", "head -c 3000000 /dev/zero >&2; echo 1"])
    #expect(result == .done(1))
    #expect(try await run(["/bin/sh", "-c", "yes | head -c 9000 >&2; exit 2"]).message.count == 500)
  }

  @Test("large inputs and outputs come through, and input may be left unread")
  func large() async throws {
    let input: Value = .string(String(repeating: "a", count: 900_000))
    #expect(try await run(["/bin/cat"], ["input": input]) == .done(input))
    #expect(try await run(["/usr/bin/printf", "1"], ["input": input]) == .done(1))
  }

  @Test("what cannot be started says so, and how to mend it")
  func sandbox() async throws {
    let missing = try await run(["/bin/true"], environment: ["PATH": "/nonexistent"])
    #expect(missing.code == "sandbox")
    #expect(missing.message.hasSuffix("apt-get install bubblewrap"))
    #expect(try await run(["/no/such/program"]).code == "sandbox")
    #expect(try await run([]).code == "config")
    #expect(try await run(["/bin/echo"], ["args": ["a\0b"]]).code == "config")
  }

  @Test("a secret goes in, and does not come out")
  func secrets() async throws {
    let environment = ["PATH": "/usr/bin:/bin", "TOKEN": "abc123"]
    let with: ValueMap = ["args": [["$secret": "TOKEN"]]]
    #expect(try await run(["/usr/bin/printf", "%.3s-%s"], with, environment: environment).value?["text"] == "abc-")
    #expect(try await run(["/bin/echo", "-n"], with, environment: environment).value?["text"] == "***")
  }
}
