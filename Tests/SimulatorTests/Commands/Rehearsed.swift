import Foundation

/// One run of the program in a process of its own: SQLite's default file system belongs to a process. It is nice to the
/// tests that run beside it and have deadlines.
struct Rehearsed {
    let exit: Int32
    let output: String
    let errors: String
    /// The numbers of the invariants that broke.
    let broken: Set<Int>
    /// Of all that happened.
    var digest: String { String(output.split(separator: "\n").last?.split(separator: " ").last ?? "") }

    /// `simulate run` on a file.
    init(file: String) throws { try self.init(["simulate", "run", file, "--quiet"]) }

    init(_ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/nice")
        process.arguments = ["-n", "15", Self.program] + arguments
        process.currentDirectoryURL = ScenarioSamples.root
        let kept = FileManager.default.temporaryDirectory.appendingPathComponent("errors-\(UUID().uuidString)")
        try Data().write(to: kept)
        defer { try? FileManager.default.removeItem(at: kept) }
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = try FileHandle(forWritingTo: kept)
        try process.run()
        let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        exit = process.terminationStatus
        output = String(decoding: bytes, as: UTF8.self)
        errors = String(decoding: try Data(contentsOf: kept), as: UTF8.self)
        broken = Set(
            output.split(separator: "\n").filter { $0.hasPrefix("BROKEN ") }
                .compactMap { $0.split(separator: " ").dropFirst().first.flatMap { Int($0) } })
    }

    private static let program = Bundle.main.bundleURL.appendingPathComponent("tributary").path
}
