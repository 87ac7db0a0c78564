import Foundation
import Standards
import Testing

@testable import Simulator

/// Each kind of fault by itself does something to what the sites meet, and breaks no promise.
@Suite(.serialized)
struct FaultEffectTests {
    private static let kinds = SwarmDraw.kinds

    /// Kinds that are felt only while a line has been cut: from before the cut until after it.
    private static let feltAfterCuts: Set<FaultKind> = [.earlyTimer, .tinyBatches]

    /// Enough of what would be drawn or hit by chance to happen for sure.
    private static let numbers: [FaultKind: [String: Int64]] = [
        .rollingUpgrade: ["minutesBetween": 10], .bitRot: ["bits": 4_000], .refundAskedTwice: ["perMille": 1_000],
        .sameTicketTwoBranches: ["perMille": 1_000], .closeAgainstEscalate: ["perMille": 1_000],
        .transferWhileOffline: ["perMille": 1_000], .reset: ["perMille": 300],
        .clonedDisk: ["turnMinutes": 25], .failOver: ["hoursBack": 1],
    ]

    /// Three branches for six hours: their nodes crash once, and one line is cut in the last hour.
    private static func scenario(_ faults: [ScheduledFault]) -> Scenario {
        var scenario = Scenario(
            name: "One fault", asks: "Does it do anything?", topology: "Topology/ningxia.json", seed: 0xFA,
            starts: 1_772_380_800_000, lasts: .hours(6))
        scenario.branches = ["nx-yinchuan", "nx-guyuan", "nx-zhongwei"]
        scenario.workload.profile = .flat
        scenario.workload.ticketsPerDay = 240
        scenario.workload.refundsPerMille = 300
        scenario.exchange.pollHoldSeconds = 300
        // A process reads its disk again when it starts, and pauses when its line is gone.
        scenario.faults =
            faults + [
                ScheduledFault(.crash, at: .minutes(210)),
                ScheduledFault(.linkCut, at: .hours(5), lasts: .minutes(20), sites: ["nx-guyuan"]),
            ]
        return scenario
    }

    /// The run's verdict, and what travelled on its lines.
    private static func run(
        _ faults: [ScheduledFault], _ change: (inout Scenario) -> Void = { _ in }
    ) throws -> (run: Rehearsed, travelled: String) {
        var scenario = scenario(faults)
        change(&scenario)
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("fault-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("scenario.json")
        try Data(scenario.fileBytes).write(to: file)
        let run = try Rehearsed(["simulate", "run", file.path, "--quiet", "--travelled"])
        let line = run.output.split(separator: "\n").first { $0.hasPrefix("travelled ") }
        return (run, String(try #require(line, "\(run.errors)")))
    }

    private static let calm = Result { try run([]) }

    @Test("A fault by itself changes what the sites meet, and every promise holds all the same", arguments: kinds)
    func aFaultByItself(_ kind: FaultKind) throws {
        let at = Self.feltAfterCuts.contains(kind) ? VirtualTime.hours(4) : .hours(1)
        var fault = ScheduledFault(kind, at: at, lasts: kind.isMomentary ? nil : .minutes(100))
        fault.numbers = Self.numbers[kind] ?? [:]
        let (run, travelled) = try Self.run([fault])
        #expect(run.exit == 0, "\(kind.rawValue): \(run.output)")
        let calm = try Self.calm.get()
        #expect(travelled != calm.travelled, "\(kind.rawValue) does nothing")
    }

    @Test("A hub that was started since, and will never hear three of its branches again, decides in the end")
    func silentWitnesses() throws {
        let gone = ["xj-kashi", "xj-tacheng", "xj-aletai"]
        // Supervisors decide while nobody hears of it, and the hub is started again before anybody has.
        let faults = [
            ScheduledFault(.linkCut, at: .hours(4), sites: gone),
            ScheduledFault(.hubIsolated, at: .minutes(271), lasts: .minutes(49)),
            ScheduledFault(.crash, at: .minutes(305), sites: ["xj-hub"]),
        ]
        let (run, _) = try Self.run(faults) { scenario in
            scenario.topology = "Topology/xinjiang.json"
            scenario.branches = ["xj-hami", "xj-boertala", "xj-kashi", "xj-yili", "xj-tacheng", "xj-aletai"]
            scenario.starts = 1_772_413_200_000
            scenario.workload.ticketsPerDay = 9_600
            scenario.then.heal = .allBut
            scenario.then.sites = gone
            scenario.faults = faults
        }
        #expect(run.exit == 0, "\(run.output)")
    }

    @Test("Of a machine that is empty no backup is taken, and none is put back")
    func nothingToPutBack() throws {
        var replaced = ScheduledFault(.replacedMachine, at: .minutes(60), sites: ["nx-guyuan"])
        replaced.numbers["downSeconds"] = 7_200
        var putBack = ScheduledFault(.restoredBackup, at: .minutes(190), sites: ["nx-guyuan"])
        putBack.numbers = ["hoursBack": 2, "putsBackStarts": 1]
        let (run, _) = try Self.run([replaced, putBack])
        #expect(run.exit == 0, "\(run.output)")
    }

    @Test("Who looks at a doubted clock is no slower for a slow hub")
    func administratorIsNoMachine() throws {
        var slow = ScheduledFault(.slowNode, at: .minutes(50), lasts: .minutes(80), sites: ["nx-hub"])
        slow.numbers["timesSlower"] = 70
        var zone = ScheduledFault(.wrongZone, at: .hours(1))
        zone.numbers["zoneMinutes"] = 60
        let (run, _) = try Self.run([slow, zone])
        #expect(run.exit == 0, "\(run.output)")
    }

    @Test("What is planned and touches nothing changes nothing of what the sites meet")
    func whatIsPlanned() throws {
        // A clock that drifts by nothing, at the hub, whose own requests there are none of.
        let (run, travelled) = try Self.run([
            ScheduledFault(
                .clockDrift, at: .hours(1), lasts: .minutes(100), sites: ["nx-hub"], numbers: ["partsPerMillion": 0])
        ])
        let calm = try Self.calm.get()
        #expect(travelled == calm.travelled)
        #expect(run.digest != calm.run.digest)
    }
}
