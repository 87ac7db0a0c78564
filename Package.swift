// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "tributary",
    targets: [
        .systemLibrary(name: "CSQLite"),
        .target(name: "Hashing"),
        .target(name: "SQLite", dependencies: ["CSQLite", "Hashing"]),
        .target(name: "Replication", dependencies: ["Hashing", "SQLite"]),
    ],
    swiftLanguageModes: [.v6]
)
