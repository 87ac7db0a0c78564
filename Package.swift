// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "tributary",
    targets: [
        .systemLibrary(name: "CSQLite"),
        .target(name: "Hashing"),
        .target(name: "SQLite", dependencies: ["CSQLite", "Hashing"]),
        .target(name: "Replication", dependencies: ["Hashing", "SQLite"]),
        .target(name: "Standards"),
        .target(name: "ServiceDesk", dependencies: ["Hashing", "Replication", "SQLite", "Standards"]),
        .target(name: "HTTP"),
        .target(
            name: "Node", dependencies: ["HTTP", "Hashing", "Replication", "SQLite", "ServiceDesk", "Standards"]),
        .executableTarget(name: "tributary", dependencies: ["HTTP", "Node", "ServiceDesk", "Standards"]),
    ],
    swiftLanguageModes: [.v6]
)
