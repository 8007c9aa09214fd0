// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that whoever builds the product does not build this. The rooms are the product's, seen through
// the link `rooms`: they belong to this package too, and what is `package` in them can be measured.

let package = Package(
  name: "benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    .systemLibrary(name: "CLibGit2", path: "rooms/CLibGit2", pkgConfig: "libgit2"),
    .systemLibrary(name: "CLibIcal", path: "rooms/CLibIcal", pkgConfig: "libical"),
    .systemLibrary(name: "CYAML", path: "rooms/CYAML", pkgConfig: "yaml-0.1"),
    .systemLibrary(name: "CDeflate", path: "rooms/CDeflate", pkgConfig: "libdeflate"),
    .target(name: "CEL", path: "rooms/CEL"),
    .target(name: "WorkflowEngine", dependencies: ["CEL"], path: "rooms/WorkflowEngine"),
    .target(
      name: "WorkflowReports", dependencies: ["WorkflowEngine", "CEL"], path: "rooms/WorkflowReports",
      resources: [.embedInCode("Resources")]),
    .target(
      name: "WorkflowFiles",
      dependencies: ["WorkflowEngine", "CEL", "CLibIcal", "CYAML", .product(name: "Crypto", package: "swift-crypto")],
      path: "rooms/WorkflowFiles"),
    .target(
      name: "GitStore", dependencies: ["CLibGit2", "CDeflate", .product(name: "Crypto", package: "swift-crypto")],
      path: "rooms/GitStore"),
    .target(
      name: "WorkflowRunner",
      dependencies: [
        "WorkflowFiles", "WorkflowEngine", "CEL", "GitStore",
        .product(name: "DequeModule", package: "swift-collections"),
        .product(name: "HashTreeCollections", package: "swift-collections"),
        .product(name: "HeapModule", package: "swift-collections"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ], path: "rooms/WorkflowRunner"),
    .executableTarget(
      name: "benchmarks",
      dependencies: [
        "WorkflowRunner", "WorkflowReports", "WorkflowFiles", "WorkflowEngine", "CEL", "GitStore",
        .product(name: "Logging", package: "swift-log"),
      ], path: "Sources/Benchmarks"),
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
