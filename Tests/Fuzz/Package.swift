// swift-tools-version: 6.2
import PackageDescription

// A package of its own, because its rooms are compiled with libFuzzer's counters: `swift build --sanitize=fuzzer`. They are
// the product's, seen through the link `rooms`; the targets are those of Tests/FuzzTests, seen through another.

let package = Package(
  name: "fuzz",
  platforms: [.macOS(.v15)],
  dependencies: [.package(url: "https://github.com/apple/swift-crypto", from: "4.5.2")],
  targets: [
    .systemLibrary(name: "CLibIcal", path: "rooms/CLibIcal", pkgConfig: "libical"),
    .systemLibrary(name: "CYAML", path: "rooms/CYAML", pkgConfig: "yaml-0.1"),
    .target(name: "CEL", path: "rooms/CEL"),
    .target(name: "WorkflowEngine", dependencies: ["CEL"], path: "rooms/WorkflowEngine"),
    .target(
      name: "WorkflowFiles",
      dependencies: ["WorkflowEngine", "CEL", "CLibIcal", "CYAML", .product(name: "Crypto", package: "swift-crypto")],
      path: "rooms/WorkflowFiles"),
    .executableTarget(name: "fuzz", dependencies: ["WorkflowFiles", "WorkflowEngine", "CEL"]),
  ],
  swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system {
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ]
}
