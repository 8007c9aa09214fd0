import ArgumentParser

struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Runs the repository: deploys commits, does what is owed, serves the pages and the API.",
    discussion:
      "Ends cleanly on Ctrl-C and SIGTERM. The pages act for the person of git's user.email, so only this machine may ask."
  )

  @OptionGroup var repository: RepositoryOption
  @OptionGroup var address: AddressOption
  @Option(help: "How often the remote of writ.yaml is asked, in seconds.") var fetch = 20
  @Flag(help: "Do what is due now and end, without serving anything.") var once = false

  func validate() throws {
    guard 1...86_400 ~= fetch else { throw ValidationError("--fetch is 1 to 86400 seconds") }
  }

  func run() async throws {
    let place = try repository.place()
    let record = try OpenRecord(place)
    defer { try? record.close() }
    if once { return await Errands(record: record).run() }
    let port = try address.choosePort()
    let serving = Serving(
      record: record, host: address.host, port: port, fetchPeriod: .seconds(fetch), performer: nil)
    try await serving.run { address in
      Announcement(record: record, address: address).write()
    }
  }
}

/// Where the pages are.
struct AddressOption: ParsableArguments {
  @Option(help: "The port; by default the first free one from 8080.") var port: Int?
  @Option(help: "A loopback address.") var host = "127.0.0.1"

  func validate() throws {
    if let port, !(0...65_535).contains(port) { throw ValidationError("--port is 0 to 65535") }
    guard host == "localhost" || host.hasPrefix("127.") else {
      throw ValidationError("--host is a loopback address: whoever reaches the pages acts for you")
    }
  }

  func choosePort() throws -> Int {
    let address = host == "localhost" ? "127.0.0.1" : host
    if let port {
      guard FreePort.isFree(port, on: address) else {
        throw Complaint(.conflict, "port \(port) is in use", hint: "leave --port out, and the next free one is taken")
      }
      return port
    }
    guard let port = (8080..<8180).first(where: { FreePort.isFree($0, on: address) }) else {
      throw Complaint(.conflict, "the ports 8080 to 8179 are all in use", hint: "name a free one with --port")
    }
    return port
  }
}
