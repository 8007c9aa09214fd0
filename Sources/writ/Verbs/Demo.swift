import ArgumentParser
import Foundation
import GitStore
import Logging
import WorkflowFiles
import WorkflowRunner

struct Demo: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "A living example: an invented company with a month of cases, and some that wait for you.",
    discussion: "Makes a scratch repository in a fresh folder; it touches nothing else and is yours to delete.")

  @OptionGroup var address: AddressOption
  @Option(help: "The folder to make it in; by default a fresh one below the folder for temporary files.") var folder:
    String?

  func run() async throws {
    let port = try address.choosePort()
    let company = try DemoCompany(in: folder, port: port)
    Terminal.note("making \(company.folder)")
    let clock = DemoClock(at: DemoStory.beginning(before: .current))
    try company.make(at: clock.now)
    let record = try OpenRecord(try Place(at: company.folder), clock: { clock.now })
    defer { try? record.close() }
    let services = DemoServices()
    try await prepare(record, clock, services)
    clock.handOver()
    let intake = Intake(runner: record.runner, repository: record.place.repository, logger: Logger(label: "writ.demo"))
    await intake.step()
    try await Serving(record: record, host: address.host, port: port, performer: services).run { address in
      DemoGuide(company: company, record: record, address: address).write()
    }
  }

  private func prepare(_ record: OpenRecord, _ clock: DemoClock, _ services: DemoServices) async throws {
    Terminal.note("living through a month of the company ...")
    let commit = try record.place.commit("HEAD")
    let report = try await Deployer(runner: record.runner, repository: record.place.repository).deploy(commit)
    guard report.isDeployed else {
      throw Complaint(.refused, "the example workflows do not hold", details: report.findings)
    }
    var theatre = DemoTheatre(runner: record.runner, clock: clock, services: services)
    await theatre.play(DemoStory.cases(until: .current), until: .current)
    if theatre.refused > 0 { Terminal.note("\(Words.count(theatre.refused, "answer")) of the story were refused") }
  }
}
