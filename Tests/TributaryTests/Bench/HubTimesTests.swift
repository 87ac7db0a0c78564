import Foundation
import Simulator
import Standards
import Testing

@testable import tributary

/// That a hub is measured for rehearsals; how fast it is, is no business of a test.
@Suite struct HubTimesTests {
    @Test("a calibration is written that a rehearsal reads, every figure above zero, with the day and the machine")
    func calibration() throws {
        let folder = try ScratchFolder(kept: nil)
        defer { folder.remove() }
        let program = Bundle.main.bundleURL.appendingPathComponent("tributary").path
        let scale = Scale(
            tickets: 400, rounds: 1, creations: 1, backlog: 1, weekHours: 1, weekTickets: 1, swarmRuns: 1,
            catchUpRows: 1, boardTickets: 1, boardFew: 1)
        let bench = Bench(scale, in: folder, program: program) { _ in }
        let measured = try HubTimes(bench).calibration(date: Machine.today, machine: Machine.words)
        let (read, findings) = Calibration.check(measured.json.bytes(pretty: true))
        #expect(read == measured, "\(findings)")
        #expect(measured.requestNanoseconds > 1_000 && measured.answerNanoseconds > 100)
        #expect(measured.machine.contains("core"))
    }
}
