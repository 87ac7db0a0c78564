import Foundation
import Standards
import Testing

@testable import Simulator

/// The commands as a user types them.
@Suite(.serialized)
struct SimulateCommandTests {
    private struct Files {
        let folder: URL

        init() throws {
            folder = FileManager.default.temporaryDirectory.appendingPathComponent("simulate-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        }

        func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

        func write(_ name: String, _ text: String) throws -> String {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path(name)))
            return path(name)
        }

        func bytes(_ name: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path(name))) }

        func remove() { try? FileManager.default.removeItem(at: folder) }
    }

    private static func scenario(_ more: String = "", lasts: String = "4h") -> String {
        """
        {"format": 1, "name": "Small", "asks": "Does it hold?", "topology": "Topology/ningxia.json", "seed": "0x11",
         "branches": ["nx-guyuan", "nx-zhongwei"], "starts": "2026-03-02T08:00:00+08:00", "lasts": "\(lasts)",
         "workload": {"profile": "flat", "ticketsPerDay": 120}, "exchange": {"pollHoldSeconds": 300}\(more)}
        """
    }

    @Test(
        "A scenario that cannot be is refused with its place and what to do, and nothing is run",
        arguments: [
            (#", "faults": [{"kind": "linkCut", "at": "1h", "lasts": "1h", "sites": ["nx-guyan"]}]"#, "nx-guyuan"),
            (#", "faults": [{"kind": "linkCut", "at": "1h", "lasts": "-1h"}]"#, "/faults/0/lasts"),
            (#", "faults": [{"kind": "linkCut", "at": "9h", "lasts": "1h"}]"#, "/faults/0/at"),
            (
                #", "faults": [{"kind": "crash", "at": "1h"}, {"kind": "powerLoss", "at": "1h"}]"#, "/faults/1"
            ),
            (#", "faults": [{"kind": "traced", "at": "1h", "trace": "nowhere.csv"}]"#, "nowhere.csv"),
            (#", "workloads": {}"#, "workload"),
        ])
    func aScenarioThatCannot(_ more: String, _ told: String) throws {
        let files = try Files()
        defer { files.remove() }
        let run = try Rehearsed(["simulate", "run", try files.write("s.json", Self.scenario(more)), "--quiet"])
        #expect(run.exit == 2, "\(run.output)")
        #expect(run.errors.contains(told), "\(run.errors)")
        #expect(!run.output.contains("digest"))
    }

    @Test("An empty trace and a province of ten thousand branches are refused, and the text says of what")
    func anEmptyTrace() throws {
        let files = try Files()
        defer { files.remove() }
        _ = try files.write("trace.csv", "minute,lossPerMille,roundTripMilliseconds\n")
        let traced = Self.scenario(#", "faults": [{"kind": "traced", "at": "1h", "trace": "trace.csv"}]"#)
        let first = try Rehearsed(["simulate", "run", try files.write("s.json", traced), "--quiet"])
        #expect(first.exit == 2 && first.errors.contains("trace.csv"), "\(first.errors)")
        let many = (0..<10_000).map { #"{"id": "nx-\#($0)"}"# }.joined(separator: ",")
        let province = #"{"format": 1, "province": {}, "sites": [\#(many)]}"#
        let second = try Rehearsed(["simulate", "swarm", "--topology", try files.write("t.json", province)])
        #expect(second.exit == 2 && second.errors.contains("10000"), "\(second.errors)")
    }

    @Test("One seed gives the same report, the same JSON and the same digest, in processes of their own")
    func oneSeedGives() throws {
        let files = try Files()
        defer { files.remove() }
        let path = try files.write(
            "s.json", Self.scenario(#", "faults": [{"kind": "swarm", "intensity": "ordinary"}]"#))
        for name in ["a", "b"] {
            let run = try Rehearsed([
                "simulate", "run", path, "--quiet", "--twice", "--report", files.path(name + ".html"), "--json",
                files.path(name + ".json"),
            ])
            #expect(run.exit == 0, "\(run.output)")
        }
        #expect(try files.bytes("a.html") == files.bytes("b.html"))
        #expect(try files.bytes("a.json") == files.bytes("b.json"))
        let other = try Rehearsed([
            "simulate", "run", path, "--quiet", "--seed", "0x12", "--json", files.path("c.json"),
        ])
        #expect(other.exit == 0, "\(other.output)")
        #expect(try files.bytes("a.json") != files.bytes("c.json"))
        let compared = try Rehearsed(["simulate", "compare", files.path("a.json"), files.path("c.json"), "--json"])
        #expect(compared.exit == 0)
        #expect(throws: Never.self) { try JSONValue(parsing: Array(compared.output.utf8), sizeLimit: 1 << 22) }
    }

    @Test("A run that is replayed can be followed ticket by ticket, and stopped before its end")
    func aRunThatIs() throws {
        let files = try Files()
        defer { files.remove() }
        let path = try files.write("s.json", Self.scenario())
        let unknown = try Rehearsed(["simulate", "replay", path, "--trace", "ticket=GY-22222222"])
        #expect(unknown.exit == 2, "\(unknown.errors)")
        let pattern = /(GY|ZW)-[0-9A-Z]{8}/
        let named = unknown.errors.matches(of: pattern).map { String($0.output.0) }
        let ticket = try #require(named.first { $0 != "GY-22222222" }, "\(unknown.errors)")
        let followed = try Rehearsed([
            "simulate", "replay", path, "--trace", "ticket=\(ticket)", "--diagram", files.path("t.svg"),
        ])
        #expect(followed.exit == 0, "\(followed.errors)")
        #expect(followed.output.contains("created \(ticket)"))
        #expect(followed.output.contains("arrives"))
        #expect(String(decoding: try files.bytes("t.svg"), as: UTF8.self).hasPrefix("<?xml"))
        let stopped = try Rehearsed(["simulate", "replay", path, "--until", "1h"])
        #expect(stopped.exit == 0)
        #expect(stopped.output.contains("simulated 1h"))
    }

    @Test("A swarm keeps nothing when every promise held, counts what it did, and leaves out the kinds it is told to")
    func aSwarmLeavesOut() throws {
        let files = try Files()
        defer { files.remove() }
        let swarm = ["simulate", "swarm", "--topology", "Topology/ningxia.json", "--runs", "1", "--seed", "7"]
        let wrong = try Rehearsed(swarm + ["--keep", files.folder.path, "--omit", "failOver,clonedDisc"])
        #expect(wrong.exit == 2 && wrong.errors.contains("clonedDisk"), "\(wrong.errors)")
        let omitting = ["--omit", "clonedDisk,replacedMachine,restoredBackup"]
        var lost: [Int] = []
        for (name, options) in [("all.json", []), ("few.json", omitting)] {
            let run = try Rehearsed(
                swarm + options + ["--keep", files.folder.path, "--json", files.path(name), "--quiet"])
            #expect(run.exit == 0, "\(run.output)")
            let json = try JSONValue(parsing: Array(try files.bytes(name)), sizeLimit: 1 << 20)
            #expect(json["runs"] == 1)
            #expect(json["verdict"] == "held")
            let marks = [
                "a disk copied, and both machines used", "a new machine enrolled under an old name",
                "an earlier database put back",
            ]
            lost.append(marks.reduce(0) { $0 + (json["marks"]?[$1]?.intValue ?? 0) })
        }
        #expect(lost[0] > 0 && lost[1] == 0, "\(lost)")
        let left = try FileManager.default.contentsOfDirectory(atPath: files.folder.path)
        #expect(left.sorted() == ["all.json", "few.json"])
    }

    @Test("A branch that gave a poll up for nothing is soon at rest: its two polls do not drive each other out")
    func aBranchThatGave() throws {
        let files = try Files()
        defer { files.remove() }
        let path = try files.write(
            "s.json", Self.scenario(#", "faults": [{"kind": "spuriousRetry", "at": "1h", "sites": ["nx-guyuan"]}]"#))
        let run = try Rehearsed(["simulate", "replay", path, "--site", "nx-guyuan"])
        #expect(run.exit == 0)
        #expect(run.output.split(separator: "\n").count { $0.contains("409") } <= 1, "\(run.output)")
    }
}
