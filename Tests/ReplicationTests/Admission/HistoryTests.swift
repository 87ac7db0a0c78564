import Testing

@testable import Replication

struct HistoryTests {
    private let province: TestProvince
    private let one: TestSite
    private let two: TestSite

    init() throws {
        province = try TestProvince(branches: 2)
        one = province.branches[0]
        two = province.branches[1]
    }

    private func longTicket(_ notes: Int) throws -> EntityID {
        let ticket = try province.ticket(at: one)
        for number in 0..<notes { try province.write(TestProvince.note("note \(number)"), on: ticket, at: one) }
        return ticket
    }

    private func share(_ ticket: EntityID, isShared: Bool = true) throws {
        let site = Value.text(two.id.text)
        try province.write(
            isShared ? .add(TestDomain.collaborators, site) : .remove(TestDomain.collaborators, site), on: ticket,
            at: one)
        try province.sync(one)
    }

    @Test("an enter brings the whole history, in as many parts as its budget asks for, and hides it until it is whole")
    func chunks() throws {
        let ticket = try longTicket(40)
        try province.converge()
        province.budget = 400
        try share(ticket)
        var polls = 0
        var seen: [Bool] = []
        while try two.store.row(ticket)?.isWithdrawn != false, polls < 100 {
            try province.exchange(.poll, two)
            polls += 1
            if let row = try two.store.row(ticket), row.isWithdrawn { seen.append(row.state.exists) }
        }
        #expect(polls > 5)
        #expect(seen.contains(true))
        try province.converge()
        try province.checkAgreement()
        #expect(try province.state(ticket, at: two).notes == 40)
    }

    @Test("what is admitted while a history is on its way comes after it, and nothing comes twice or not at all")
    func liveDuringHistory() throws {
        let ticket = try longTicket(30)
        try province.converge()
        province.budget = 400
        try share(ticket)
        var answers = 0
        var live = 0
        while try two.store.row(ticket)?.isWithdrawn != false, answers < 100 {
            let message = try province.prepare(.poll, at: two)
            let bytes = try province.deliver(message.bytes, from: two)
            let answer = try ExchangeAnswer(encoded: bytes)
            for entry in answer.entries {
                if case .change(let change) = entry.content, change.entity == ticket { live += 1 }
            }
            try province.apply(bytes, to: message, at: two)
            answers += 1
            try province.write(TestProvince.note("live \(answers)"), on: ticket, at: one)
            try province.exchange(.push, one)
        }
        #expect(live == 0)
        try province.converge()
        try province.checkAgreement()
        #expect(try province.state(ticket, at: two).notes == UInt64(30 + answers))
    }

    @Test("a history that is lost on its way is asked for again from where it broke off")
    func lostChunks() throws {
        let ticket = try longTicket(20)
        try province.converge()
        province.budget = 400
        try share(ticket)
        for number in 0..<30 {
            let message = try province.prepare(.poll, at: two)
            let answer = try province.deliver(message.bytes, from: two)
            if number % 2 == 1 { try province.apply(answer, to: message, at: two) }
        }
        try province.converge()
        try province.checkAgreement()
        #expect(try province.state(ticket, at: two).notes == 20)
    }

    @Test("a part of a history that comes after the ticket was withdrawn again is dropped")
    func chunkAfterWithdraw() throws {
        let ticket = try longTicket(20)
        try province.converge()
        province.budget = 400
        try share(ticket)
        try province.exchange(.poll, two)
        let wish = try province.prepare(.poll, at: two)
        let part = try province.deliver(wish.bytes, from: two)
        try share(ticket, isShared: false)
        try share(ticket)
        try share(ticket, isShared: false)
        let later = try province.prepare(.poll, at: two)
        let withdrawn = try province.deliver(later.bytes, from: two)
        try province.apply(withdrawn, to: later, at: two)
        let before = try province.logCount(at: two)
        try province.apply(part, to: wish, at: two)
        #expect(try province.logCount(at: two) == before)
        try province.converge()
        try province.checkAgreement()
        #expect(try province.isGone(ticket, at: two))
    }

    @Test("a ticket that comes back brings what was done meanwhile, and the receiver's own changes stay in their place")
    func comesBack() throws {
        let ticket = try longTicket(2)
        try share(ticket)
        try province.converge()
        try province.write(TestProvince.title("of two"), on: ticket, at: two)
        try province.converge()
        try share(ticket, isShared: false)
        try province.converge()
        try province.write(TestProvince.title("meanwhile"), on: ticket, at: one)
        try share(ticket)
        try province.converge()
        try province.checkAgreement()
        #expect(try province.title(of: ticket, at: two) == "meanwhile")
        let row = try #require(try two.store.row(ticket))
        #expect(try two.store.changes(of: row.number).contains { $0.origin == OriginID(raw: 0xB2) })
        try province.write(TestProvince.note("again"), on: ticket, at: two)
        try province.converge()
        try province.checkAgreement()
    }

    @Test("a ticket that comes back to a site which holds all of it is shown at once, without its history")
    func comesBackUnchanged() throws {
        let ticket = try province.ticket(at: one)
        try province.write(TestProvince.home(two), on: ticket, at: one)
        try province.write(TestProvince.home(one), on: ticket, at: one)
        try province.exchange(.hello, one)
        try province.exchange(.push, one)
        try province.exchange(.poll, one)
        #expect(try one.store.row(ticket)?.isWithdrawn == false)
        let next = try province.prepare(.poll, at: one).request
        #expect(next.wishes == [])
        #expect(next.whole.count == 1)
        try province.converge()
        try province.checkAgreement()
    }

    @Test("a hub that speaks protocol 1 is asked for 64 histories at once, another for 512")
    func historiesOfOlderHub() throws {
        for _ in 0..<70 {
            let ticket = try longTicket(1)
            try province.write(.add(TestDomain.collaborators, .text(two.id.text)), on: ticket, at: one)
        }
        try province.sync(one)
        try province.exchange(.poll, two)
        #expect(try province.prepare(.poll, at: two).request.wishes.count == 70)
        try two.session { $0.life.hubProtocol = 1 }
        #expect(try province.prepare(.poll, at: two).request.wishes.count == 64)
    }

    @Test("more tickets than one request may wish for all come")
    func manyHistories() throws {
        let count = ReplicationLimits.historiesInRequest + 6
        let tickets = try (0..<count).map { _ in try longTicket(1) }
        try province.converge()
        for ticket in tickets {
            try province.write(.add(TestDomain.collaborators, .text(two.id.text)), on: ticket, at: one)
        }
        try province.converge()
        try province.checkAgreement()
        for ticket in tickets { #expect(try province.state(ticket, at: two).notes == 1) }
    }
}
