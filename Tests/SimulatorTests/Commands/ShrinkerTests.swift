import Standards
import Testing

@testable import Simulator

struct ShrinkerTests {
    private static func faulty() throws -> (Scenario, Topology) {
        let topology = try ScenarioSamples.topology("ningxia")
        var scenario = Scenario(
            name: "Large", asks: "Does it?", topology: "Topology/ningxia.json", seed: 5, starts: 1_772_380_800_000,
            lasts: .days(6))
        scenario.workload.ticketsPerDay = 400
        scenario.faults = (1...12).map { hour in
            ScheduledFault(hour == 7 ? .crash : .loss, at: .hours(Int64(hour) * 5), lasts: hour == 7 ? nil : .hours(1))
        }
        return (scenario, topology)
    }

    @Test("What is left is what breaks the same invariant, and nothing else")
    func whatIsLeft() throws {
        let (scenario, topology) = try Self.faulty()
        // Breaks wherever Guyuan crashes while somebody works; another invariant breaks whatever is left.
        func broken(_ candidate: Scenario) -> Set<Int> {
            let crash = candidate.faults.contains { $0.kind == .crash && $0.sites(in: topology).contains("nx-guyuan") }
            let isThere = candidate.branches.isEmpty || candidate.branches.contains("nx-guyuan")
            return crash && isThere && (candidate.workload.ticketsPerDay ?? 0) >= 50 ? [3, 9] : [9]
        }
        var shrinker = Shrinker(
            scenario, invariant: 3, topology: topology, run: broken, isTimeUp: { false }, say: { _ in })
        shrinker.shrink(breach: .hours(36))
        #expect(shrinker.scenario.faults.map(\.kind) == [.crash])
        #expect(shrinker.scenario.branches == ["nx-guyuan"])
        #expect(shrinker.scenario.workload.ticketsPerDay == 50)
        #expect(shrinker.scenario.lasts <= .hours(37))
        #expect(broken(shrinker.scenario).contains(3))
        #expect(shrinker.scenario.check(against: topology).isEmpty)
    }

    @Test("When the time is up, the smallest so far is kept")
    func whenTheTime() throws {
        let (scenario, topology) = try Self.faulty()
        var runs = 0
        var shrinker = Shrinker(
            scenario, invariant: 3, topology: topology,
            run: { _ in
                runs += 1
                return [3]
            }, isTimeUp: { runs >= 2 }, say: { _ in })
        shrinker.shrink(breach: .hours(36))
        #expect(runs == 2 && shrinker.runs == 2)
        #expect(shrinker.scenario != scenario)
    }
}
