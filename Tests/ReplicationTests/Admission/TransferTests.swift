import Testing

@testable import Replication

/// One ticket goes A → B → A → C while all three write to it, and every single message of the story goes wrong once in
/// every way.
struct TransferTests {
    private struct Story {
        let province: TestProvince
        var notes: UInt64 = 0

        init() throws { province = try TestProvince(branches: 3) }

        mutating func note(_ text: String, on ticket: EntityID, at site: TestSite) throws {
            guard let row = try site.store.row(ticket), row.state.exists, !row.isWithdrawn else { return }
            try province.write(TestProvince.note(text), on: ticket, at: site)
            notes += 1
        }

        /// The owner gives the ticket away, and everybody who has not heard of it goes on writing.
        mutating func transfer(_ ticket: EntityID, from owner: TestSite, to next: TestSite, _ leg: Int) throws {
            try note("canary of leg \(leg), before", on: ticket, at: owner)
            try province.write(TestProvince.home(next), on: ticket, at: owner)
            try province.exchange(.push, owner)
            try note("late word of leg \(leg)", on: ticket, at: owner)
            for _ in 0..<40 where try province.state(ticket, at: next)[TestDomain.home] != .text(next.id.text) {
                for site in [owner, next] { try province.sync(site) }
            }
            try note("canary of leg \(leg), after", on: ticket, at: next)
            try province.exchange(.push, next)
        }

        mutating func tell() throws -> EntityID {
            let sites = province.branches
            let ticket = try province.ticket(at: sites[0])
            try province.sync(sites[0])
            try transfer(ticket, from: sites[0], to: sites[1], 1)
            try transfer(ticket, from: sites[1], to: sites[0], 2)
            try transfer(ticket, from: sites[0], to: sites[2], 3)
            try province.converge()
            return ticket
        }
    }

    private func check(_ fault: (exchange: Int, kind: TestProvince.Fault)?) throws -> Int {
        var story = try Story()
        story.province.fault = fault
        let ticket = try story.tell()
        let province = story.province
        try province.checkAgreement()
        #expect(try province.state(ticket, at: province.hub).notes == story.notes, "\(String(describing: fault))")
        #expect(try province.refusals(of: ticket, at: province.hub) == [], "\(String(describing: fault))")
        // The first owner gets the second leg's text when the ticket comes back; B must never be sent what came after.
        let (one, two, three) = (province.branches[0], province.branches[1], province.branches[2])
        #expect(!province.hasSent("canary of leg 3, after", to: one), "\(String(describing: fault))")
        #expect(!province.hasSent("canary of leg 2, after", to: two), "\(String(describing: fault))")
        #expect(!province.hasSent("canary of leg 3", to: two), "\(String(describing: fault))")
        #expect(province.hasSent("canary of leg 1, before", to: three), "\(String(describing: fault))")
        return province.exchanges
    }

    @Test("a ticket that moves between three sites is never sent to one that has lost it, whichever message goes wrong")
    func everyBoundary() throws {
        let exchanges = try check(nil)
        #expect(exchanges > 20)
        for exchange in 1...exchanges {
            for kind in TestProvince.Fault.allCases { _ = try check((exchange, kind)) }
        }
    }
}
