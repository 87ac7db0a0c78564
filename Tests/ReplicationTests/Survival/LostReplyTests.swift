import Testing

@testable import Replication

/// The hub has taken a batch and its author has not been told, and then something happens to the author's database that
/// makes it issue changes again: what is there already must not be there twice.
struct LostReplyTests {
    enum Mishap: CaseIterable {
        /// Put back to before the batch was written, to before it was sent, and as it was when it was sent.
        case putBackEmpty, putBackUnsent, putBackSent
        /// A copy made before the batch was sent speaks first, or second.
        case cloneFirst, cloneSecond
        /// The clock is found to be three hours off after the batch has left.
        case clockStepped
        /// The batch comes once more a day later.
        case replayed
    }

    private static let written = 6

    @Test(
        "what the hub has of a batch whose reply was lost is there once, whatever becomes of its author",
        arguments: Mishap.allCases)
    func once(_ mishap: Mishap) throws {
        // So small a budget that the reply is lost after none, some or all of the batches.
        for lost in 0...Self.written {
            let province = try TestProvince(branches: 2)
            let branch = province.branches[0]
            let ticket = try province.ticket(at: branch, sharedWith: [province.branches[1]])
            try province.converge()
            try play(mishap, lost, province, branch, ticket)
            for site in province.sites {
                let state = try province.state(ticket, at: site)
                #expect(state.counts[TestDomain.calls] == Int64(Self.written), "\(mishap) after \(lost) at \(site.id)")
                #expect(try notes(of: ticket, at: site) == Self.texts, "\(mishap) after \(lost) at \(site.id)")
            }
            try province.checkAgreement()
        }
    }

    private static let texts = (0..<written).map { "note \($0)" }

    private func notes(of ticket: EntityID, at site: TestSite) throws -> [String] {
        let row = try #require(try site.store.row(ticket))
        return try site.store.entries(of: row.number).filter { $0.isAdmitted }.flatMap { entry in
            entry.change.edits.compactMap { edit in
                if case .note(let note) = edit { note.text } else { nil }
            }
        }.sorted()
    }

    private func write(_ numbers: Range<Int>, _ province: TestProvince, _ site: TestSite, _ ticket: EntityID) throws {
        for number in numbers {
            try province.write(
                TestProvince.note("note \(number)"), .count(TestDomain.calls, 1), on: ticket, at: site)
        }
    }

    private func play(
        _ mishap: Mishap, _ lost: Int, _ province: TestProvince, _ branch: TestSite, _ ticket: EntityID
    ) throws {
        let empty = try branch.backUp()
        if mishap == .clockStepped { try branch.restart(ahead: 3 * 3_600_000) }
        try write(0..<Self.written, province, branch, ticket)
        let unsent = try branch.backUp()
        try province.exchange(.hello, branch)
        province.budget = 1
        // Of the first batches the reply comes; of the last one that is taken it is lost.
        for _ in 0..<max(0, lost - 1) { try province.exchange(.push, branch) }
        let message = lost > 0 ? try province.prepare(.push, at: branch) : nil
        if let message { _ = try province.deliver(message.bytes, from: branch) }
        province.budget = ReplicationLimits.bytesInBatch
        let sent = try branch.backUp()
        switch mishap {
        case .putBackEmpty:
            try branch.putBack(empty)
            try branch.begin()
            // Clerks write again what they find missing; what the hub has comes back.
            try branch.renew(province.drawOrigin(), at: province.now)
            try write(lost..<Self.written, province, branch, ticket)
        case .putBackUnsent, .putBackSent:
            try branch.putBack(mishap == .putBackUnsent ? unsent : sent)
            try branch.begin()
            try branch.renew(province.drawOrigin(), at: province.now)
        case .cloneFirst, .cloneSecond:
            let clone = try province.newDatabase(of: branch.id.text, origin: province.drawOrigin(), in: "/clone")
            try clone.putBack(unsent)
            try clone.begin(start: 2)
            for site in mishap == .cloneFirst ? [clone, branch] : [branch, clone] { try? province.recover(site) }
            // One of the two is put away; the other is the branch from now on.
            try branch.renew(province.drawOrigin(), at: province.now)
            branch.isOpen = false
        case .clockStepped: try branch.restart(ahead: 3 * 3_600_000)
        case .replayed:
            province.now += 86_400_000
            if let message { _ = try province.deliver(message.bytes, from: branch) }
        }
        try province.recover(branch)
        try province.converge()
        try province.recover(branch)
        try province.converge()
    }
}
