import Testing

@testable import Replication

/// Ways in which a design of this kind was shown to fail on paper, each played out.
struct CounterExampleTests {
    private static let hubKey = Array("a hub key of thirty-two bytes....".utf8)

    private func ask(_ province: TestProvince, on ticket: EntityID, at site: TestSite) throws -> ChangeReference {
        let asked = OnceRequest(purpose: "refund", key: "one charge", amount: 5_000)
        return try province.write(.request(asked), on: ticket, at: site).change.reference
    }

    private func grant(_ request: ChangeReference, _ province: TestProvince) throws -> Decision {
        try province.hub.session {
            try $0.decide(
                request, .granted, reason: "", actor: "supervisor", hubKey: Self.hubKey, at: province.now)
        }
    }

    /// The answer that there is already; nil if it is to be granted only now.
    private func answered(_ request: ChangeReference, _ province: TestProvince) throws -> Answer? {
        if case .answered(let answer) = try grant(request, province) { answer } else { nil }
    }

    private func granted(_ province: TestProvince) throws -> Int {
        try province.hub.database.first("SELECT count(*) FROM outbox") { $0.int(0) } ?? 0
    }

    @Test("two hubs that are alive at once, each with some of the branches, pay one charge once")
    func twoHubs() throws {
        let province = try TestProvince(branches: 5, hubKey: Self.hubKey)
        let sites = province.branches
        let tickets = try sites.map { try province.ticket(at: $0) }
        try province.converge()
        let copy = try province.hub.backUp()
        let old = province.hub
        // The old hub goes on with two branches: it decides, and two have passed the marker.
        let first = try ask(province, on: tickets[0], at: sites[0])
        for site in sites[..<2] { try province.sync(site) }
        #expect(try grant(first, province) == .marked)
        for site in sites[..<2] { try province.sync(site) }
        #expect(try granted(province) == 0)
        // Another hub is begun from the copy, for the other three.
        let new = try province.newDatabase(of: "hub", origin: province.drawOrigin(), in: "/new", isHub: true)
        try new.putBack(copy)
        try new.begin()
        province.answer(as: new)
        try province.beginEpoch()
        for site in sites[2...] { try province.recover(site) }
        let second = try ask(province, on: tickets[2], at: sites[2])
        for _ in 0..<2 { for site in sites[2...] { try province.sync(site) } }
        #expect(try grant(second, province) == .marked)
        for _ in 0..<2 { for site in sites[2...] { try province.sync(site) } }
        #expect(try granted(province) == 1)
        // None of the three gives the old hub the witness that it lacks.
        province.answer(as: old)
        for site in sites {
            site.isOpen = false
            _ = try? province.exchange(.hello, site)
            _ = try? province.exchange(.poll, site)
        }
        #expect(try granted(province) == 0)
        // The old hub's two come over: what was asked there is refused here.
        province.answer(as: new)
        for _ in 0..<2 { for site in sites { try province.recover(site) } }
        try province.converge()
        #expect(try answered(first, province)?.outcome == .refused)
        #expect(try granted(province) == 1)
        try province.converge()
        try province.checkAgreement()
        // Nor is the charge paid by a third hub, which has nothing but what the branches bring: not for the first one's
        // request, whose marker is as sound as the other and of a lower epoch.
        try province.rebuildHub()
        for _ in 0..<2 { for site in sites { try province.recover(site) } }
        #expect(try answered(first, province)?.outcome == .refused)
        try province.converge()
        #expect(try granted(province) == 0)
    }

