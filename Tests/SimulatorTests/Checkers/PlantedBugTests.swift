import Foundation
import Testing

@testable import Simulator

/// Every checker catches the bug that was planted for it, and is quiet without it. Whole runs need a process of their
/// own: SQLite's default file system belongs to the process.
@Suite(.serialized)
struct PlantedBugTests {
    /// A bug's scenario is the file of its name in `PlantedBugs`; the number is that of the invariant it must break.
    static let invariants: [(bug: PlantedBug, number: Int)] = [
        (.droppedSync, 1), (.skipsChecksums, 2), (.refundKeyPerRequest, 3), (.countsRepeats, 4),
        (.mergesByArrival, 5), (.clockFromWall, 6), (.believesAnyStep, 10), (.forgetsLosers, 11), (.forgetsChain, 12),
        (.ignoresBatchLimit, 13), (.cursorBeforeApply, 14), (.lostWrite, 16), (.logsCustomers, 18), (.waitsForHub, 19),
        (.acknowledgesEarly, 20), (.forgetsEntries, 15), (.forgetsToSendAgain, 21), (.forgetsToSendAgain, 22),
        (.oneSiteTakesAll, 23), (.retriesAtOnce, 24), (.keepsOrigin, 15), (.knowsByNumber, 1), (.sendsWithdrawn, 8),
        (.sendsDownEarly, 8), (.releasesEarly, 3), (.keepsFiles, 21), (.keepsLog, 8),
        (.worksOnTaken, 26), (.keepsOldStandard, 9), (.hearsEarly, 7), (.hearsNothing, 25),
        (.paysAgain, 27), (.ignoresRoles, 28), (.revokesBackwards, 28), (.forgetsToTell, 29),
    ]

    @Test("A planted bug breaks the promise that it is against", arguments: invariants)
    func aPlantedBugBreaks(bug: PlantedBug, number: Int) throws {
        let run = try Rehearsed(file: Self.file(of: bug))
        #expect([3, 4].contains(run.exit), "\(run.output)")
        #expect(run.broken.contains(number), "\(run.output)")
    }

    @Test("The same rehearsal without the bug keeps every promise", arguments: invariants)
    func theSameRehearsalWithout(bug: PlantedBug, number: Int) throws {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: Self.file(of: bug)))
        var scenario = try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
        #expect(scenario.removeValue(forKey: "plantedBug") as? String == bug.rawValue)
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("planted-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let clean = folder.appendingPathComponent("clean.json")
        try JSONSerialization.data(withJSONObject: scenario).write(to: clean)
        let run = try Rehearsed(file: clean.path)
        #expect(run.exit == 0, "\(run.output)")
        #expect(run.broken == [])
    }

    private static func file(of bug: PlantedBug) -> String {
        ScenarioSamples.root.appendingPathComponent("Tests/SimulatorTests/PlantedBugs/\(bug.rawValue).json").path
    }
}
