import Foundation
import Standards

/// What a rehearsal in a process of its own needs, laid out in a scratch folder. SQLite's default file system belongs
/// to a process, and a rehearsal takes it for itself; so does its peak of memory.
struct RehearsalGround {
    private static let outcomeBytesMax = 64 << 20
    private static let pack = "Topology/standards/first.json"

    private let folder: ScratchFolder
    private let program: String

    init(_ folder: ScratchFolder, program: String) throws {
        self.folder = folder
        self.program = program
        try FileManager.default.createDirectory(
            atPath: folder.file("Topology/standards"), withIntermediateDirectories: true)
        try take(Self.pack)
    }

    func file(_ name: String) -> String { folder.file(name) }

    /// Copies one of the project's files.
    func take(_ name: String) throws {
        let bytes = try InputFile.bytes(
            try TrialFiles.find(name, program: program, remedy: "run the bench from the project's folder"),
            limit: max(Topology.sizeLimit, StandardPack.sizeLimit))
        try OutputFile.write(bytes, to: folder.file(name))
    }

    /// Runs `tributary simulate` and gives what it took, and what it wrote with `--json`.
    func simulate(_ arguments: [String], _ what: String) throws -> (taken: WatchedChild, found: JSONValue) {
        let out = folder.file("outcome.json")
        let taken = try WatchedChild(
            program, ["simulate"] + arguments + ["--quiet", "--json", out], to: what, log: folder.file("simulate.log"))
        let bytes = try InputFile.bytes(out, limit: Self.outcomeBytesMax)
        do {
            return (taken, try JSONValue(parsing: bytes, sizeLimit: Self.outcomeBytesMax))
        } catch {
            throw CommandError(.no, what, reason: "what it wrote cannot be read (\(error))", remedy: "report this")
        }
    }
}