    @Test("a hub put back unnoticed that marks a charge once more makes nobody stop, and it is paid once")
    func markedTwice() throws {
        let province = try TestProvince(branches: 3, hubKey: Self.hubKey)
        let sites = province.branches
        let ticket = try province.ticket(at: sites[0], sharedWith: [sites[1]])
        try province.converge()
        let first = try ask(province, on: ticket, at: sites[0])
        let second = try ask(province, on: ticket, at: sites[0])
        try province.converge()
        let copy = try province.hub.backUp()
        #expect(try grant(first, province) == .marked)
        try province.sync(sites[1])
        try province.hub.putBack(copy)
        try province.hub.begin()
        // Until it has heard a site that may know better it marks nothing.
        #expect(failure { try grant(second, province) } == .behind)
        try province.sync(sites[2])
        #expect(try grant(second, province) == .marked)
        try province.sync(sites[2])
        #expect(failure { try province.sync(sites[1]) } == .behind)
        try province.beginEpoch()
        for _ in 0..<3 { for site in sites { try province.recover(site) } }
        try province.converge()
        try province.checkAgreement()
        for request in [first, second] { _ = try grant(request, province) }
        try province.converge()
        #expect(try granted(province) == 1)
        let answers = try [first, second].compactMap { try province.state(ticket, at: sites[0]).answer(to: $0) }
        #expect(answers.count == 2)
        #expect(answers.count(where: { $0.outcome == .granted }) == 1)
        try province.checkAgreement()
    }

    @Test("a request that another site has brought back is no ground to decide before its author's site is heard")
    func broughtByAnother() throws {
        let province = try TestProvince(branches: 4, hubKey: Self.hubKey)
        let (author, others) = (province.branches[0], province.branches[1...])
        let ticket = try province.ticket(at: author, sharedWith: Array(others))
        try province.converge()
        let request = try ask(province, on: ticket, at: author)
        try province.converge()
        let copy = try province.hub.backUp()
        try province.hub.putBack(copy)
        try province.hub.begin()
        try province.rebuildHub()
        for site in others { try province.recover(site) }
        try province.hub.session { session in
            // As if the author's site had never counted, so that the hub need not wait for it to decide at all.
            session.life.isGathering = false
        }
        #expect(try province.state(ticket, at: province.hub).requests.count == 1)
        #expect(failure { try grant(request, province) } == .behind)
        try province.recover(author)
        #expect(try grant(request, province) == .marked)
    }

    @Test("of a site that is given up what others have brought back is ground enough")
    func authorGivenUp() throws {
        let province = try TestProvince(branches: 2, hubKey: Self.hubKey)
        let (author, other) = (province.branches[0], province.branches[1])
        let ticket = try province.ticket(at: author, sharedWith: [other])
        try province.converge()
        let request = try ask(province, on: ticket, at: author)
        try province.converge()
        try province.rebuildHub()
        try province.recover(other)
        #expect(failure { try grant(request, province) } == .behind)
        try province.hub.session { try $0.declareLost(author.id, actor: "operator", at: province.now) }
        #expect(try grant(request, province) == .marked)
    }

    @Test("a request is not granted while a site that may have been told of its refusal is not heard")
    func refusedBefore() throws {
        let province = try TestProvince(branches: 4, hubKey: Self.hubKey)
        let (author, others) = (province.branches[0], province.branches[1...])
        let ticket = try province.ticket(at: author)
        let request = try ask(province, on: ticket, at: author)
        try province.converge()
        let copy = try province.hub.backUp()
        _ = try province.hub.session {
            try $0.decide(
                request, .refused, reason: "not proved", actor: "supervisor", hubKey: Self.hubKey, at: province.now)
        }
        try province.converge()
        try province.hub.putBack(copy)
        try province.hub.begin()
        try province.beginEpoch()
        for site in others { try province.recover(site) }
        #expect(try province.hub.life().isGathering == false)
        #expect(failure { try grant(request, province) } == .behind)
        try province.recover(author)
        #expect(try answered(request, province)?.outcome == .refused)
        try province.converge()
        #expect(try granted(province) == 0)
    }

