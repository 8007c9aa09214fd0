// swift-tools-version: 6.2
import PackageDescription

// Each target is a room that exists because an import must stop at its door. Arrows run one way:
//
//     CEL <- WorkflowEngine <- WorkflowReports                     pure: no Foundation, no files, no clock
//                    ^------- WorkflowFiles  (libyaml, libical)    how things lie in files
//     GitStore       (libgit2, deflate, digests)                   knows no workflows
//     WorkflowRunner (Files, Engine, GitStore)                     the only writer
//     Connectors     (Runner, Reports)                             performs owed work: http, run, webhook, mail (libcurl)
//     WorkflowServer (Runner, Reports, Files)                      translates, never decides
//     writ           (all)                                         the command line; the composition root

let package = Package(
  name: "writ",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "writ", targets: ["writ"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
  ],
  targets: [
    .systemLibrary(name: "CLibGit2", pkgConfig: "libgit2", providers: [.apt(["libgit2-dev"])]),
    .systemLibrary(name: "CLibIcal", pkgConfig: "libical", providers: [.apt(["libical-dev"])]),
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CLibCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(name: "CDeflate", pkgConfig: "libdeflate", providers: [.apt(["libdeflate-dev"])]),

    .target(name: "CEL"),
    .target(name: "WorkflowEngine", dependencies: ["CEL"]),
    .target(
      name: "WorkflowReports", dependencies: ["WorkflowEngine", "CEL"],
      resources: [.embedInCode("Resources")]),
    .target(
      name: "WorkflowFiles",
      dependencies: ["WorkflowEngine", "CEL", "CLibIcal", "CYAML", .product(name: "Crypto", package: "swift-crypto")]),
    .target(
      name: "GitStore",
      dependencies: ["CLibGit2", "CDeflate", .product(name: "Crypto", package: "swift-crypto")]),
    .target(
      name: "WorkflowRunner",
      dependencies: [
        "WorkflowFiles", "WorkflowEngine", "CEL", "GitStore",
        .product(name: "DequeModule", package: "swift-collections"),
        .product(name: "HashTreeCollections", package: "swift-collections"),
        .product(name: "HeapModule", package: "swift-collections"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ]),
    .target(
      name: "Connectors",
      dependencies: [
        "WorkflowRunner", "WorkflowReports", "WorkflowEngine", "CEL", "CLibCurl",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "Subprocess", package: "swift-subprocess"),
      ]),
    .target(
      name: "WorkflowServer",
      dependencies: [
        "WorkflowRunner", "WorkflowReports", "WorkflowFiles", "WorkflowEngine", "CEL",
        .product(name: "HashTreeCollections", package: "swift-collections"),
        .product(name: "Hummingbird", package: "hummingbird"),
      ]),
    .executableTarget(
      name: "writ",
      dependencies: [
        "Connectors", "WorkflowServer", "WorkflowRunner", "WorkflowReports", "WorkflowFiles", "WorkflowEngine",
        "CEL", "GitStore",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "HashTreeCollections", package: "swift-collections"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ]),

    // The client that the fault harness kills; no product has it.
    .executableTarget(
      name: "faultdriver",
      dependencies: [
        "WorkflowRunner", "WorkflowFiles", "WorkflowEngine", "CEL", "GitStore",
        .product(name: "Logging", package: "swift-log"),
      ], path: "Tests/FaultDriver"),

    .testTarget(name: "CELTests", dependencies: ["CEL"], exclude: ["Specification"]),
    .testTarget(name: "WorkflowEngineTests", dependencies: ["WorkflowEngine", "CEL"]),
    .testTarget(name: "WorkflowReportsTests", dependencies: ["WorkflowReports", "WorkflowEngine", "CEL"]),
    .testTarget(
      name: "WorkflowFilesTests", dependencies: ["WorkflowFiles", "WorkflowEngine", "CEL"],
      exclude: ["Broken"]),
    .testTarget(name: "FuzzTests", dependencies: ["WorkflowFiles", "WorkflowEngine", "CEL"]),
    .testTarget(name: "GitStoreTests", dependencies: ["GitStore"]),
    .testTarget(
      name: "WorkflowRunnerTests",
      dependencies: [
        "WorkflowRunner", "WorkflowFiles", "WorkflowEngine", "CEL", "GitStore",
        .product(name: "HashTreeCollections", package: "swift-collections"),
        .product(name: "Logging", package: "swift-log"),
      ]),
    .testTarget(
      name: "ConnectorsTests",
      dependencies: [
        "Connectors", "WorkflowRunner", "WorkflowReports", "WorkflowEngine", "CEL",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ]),
    .testTarget(
      name: "WorkflowServerTests",
      dependencies: [
        "WorkflowServer", "WorkflowRunner", "WorkflowEngine", "CEL",
        .product(name: "HummingbirdTesting", package: "hummingbird"),
      ]),
    .testTarget(name: "WritTests", dependencies: ["writ"]),
    .testTarget(name: "TidyTests"),
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
