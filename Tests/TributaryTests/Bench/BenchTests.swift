import Foundation
import Standards
import Testing

@testable import tributary

/// That the bench runs and tells what it found; what it found is no business of a test.
@Suite struct BenchTests {
    @Test("every measure runs at the smallest scale, and its figures are numbers above zero")
    func everyMeasureRuns() throws {
        let folder = try ScratchFolder(kept: nil)
        defer { folder.remove() }
        let program = Bundle.main.bundleURL.appendingPathComponent("tributary").path
        let scale = Scale(
            tickets: 400, rounds: 1, creations: 64, backlog: 600, weekHours: 2, weekTickets: 100, swarmRuns: 1,
            catchUpRows: 2, boardTickets: 300, boardFew: 100)
        let bench = Bench(scale, in: folder, program: program) { _ in }
        let report = try BenchCommand.report(Bench.measures, bench)
        #expect(report.measurements.map(\.name) == Bench.measures.map(\.name))
        for measurement in report.measurements {
            #expect(measurement.baseline.isFinite && measurement.baseline > 0, "\(measurement.name)")
            // A backlog of a few changes need not add a page to a process.
            let isPositive = measurement.name == "memory" || measurement.figure > 0
            #expect(measurement.figure.isFinite && isPositive, "\(measurement.name)")
            #expect(measurement.ratio.isFinite, "\(measurement.name)")
        }
        #expect(report.lines.count == Bench.measures.count + 1)
    }

    @Test("the measures are those of the budgets, with their bounds")
    func budgets() {
        let bounds = Bench.measures.map {
            "\($0.name) \($0.budget.judged) \($0.budget.better) \($0.budget.must) \($0.budget.aim)"
        }
        #expect(
            bounds == [
                "create ratio higher 3.0 10.0", "record ratio lower 2.0 1.5", "admit-new ratio lower 2.6 2.0",
                "admit-one-field ratio lower 2.2 1.5", "feed ratio lower 3.0 1.5",
                "bootstrap ratio lower 6.0 2.0", "wire-new figure lower 75.0 60.0",
                "wire-one-field figure lower 25.0 20.0", "size ratio lower 1.9 1.6", "memory figure lower 24.0 8.0",
                "due figure lower 5.0 2.0", "action ratio lower 1.5 1.2",
                "api ratio lower 5.0 3.0", "hub-figures ratio lower 2.0 1.1",
                "simulate figure lower 60.0 20.0", "simulate-memory figure lower 1024.0 512.0",
                "simulate-runs figure higher 5000.0 10000.0", "catch-up ratio lower 3.0 1.5",
            ])
    }

    @Test("the JSON has ten members a measure and says whether the budget is met")
    func json() throws {
        let measure = Measure(
            name: "feed", purpose: "", unit: "µs/change",
            budget: Budget(judged: .ratio, better: .lower, must: 3, aim: 1.5)
        ) { _ in Outcome(figure: 0, baseline: 1, ratio: 0) }
        let measurement = Measurement(measure, Outcome(figure: 6.000049, baseline: 2, ratio: 3))
        let json = BenchReport(measurements: [measurement]).json["measures"]?.arrayValue?.first
        let expected: JSONValue = [
            "name": "feed", "figure": .number(6), "baseline": .number(2), "ratio": .number(3), "unit": "µs/change",
            "judged": "ratio", "better": "lower", "must": .number(3), "aim": .number(1.5), "met": true,
        ]
        #expect(json == expected)
    }

    @Test("a value on a bound is within it, one beyond it is not, whichever way is good")
    func bounds() {
        let lower = Budget(judged: .ratio, better: .lower, must: 2, aim: 1)
        #expect(lower.holds(2, against: lower.must) && !lower.holds(2.001, against: lower.must))
        let higher = Budget(judged: .ratio, better: .higher, must: 3, aim: 10)
        #expect(higher.holds(3, against: higher.must) && !higher.holds(2.999, against: higher.must))
    }

    @Test("a debug build is refused with what to type, and an unknown measure with what was meant")
    func refusals() {
        #expect(Tributary.run(["bench", "recrod", "--debug-build"]) == .usage)
        #expect(Tributary.run(["bench", "record", "--calibration", "hub.json", "--debug-build"]) == .usage)
        #if DEBUG
            #expect(Tributary.run(["bench", "wire-new"]) == .usage)
        #endif
    }
}
