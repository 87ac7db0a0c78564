import Foundation
import Standards
import Testing

@testable import Simulator

/// A province that works by the whole standard, as `Simulations/procedures-behind-a-cut.json` has it.
@Suite(.serialized)
struct ProcedureRunTests {
    private struct Run {
        let json: JSONValue

        init(_ arguments: [String], file: String) throws {
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent("run-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            let out = folder.appendingPathComponent("out.json")
            let run = try Rehearsed(["simulate", "run", file, "--quiet", "--json", out.path] + arguments)
            #expect(run.exit == 0, "\(run.output) \(run.errors)")
            json = try JSONValue(parsing: Array(try Data(contentsOf: out)), sizeLimit: 1 << 26)
        }

        func count(_ mark: RareEvent) -> Int64 {
            let found = json["marks"]?.arrayValue?.first { $0["name"] == .string(mark.rawValue) }
            return ProcedureRunTests.number(found?["count"]) ?? 0
        }

        func verdict(of invariant: Int) -> String? {
            let found = json["invariants"]?.arrayValue?.first { $0["number"] == .integer(Int64(invariant)) }
            return found?["verdict"]?.stringValue
        }
    }

    private static func number(_ value: JSONValue?) -> Int64? {
        if case .integer(let number)? = value { number } else { nil }
    }

    @Test("Tickets are worked to their end by the procedure, and whatever may happen to them on the way does")
    func ticketsAreWorkedTo() throws {
        let run = try Run([], file: "Simulations/procedures-behind-a-cut.json")
        let tickets = try #require(Self.number(run.json["tickets"]))
        let ended = run.count(.ended)
        // The last that were opened are still under way.
        #expect(ended * 100 > tickets * 60, "\(ended) of \(tickets)")
        for mark in [
            RareEvent.consulted, .doneInWindow, .escalated, .escalatedWhileCutOff, .expedited, .givenBack,
            .handOverReturned, .resultUsed, .resumed, .rolledBack, .stepLate, .taken, .vetoed, .vetoedWhileApproved,
            .votedAgain,
            .decidedWithin, .decidedAbove, .roleTaken, .roleContested, .actedUnheard,
        ] { #expect(run.count(mark) > 0, "\(mark.rawValue)") }
        for invariant in [3, 7, 9, 10, 25, 26, 28, 29] {
            #expect(run.verdict(of: invariant) == "holds", "invariant \(invariant)")
        }
        let service = try #require(run.json["service"])
        let figures = ["breachesTrue", "breachesByLag", "breachesRevised"].compactMap { Self.number(service[$0]) }
        #expect(figures.count == 3 && figures.reduce(0, +) == Self.number(service["breachesSeen"]))
        #expect(figures[0] > 0 && figures[1] > 0, "\(figures)")
    }

    @Test("Where the standard sets no limits, what is said of clocks is not called held")
    func whereTheStandardSets() throws {
        let run = try Run([], file: "Simulations/refunds-behind-a-cut.json")
        for invariant in [7, 25] { #expect(run.verdict(of: invariant) == "notExercised") }
        #expect(run.verdict(of: 9) == "holds")
        #expect(run.json["service"]?["clocks"] == 0)
    }
}
