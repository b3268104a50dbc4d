// swift-tools-version: 6.2
import PackageDescription

let house: [SwiftSetting] = [.treatAllWarnings(as: .error)]

let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let log = Target.Dependency.product(name: "Logging", package: "swift-log")
let httpClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let lifecycle = Target.Dependency.product(
  name: "ServiceLifecycle", package: "swift-service-lifecycle")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")

let package = Package(
  name: "dynsync",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "dynsync", targets: ["dynsync-cli"]),
    .executable(name: "dynsync-bench", targets: ["Benchmarks"]),
  ],
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
  ],
  targets: [
    .target(name: "Model", swiftSettings: house),
    .target(
      name: "Migrations",
      path: "Migrations",
      resources: [
        .embedInCode("0001_runs_and_rules.sql"), .embedInCode("0002_links_and_watermarks.sql"),
        .embedInCode("0003_operations_and_log.sql"), .embedInCode("0004_views.sql"),
        .embedInCode("0005_dependency_values.sql"), .embedInCode("0006_origins_of_values.sql"),
        .embedInCode("0007_guards.sql"),
        .embedInCode("0008_back_off.sql"),
        .embedInCode("0009_pruning.sql"),
        .embedInCode("0010_metadata_documents.sql"),
        .embedInCode("0011_outcome_activities.sql"),
        .embedInCode("0012_silences_and_indexes.sql"),
      ],
      swiftSettings: house
    ),
    .target(
      name: "Store", dependencies: ["Model", "Migrations", grdb, sqlite, crypto],
      swiftSettings: house),
    .target(name: "Sync", dependencies: ["Model", "Store", log], swiftSettings: house),
    .target(
      name: "Simulation", dependencies: ["Model", "Store", "Sync", log], swiftSettings: house),
    .target(
      name: "Transport", dependencies: ["Model", httpClient, nioCore, nioHTTP1, log],
      swiftSettings: house),
    .target(name: "Dynamics", dependencies: ["Model", "Transport", log], swiftSettings: house),
    .target(name: "Marketo", dependencies: ["Model", "Transport", log], swiftSettings: house),
    .target(
      name: "Sandbox", dependencies: [grdb, hummingbird, lifecycle, log, nioCore],
      swiftSettings: house),
    .executableTarget(
      name: "dynsync-cli",
      dependencies: [
        "Model", "Store", "Sync", "Simulation", "Transport", "Dynamics", "Marketo", "Sandbox",
        httpClient, log, lifecycle, arguments, yams, grdb,
      ],
      swiftSettings: house
    ),
    .executableTarget(
      name: "Benchmarks", dependencies: ["Model", "Store", "Sync", "Simulation", sqlite, log],
      path: "Benchmarks", swiftSettings: house),
    .testTarget(name: "ModelTests", dependencies: ["Model"], swiftSettings: house),
    .testTarget(
      name: "StoreTests", dependencies: ["Store", "Model", "Migrations", grdb],
      exclude: ["Golden"], swiftSettings: house),
    .target(name: "Fakes", dependencies: ["Model"], path: "Tests/Fakes", swiftSettings: house),
    .testTarget(
      name: "SyncTests",
      dependencies: ["Fakes", "Simulation", "Sync", "Store", "Model", grdb, log],
      resources: [.copy("merge-cases.json")], swiftSettings: house),
    .testTarget(
      name: "SimulationTests", dependencies: ["Simulation", "Sync", "Store", "Model"],
      swiftSettings: house),
    .testTarget(name: "RoomTests", swiftSettings: house),
    .testTarget(
      name: "TransportTests", dependencies: ["Fakes", "Transport", "Model"], swiftSettings: house),
    .testTarget(
      name: "DynamicsTests", dependencies: ["Dynamics", "Fakes", "Transport", "Model"],
      swiftSettings: house),
    .testTarget(
      name: "MarketoTests", dependencies: ["Fakes", "Marketo", "Transport", "Model"],
      swiftSettings: house),
    .testTarget(
      name: "SandboxTests",
      dependencies: ["Sandbox", httpClient, nioCore, grdb, hummingbird, log, lifecycle],
      swiftSettings: house),
    .testTarget(
      name: "SystemTests",
      dependencies: [
        "dynsync-cli", "Fakes", "Model", "Store", "Sync", "Simulation", "Transport", "Dynamics",
        "Marketo", "Sandbox", log,
      ],
      swiftSettings: house
    ),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "dynsync-cli", "Model", "Migrations", "Store", "Sync", "Transport", "Sandbox", arguments,
      ],
      swiftSettings: house),
  ]
)
