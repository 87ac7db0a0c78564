import Foundation
import Standards
import Testing

@testable import Simulator

/// Scenarios and provinces for tests.
enum ScenarioSamples {
    /// The sample of the specification, as it stands there.
    static let specified = """
        { "format": 1,
          "name": "Fibre cut in the dust season",
          "asks": "Do the northern branches catch up by Monday noon on a 512 kbit/s satellite link?",
          "topology": "Topology/xinjiang.json",
          "seed": "0x5eed", "starts": "2026-06-01T00:00:00Z", "lasts": "14d",
          "workload": { "profile": "weekday", "ticketsPerThousandLinesPerDay": 9, "sameTicketTwoBranchesPerMille": 12 },
          "faults": [
            { "at": "3d9h", "lasts": "18h", "kind": "linkCut", "sites": ["xj-akesu", "xj-tulufan"] },
            { "at": "4d3h", "lasts": "2d", "kind": "bandwidth", "sites": ["xj-akesu"], "kilobitsPerSecond": 512 },
            { "kind": "swarm", "intensity": "ordinary", "omitting": ["bitRot"] } ],
          "then": { "heal": "allBut", "sites": ["xj-tulufan"], "within": "8h" },
          "expect": { "syncLagP99Seconds": 600, "backlogPeakOperations": 20000, "hubCPUPerMilleP95": 600 } }
        """

    static let root: URL = {
        var folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        while !FileManager.default.fileExists(atPath: folder.appendingPathComponent("Package.swift").path) {
            precondition(folder.path != "/", "the tests are not inside the package")
            folder.deleteLastPathComponent()
        }
        return folder
    }()

    static func file(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: root.appendingPathComponent(path)))
    }

    static func topology(_ name: String) throws -> Topology {
        let (topology, findings) = Topology.check(try file("Topology/\(name).json"))
        #expect(findings == [])
        return try #require(topology)
    }

    /// A scenario of Ningxia that lasts three days, with other members or none in place of its own.
    static func document(_ members: [String: JSONValue?] = [:]) -> [UInt8] {
        var document: [String: JSONValue] = [
            "format": 1, "name": "Three days", "asks": "Does it hold?", "topology": "Topology/ningxia.json", "seed": 7,
            "starts": "2026-06-01T00:00:00+08:00", "lasts": "3d",
        ]
        for (key, value) in members.sorted(by: { $0.key < $1.key }) { document[key] = value }
        return JSONValue.object(document).bytes()
    }

    /// What reading a scenario with these faults, and placing it in Ningxia, finds.
    static func findings(_ faults: [JSONValue], _ others: [String: JSONValue?] = [:]) throws -> [Standards.Finding] {
        let (scenario, findings) = Scenario.check(document(others.merging(["faults": .array(faults)]) { $1 }))
        guard let scenario else { return findings }
        return try scenario.check(against: topology("ningxia"))
    }
}
