// swift-tools-version: 6.3
import PackageDescription

let package = Package(
    name: "tributary",
    targets: [
        .systemLibrary(name: "CCrypt"),
        .systemLibrary(name: "CEpoll"),
        .systemLibrary(name: "CSQLite"),
        .systemLibrary(name: "CHashing"),
        .target(name: "Hashing", dependencies: ["CHashing"]),
        .target(name: "SQLite", dependencies: ["CSQLite", "Hashing"]),
        .target(name: "Replication", dependencies: ["Hashing", "SQLite"], exclude: ["SURVIVAL.md"]),
        .target(name: "Standards"),
        .target(name: "ServiceDesk", dependencies: ["Hashing", "Replication", "SQLite", "Standards"]),
        .target(name: "HTTP", dependencies: ["CEpoll"]),
        .target(name: "CConsole", exclude: ["web"]),
        .target(name: "Console", dependencies: ["CConsole", "Hashing"]),
        .target(
            name: "Node",
            dependencies: [
                "CCrypt", "Console", "HTTP", "Hashing", "Replication", "SQLite", "ServiceDesk", "Standards",
            ]),
        .target(
            name: "Simulator",
            dependencies: ["CSQLite", "Hashing", "Replication", "SQLite", "ServiceDesk", "Standards"]),
        .executableTarget(
            name: "tributary",
            dependencies: [
                "CSQLite", "HTTP", "Hashing", "Node", "Replication", "SQLite", "ServiceDesk", "Simulator", "Standards",
            ]),

        .testTarget(name: "HashingTests", dependencies: ["Hashing"]),
        .testTarget(name: "SQLiteTests", dependencies: ["CSQLite", "Hashing", "SQLite"]),
        .testTarget(
            name: "ReplicationTests", dependencies: ["Hashing", "Replication", "SQLite"],
            exclude: ["Versions/Fixtures"]),
        .testTarget(name: "StandardsTests", dependencies: ["Standards"], exclude: ["Calendar/Oracle"]),
        .testTarget(
            name: "ServiceDeskTests", dependencies: ["Hashing", "Replication", "SQLite", "ServiceDesk", "Standards"]),
        .testTarget(name: "HTTPTests", dependencies: ["HTTP"]),
        .testTarget(name: "ConsoleTests", dependencies: ["Console", "Hashing"]),
        .testTarget(
            name: "NodeTests",
            dependencies: ["HTTP", "Hashing", "Node", "Replication", "SQLite", "ServiceDesk", "Standards"]),
        .testTarget(
            name: "SimulatorTests",
            dependencies: ["CSQLite", "Hashing", "Replication", "SQLite", "ServiceDesk", "Simulator", "Standards"],
            exclude: ["Canary", "PlantedBugs"]),
        .testTarget(
            name: "TributaryTests", dependencies: ["HTTP", "ServiceDesk", "Simulator", "Standards", "tributary"]),
        .testTarget(
            name: "EndToEnd",
            dependencies: ["HTTP", "Hashing", "Replication", "SQLite", "ServiceDesk", "Standards", "tributary"]),
        .testTarget(
            name: "FuzzingTests",
            dependencies: ["HTTP", "Hashing", "Node", "Replication", "SQLite", "ServiceDesk", "Standards"],
            exclude: ["Driver", "Fixtures"]),
        .testTarget(name: "TidyTests"),
    ],
    swiftLanguageModes: [.v6]
)

// `ops/fuzz` builds what the fuzzing tests run as a program of libFuzzer's. Nothing else can link it.
if Context.environment["TRIBUTARY_FUZZER"] != nil {
    package.targets.removeAll { $0.name == "FuzzingTests" }
    package.targets.append(
        .executableTarget(
            name: "fuzzer",
            dependencies: ["HTTP", "Hashing", "Node", "Replication", "SQLite", "ServiceDesk", "Standards"],
            path: "Tests/FuzzingTests", exclude: ["Fixtures", "Replaying"], sources: ["Entries", "Driver"]))
}

// `ops/test` tries everything on an optimised core: its rehearsals in the tests take most of their time there.
if Context.environment["TRIBUTARY_OPTIMISED"] != nil {
    let core = ["Hashing", "SQLite", "Replication", "Standards", "ServiceDesk", "Simulator"]
    for target in package.targets where core.contains(target.name) {
        target.swiftSettings = [
            .unsafeFlags(
                ["-O", "-disable-batch-mode", "-whole-module-optimization", "-num-threads", "2"],
                .when(configuration: .debug))
        ]
    }
}
