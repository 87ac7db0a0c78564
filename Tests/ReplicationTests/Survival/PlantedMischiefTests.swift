import Testing

@testable import Replication

/// Each mischief is the bug that one rule prevents. Its story holds without it, and with it something of the story's
/// own checks fails: a story that passed with the bug would prove nothing of the rule.
struct PlantedMischiefTests {
    struct Plant: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let bug: Mischief
        let story: @Sendable (Mischief) throws -> Void
    }

    static let plants = [
        Plant(testDescription: "erasesEarly", bug: .erasesEarly, story: onlyCopy),
        Plant(testDescription: "erasesReturned", bug: .erasesReturned, story: backBeforeErase),
        Plant(testDescription: "keepsErased", bug: .keepsErased, story: gone),
        Plant(testDescription: "foldsRefused", bug: .foldsRefused, story: refusal),
        Plant(testDescription: "forgetsVerdicts", bug: .forgetsVerdicts, story: refusal),
        Plant(testDescription: "ignoresShown", bug: .ignoresShown, story: twoClerks),
        Plant(testDescription: "waitsForHoles", bug: .waitsForHoles, story: hole),
    ]

    @Test("the story of a rule holds, and a bug planted against the rule breaks it", arguments: plants)
    func breaks(_ plant: Plant) throws {
        try plant.story(.none)
        withKnownIssue { try plant.story(plant.bug) }
    }

    private static func province(_ branches: Int, _ bug: Mischief) throws -> TestProvince {
        try TestProvince(
            branches: branches, domain: TestDomain(mischief: bug), hubKey: Array("a key for planted bugs".utf8))
    }

    private static func recoverAll(_ province: TestProvince) throws {
        for _ in 0..<2 { for site in province.branches { try province.recover(site) } }
        try province.converge()
        try province.checkAgreement()
    }

    /// The hub's disk is lost before the new owner has heard of its ticket: only the old owner's locked copy is left.
    private static let onlyCopy: @Sendable (Mischief) throws -> Void = { bug in
        let province = try province(2, bug)
        let (first, second) = (province.branches[0], province.branches[1])
        let ticket = try province.ticket(at: first)
        try province.converge()
        try province.write(TestProvince.home(second), on: ticket, at: first)
        try province.sync(first)
        #expect(try province.isGone(ticket, at: first))
        let fresh = try province.newDatabase(
            of: "hub", origin: province.drawOrigin(), in: "/another", domain: TestDomain(mischief: bug), isHub: true)
        province.answer(as: fresh)
        try province.beginEpoch()
        try recoverAll(province)
        #expect(try province.title(of: ticket, at: second) == "broken line")
    }

    /// A ticket comes back while its old copy waits to be erased, and then the last site reads that it was waited for.
    private static let backBeforeErase: @Sendable (Mischief) throws -> Void = { bug in
        let province = try province(3, bug)
        let (first, third) = (province.branches[0], province.branches[2])
        let ticket = try province.ticket(at: first, sharedWith: [third])
        try province.converge()
        try province.write(TestProvince.note("not read by the third yet"), on: ticket, at: first)
        try province.write(TestProvince.home(province.branches[1]), on: ticket, at: first)
        try province.sync(first)
        #expect(try first.store.row(ticket)?.isWithdrawn == true)
        try province.write(TestProvince.home(first), on: ticket, at: province.hub)
        try province.sync(third)
        try province.converge()
        #expect(try first.store.row(ticket)?.isWithdrawn == false)
        try province.checkAgreement()
    }

    private static let gone: @Sendable (Mischief) throws -> Void = { bug in
        let province = try province(2, bug)
        let (first, second) = (province.branches[0], province.branches[1])
        let ticket = try province.ticket(at: first)
        try province.converge()
        try province.write(TestProvince.home(second), on: ticket, at: first)
        try province.converge()
        #expect(try first.store.row(ticket) == nil)
        try province.checkAgreement()
    }

    private static let refusal: @Sendable (Mischief) throws -> Void = { bug in
        let province = try province(2, bug)
        let first = province.branches[0]
        let ticket = try province.ticket(at: first, sharedWith: [province.branches[1]])
        first.domain = TestDomain(isStrict: false, mischief: bug)
        try province.write(TestProvince.title("forbidden"), on: ticket, at: first)
        try province.converge()
        #expect(try province.title(of: ticket, at: first) == "broken line")
        try province.checkAgreement()
    }

    private static let twoClerks: @Sendable (Mischief) throws -> Void = { bug in
        let province = try province(1, bug)
        let branch = province.branches[0]
        let ticket = try province.ticket(at: branch)
        let version = try #require(try branch.store.row(ticket)).version
        let shown = RowVersion(origin: try branch.life().origin, version: version)
        try province.write(TestProvince.title("the first clerk's"), on: ticket, at: branch, shown: shown)
        let second = failure {
            try province.write(TestProvince.title("the second clerk's"), on: ticket, at: branch, shown: shown)
        }
        #expect(second == .changedSince)
        #expect(try province.title(of: ticket, at: branch) == "the first clerk's")
    }

    /// A branch holds of a ticket that has left it numbers and hashes only, and goes on after it.
    private static let hole: @Sendable (Mischief) throws -> Void = { bug in
        let province = try province(2, bug)
        let (first, second) = (province.branches[0], province.branches[1])
        let moved = try province.ticket(at: first)
        try province.converge()
        try province.write(TestProvince.home(second), on: moved, at: first)
        try province.converge()
        #expect(try first.store.row(moved) == nil)
        let later = try province.ticket(at: first, title: "after the hole")
        try province.converge()
        let fresh = try province.newDatabase(
            of: "hub", origin: province.drawOrigin(), in: "/another", domain: TestDomain(mischief: bug), isHub: true)
        province.answer(as: fresh)
        try province.beginEpoch()
        // The new owner, who has the content of what left, is away.
        try province.recover(first)
        #expect(try province.title(of: later, at: province.hub) == "after the hole")
        try recoverAll(province)
        #expect(try province.title(of: moved, at: province.hub) == "broken line")
    }
}