    @Test("what a put-back hub marks before it knows is not paid when an earlier refusal comes back")
    func markedAfterRefusal() throws {
        let province = try TestProvince(branches: 4, hubKey: Self.hubKey)
        let (author, others) = (province.branches[0], province.branches[1...])
        let ticket = try province.ticket(at: author)
        let request = try ask(province, on: ticket, at: author)
        try province.converge()
        let copy = try province.hub.backUp()
        _ = try province.hub.session {
            try $0.decide(
                request, .refused, reason: "not proved", actor: "supervisor", hubKey: Self.hubKey, at: province.now)
        }
        try province.sync(author)
        try province.hub.putBack(copy)
        try province.hub.begin()
        for site in others { try province.sync(site) }
        #expect(try grant(request, province) == .marked)
        try province.beginEpoch()
        for _ in 0..<3 { for site in others { try province.recover(site) } }
        #expect(try granted(province) == 0)
        for _ in 0..<3 { for site in province.branches { try province.recover(site) } }
        try province.converge()
        #expect(try granted(province) == 0)
        #expect(try province.state(ticket, at: author).answer(to: request)?.outcome == .refused)
    }

    @Test("a verdict on its own change reaches a site although the ticket has left it meanwhile")
    func verdictAfterLeaving() throws {
        let province = try TestProvince(branches: 2)
        let (first, second) = (province.branches[0], province.branches[1])
        let ticket = try province.ticket(at: first)
        try province.converge()
        first.domain = TestDomain.permissive
        try province.write(TestProvince.title("forbidden"), on: ticket, at: first)
        try province.write(TestProvince.home(second), on: ticket, at: province.hub)
        try province.converge()
        #expect(try province.isGone(ticket, at: first))
        #expect(try province.refusals(of: ticket, at: first).count == 1)
        #expect(try province.title(of: ticket, at: second) == "broken line")
    }

    @Test("a put-back branch that changes its own earlier value again has seen it: nobody is shown a conflict")
    func ownValueAgain() throws {
        let province = try TestProvince(branches: 2)
        let (branch, other) = (province.branches[0], province.branches[1])
        let ticket = try province.ticket(at: branch, sharedWith: [other])
        try province.write(TestProvince.title("before the backup"), on: ticket, at: branch)
        try province.converge()
        let copy = try branch.backUp()
        try province.write(TestProvince.note("lost"), on: ticket, at: branch)
        try province.sync(branch)
        try branch.putBack(copy)
        try branch.begin()
        try province.write(TestProvince.title("after it"), on: ticket, at: branch)
        try province.recover(branch)
        try province.converge()
        for site in province.sites {
            #expect(try province.title(of: ticket, at: site) == "after it")
            #expect(try province.state(ticket, at: site).conflicts.isEmpty, "\(site.id)")
            #expect(try province.state(ticket, at: site).notes == 1)
        }
    }

    @Test("an edit that was written seven weeks ago takes the place of its time, and loses to what came after it")
    func sevenWeeksLate() throws {
        let province = try TestProvince(branches: 2)
        let (first, second) = (province.branches[0], province.branches[1])
        let ticket = try province.ticket(at: first, sharedWith: [second])
        try province.converge()
        try province.write(TestProvince.title("seven weeks ago"), on: ticket, at: second)
        try province.write(TestProvince.remark("nobody else's"), on: ticket, at: second)
        for week in 1...7 {
            province.now += 7 * 86_400_000
            try province.write(TestProvince.title("week \(week)"), on: ticket, at: first)
            try province.converge(without: [second.id])
            _ = try province.hub.session { try $0.boundFeeds(at: province.now) }
        }
        try province.recover(second)
        try province.converge()
        try province.checkAgreement()
        for site in province.sites {
            #expect(try province.title(of: ticket, at: site) == "week 7")
            #expect(try province.state(ticket, at: site)[TestDomain.remark] == .text("nobody else's"))
            #expect(try province.state(ticket, at: site).conflicts.map(\.subject) == [.field(TestDomain.title)])
        }
    }
}
