import Foundation
import Standards
import Testing

@testable import Simulator

/// Each kind of fault by itself does something, and breaks no promise.
@Suite(.serialized)
struct FaultEffectTests {
    private static let kinds = SwarmDraw.kinds

    /// Three branches for half a day.
    private static func scenario(_ faults: [ScheduledFault]) -> Scenario {
        var scenario = Scenario(
            name: "One fault", asks: "Does it do anything?", topology: "Topology/ningxia.json", seed: 0xFA,
            starts: 1_772_380_800_000, lasts: .hours(6))
        scenario.branches = ["nx-yinchuan", "nx-guyuan", "nx-zhongwei"]
        scenario.workload.profile = .flat
        scenario.workload.ticketsPerDay = 240
        scenario.exchange.pollHoldSeconds = 300
        scenario.faults = faults
        return scenario
    }

    private static func run(_ faults: [ScheduledFault]) throws -> Rehearsed {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("fault-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("scenario.json")
        try Data(scenario(faults).fileBytes).write(to: file)
        return try Rehearsed(file: file.path)
    }

    private static let calm = Result { try run([]) }

    @Test("A fault by itself changes what happens, and every promise holds all the same", arguments: kinds)
    func aFaultByItself(_ kind: FaultKind) throws {
        var fault = ScheduledFault(kind, at: .hours(1), lasts: kind.isMomentary ? nil : .hours(3))
        if kind == .rollingUpgrade { fault.numbers = ["minutesBetween": 10] }
        let run = try Self.run([fault])
        #expect(run.exit == 0, "\(kind.rawValue): \(run.output)")
        #expect(run.digest != (try Self.calm.get()).digest, "\(kind.rawValue) does nothing")
    }
}
