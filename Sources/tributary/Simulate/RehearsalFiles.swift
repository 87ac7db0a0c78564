import Foundation
import Node
import Simulator
import Standards

/// Reads what a rehearsal needs from its scenario's file and from those that it names.
struct RehearsalFiles {
    let path: String
    let scenario: Scenario
    let topology: Topology

    /// - Parameters:
    ///   - path: the scenario's file.
    ///   - seed: in place of the scenario's own: what a swarm draws is drawn from it too.
    /// - Throws: an error that lists every finding.
    init(_ path: String, seed: UInt64? = nil) throws {
        self.path = path
        var read: Scenario = try DocumentFile.read(
            path, "the scenario", limit: ScenarioLimits.bytes, check: Scenario.check)
        let whole = try Self.topology(read.topology, beside: path)
        let findings = read.check(against: whole)
        guard findings.isEmpty else {
            throw CommandError(
                .usage, "use \(path)", reason: "the scenario does not fit its province",
                remedy: "correct \(findings.count == 1 ? "this" : "these \(findings.count) places")",
                details: findings.map(\.description))
        }
        read.seed = seed ?? read.seed
        scenario = SwarmDraw.drawn(read, in: whole)
        topology = scenario.cast(of: whole)
    }

    init(_ scenario: Scenario, path: String, topology: Topology) {
        self.path = path
        self.scenario = scenario
        self.topology = scenario.cast(of: topology)
    }

    static func topology(_ name: String, beside path: String) throws -> Topology {
        try DocumentFile.read(
            try find(name, beside: path), "the topology", limit: Topology.sizeLimit, check: Topology.check)
    }

    /// A file that a scenario names: beneath the current folder, or beneath one above the scenario.
    static func find(_ name: String, beside path: String) throws -> String {
        var folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        var places = [name]
        for _ in 0..<foldersMax {
            places.append(folder.path + "/" + name)
            if folder.path == "/" { break }
            folder = folder.deletingLastPathComponent()
        }
        if let found = places.first(where: { FileManager.default.isReadableFile(atPath: $0) }) { return found }
        throw CommandError(
            .usage, "find \(name)",
            reason: "\(path) names it, and it is neither beneath this folder nor above that file",
            remedy: "correct the path in the scenario")
    }

    private static let foldersMax = 12
    private static let pack = "Topology/standards/first.json"

    func input(calibration: Calibration = .builtIn) throws -> RehearsalInput {
        let standard = try PackInput(try Self.find(scenario.standard ?? Self.pack, beside: path))
        _ = try standard.whole()
        return RehearsalInput(
            scenario: scenario, file: path, topology: topology,
            document: standard.result.document,
            calibration: try Self.calibration(of: self) ?? calibration,
            traces: try traces(), build: Software.version)
    }

    private static func calibration(of files: RehearsalFiles) throws -> Calibration? {
        guard let name = files.scenario.hub.calibration else { return nil }
        return try DocumentFile.read(
            try find(name, beside: files.path), "the calibration", limit: Calibration.bytesMax, check: Calibration.check
        )
    }

    private func traces() throws -> [Int: [String: LinkTrace]] {
        var traces: [Int: [String: LinkTrace]] = [:]
        for (number, fault) in scenario.faults.enumerated() {
            guard let source = fault.trace else { continue }
            let loss = try TraceFile.bytes(try Self.find(source.file, beside: path))
            let trips = try source.roundTripFile.map { try TraceFile.bytes(try Self.find($0, beside: path)) }
            let (read, findings) = TraceReader.read(
                source, sites: fault.sites(in: topology), loss: loss, roundTrips: trips, path: "/faults/\(number)")
            guard let read else {
                throw CommandError(
                    .usage, "use \(source.file)", reason: "the trace is not right", remedy: "correct it",
                    details: findings.map(\.description))
            }
            traces[number] = read
        }
        return traces
    }
}
