import Foundation
import Glibc
import Simulator

/// Runs rehearsals in this process, saying how far they are.
struct RehearsalRunner {
    private let files: RehearsalFiles

    init(_ files: RehearsalFiles) {
        self.files = files
        // SQLite's own random numbers come from the default file system only.
        SimulatedVFS.install(asDefault: true)
    }

    func run(
        seed: UInt64, isQuiet: Bool = false
    ) throws -> (outcome: RehearsalOutcome, checkpoints: [UInt64], travelled: String) {
        let progress = RehearsalProgress(isQuiet: isQuiet)
        defer { progress.end() }
        do {
            let rehearsal = try Rehearsal(try files.input(), seed: seed, progress: { progress.reached($0) })
            return (try rehearsal.run(), rehearsal.checkpoints, rehearsal.travelled)
        } catch let error as RehearsalError {
            throw CommandError(
                .usage, "rehearse \(files.path)", reason: error.description, remedy: "correct the scenario")
        }
    }

    /// Runs it again, following a ticket where one is named.
    /// - Parameter disks: a folder for what the sites' disks hold in the end.
    func follow(
        _ ticket: String?, seed: UInt64, until stop: VirtualTime?, disks: String?,
        log: @escaping (VirtualTime, String, String) -> Void
    ) throws -> (RehearsalOutcome, TicketTrace?) {
        let rehearsal = try Rehearsal(try files.input(), seed: seed, until: stop, following: ticket, log: log)
        let outcome = try rehearsal.run()
        if let disks { try Self.write(rehearsal, to: disks) }
        return (outcome, rehearsal.trace)
    }

    private static func write(_ rehearsal: Rehearsal, to folder: String) throws {
        for disk in rehearsal.disks {
            let place = folder + "/" + disk.site
            do {
                try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
            } catch {
                throw CommandError(
                    .usage, "write the disks to \(folder)", reason: error.localizedDescription,
                    remedy: "choose another folder")
            }
            try OutputFile.write(disk.bytes, to: place + "/" + disk.file)
        }
    }

    /// Runs the same seed in another process, where hash tables lie otherwise, and compares.
    /// - Returns: between which events the first difference lies; nil if there is none.
    func differs(_ checkpoints: [UInt64], _ outcome: RehearsalOutcome, seed: UInt64) throws -> String? {
        let folder = try ScratchFolder(kept: nil, prefix: "tributary-simulate")
        defer { folder.remove() }
        let path = folder.path + "/checkpoints"
        let isFixed = ProcessInfo.processInfo.environment["SWIFT_DETERMINISTIC_HASHING"] != nil
        var environment = ProcessInfo.processInfo.environment
        environment["SWIFT_DETERMINISTIC_HASHING"] = isFixed ? nil : "1"
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try TrialFiles.program())
        process.arguments = [
            "simulate", "run", files.path, "--seed", SeedText.text(seed), "--checkpoints", path, "--quiet",
        ]
        process.environment = environment
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        let lines = String(decoding: try InputFile.bytes(path, limit: 256 << 20), as: UTF8.self)
            .split(separator: "\n").map(String.init)
        guard lines.last != outcome.digest else { return nil }
        let mine = checkpoints.map { String($0, radix: 16) }
        let equal = zip(lines, mine).prefix { $0 == $1 }.count
        return "\(equal * Int(RunDigest.stride)) and \((equal + 1) * Int(RunDigest.stride))"
    }
}
