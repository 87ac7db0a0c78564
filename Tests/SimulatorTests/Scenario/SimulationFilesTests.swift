import Foundation
import Standards
import Testing

@testable import Simulator

/// The scenarios that come with the project.
struct SimulationFilesTests {
    private static let names: [String] = {
        let folder = ScenarioSamples.root.appendingPathComponent("Simulations")
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return files.filter { $0.hasSuffix(".json") }.sorted()
    }()

    private static func scenario(_ name: String) throws -> Scenario {
        let (scenario, findings) = Scenario.check(try ScenarioSamples.file("Simulations/" + name))
        #expect(findings == [], "\(name)")
        return try #require(scenario)
    }

    private static func topology(of scenario: Scenario) throws -> Topology {
        let (topology, findings) = Topology.check(try ScenarioSamples.file(scenario.topology))
        #expect(findings == [])
        return try #require(topology)
    }

    @Test("There are twelve scenarios or more, each with a question and a seed of its own")
    func thereAreTwelveScenarios() throws {
        let scenarios = try Self.names.map(Self.scenario)
        #expect(scenarios.count >= 12)
        #expect(Set(scenarios.map(\.seed)).count == scenarios.count)
        #expect(Set(scenarios.map(\.name)).count == scenarios.count)
        #expect(scenarios.allSatisfy { $0.asks.hasSuffix("?") })
    }

    @Test("Each is free of findings in its province, its swarm drawn too, and small", arguments: names)
    func eachIsFreeOf(_ name: String) throws {
        let scenario = try Self.scenario(name)
        let topology = try Self.topology(of: scenario)
        #expect(scenario.check(against: topology) == [])
        #expect(SwarmDraw.drawn(scenario, in: topology).check(against: topology) == [])
        #expect(Scenario.check(scenario.fileBytes).0 == scenario)
        let tickets = try #require(scenario.workload.ticketsPerDay) * scenario.lasts.seconds / 86_400
        #expect((300...3_000).contains(tickets), "\(tickets) tickets")
    }

    @Test("Each is named in words with hyphens, and stands in the table of the folder's page", arguments: names)
    func eachIsNamedIn(_ name: String) throws {
        #expect(name.dropLast(5).allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" })
        let page = String(decoding: try ScenarioSamples.file("Simulations/README.md"), as: UTF8.self)
        #expect(page.contains("| `\(name)` |"))
    }

    @Test("The made-up trace is as its page says, and is read for every branch")
    func theMadeUpTrace() throws {
        let scenario = try Self.scenario("a-traced-month.json")
        let fault = try #require(scenario.faults.first)
        let source = try #require(fault.trace)
        let sites = fault.sites(in: try Self.topology(of: scenario))
        let (read, findings) = TraceReader.read(
            source, sites: sites, loss: try ScenarioSamples.file(source.file), roundTrips: nil, path: "/faults/0")
        #expect(findings == [])
        let traces = try #require(read)
        let ordinary: [Int64] = [0, 1, 1, 4, 2]
        let away: [[ClosedRange<Int64>]] = [
            [], [170...172], [400...400], [55...62, 300...302, 610...640], [301...304],
        ]
        for hour in Int64(0)..<744 {
            for (line, site) in sites.enumerated() {
                let chance = (hour * 31 + Int64(line) * 17 + hour * hour % 97) % 100
                var loss = ordinary[line] + (chance < 6 ? 8 * Int64(line + 1) : 0)
                if (9..<21).contains(hour % 24) { loss = loss * 3 / 2 }
                if away[line].contains(where: { $0.contains(hour) }) { loss = 1_000 }
                let sample = traces[site]?.sample(at: .hours(hour) + .minutes(30))
                #expect(sample?.lossPerMille == ((500...503).contains(hour) ? nil : loss), "\(site), hour \(hour)")
            }
        }
    }
}
