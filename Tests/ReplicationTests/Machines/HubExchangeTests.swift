import Testing

@testable import Replication

@Suite("The hub's end of the exchange")
struct HubExchangeTests {
    private let east = SiteID("east")
    private let west = SiteID("west")

    private func arrives(
        _ request: UInt64, _ site: SiteID, _ lane: ExchangeRequest.Lane = .poll
    ) -> HubExchange.Event { .arrived(request: request, site: site, lane: lane) }

    @Test("a request is taken at once and a push answered at once")
    func push() {
        var hub = HubExchange()
        #expect(hub.handle(arrives(1, east, .push), at: 0) == [.take(1)])
        #expect(hub.handle(.taken(request: 1, isQuiet: true), at: 5) == [.answer(1)])
    }

    @Test("a poll with news is answered, one without is held until its time is up")
    func held() {
        var hub = HubExchange(holdMilliseconds: 100)
        _ = hub.handle(arrives(1, east), at: 0)
        #expect(hub.handle(.taken(request: 1, isQuiet: false), at: 0) == [.answer(1)])
        _ = hub.handle(arrives(2, east), at: 10)
        #expect(hub.handle(.taken(request: 2, isQuiet: true), at: 12) == [.setTimer(112)])
        #expect(hub.handle(.timer, at: 111) == [.setTimer(112)])
        #expect(hub.handle(.timer, at: 112) == [.answer(2)])
        #expect(hub.handle(.timer, at: 113) == [])
    }

    @Test("however many polls are held and answered, one timer at a time is asked for")
    func oneTimer() {
        var hub = HubExchange(holdMilliseconds: 100)
        var timers = 0
        for round in 0..<50 as Range<UInt64> {
            for (offset, site) in [(0, east), (1, west)] as [(UInt64, SiteID)] {
                let request = round * 2 + offset + 1
                _ = hub.handle(arrives(request, site), at: Int64(round))
                let effects = hub.handle(.taken(request: request, isQuiet: true), at: Int64(round))
                timers += effects.count { if case .setTimer = $0 { true } else { false } }
            }
            _ = hub.handle(.newsForEveryone, at: Int64(round))
        }
        #expect(timers == 1)
    }

    @Test("news wakes the held polls of those it concerns, or of everyone")
    func wakes() {
        var hub = HubExchange()
        for (request, site) in [(1, east), (2, west)] as [(UInt64, SiteID)] {
            _ = hub.handle(arrives(request, site), at: 0)
            _ = hub.handle(.taken(request: request, isQuiet: true), at: 0)
        }
        #expect(hub.handle(.news([west]), at: 1) == [.answer(2)])
        #expect(hub.handle(.news([west]), at: 2) == [])
        #expect(hub.handle(.newsForEveryone, at: 3) == [.answer(1)])
    }

    @Test("news that comes while a poll is being taken is not missed")
    func newsDuringTake() {
        var hub = HubExchange()
        _ = hub.handle(arrives(1, east), at: 0)
        _ = hub.handle(.news([east]), at: 1)
        #expect(hub.handle(.taken(request: 1, isQuiet: true), at: 2) == [.answer(1)])
        // The next poll reads that news itself and is held.
        _ = hub.handle(arrives(2, east), at: 3)
        #expect(hub.handle(.taken(request: 2, isQuiet: true), at: 4) == [.setTimer(20_004)])
        _ = hub.handle(.gone(request: 2), at: 5)
        _ = hub.handle(arrives(3, east), at: 6)
        _ = hub.handle(.newsForEveryone, at: 7)
        #expect(hub.handle(.taken(request: 3, isQuiet: true), at: 8) == [.answer(3)])
    }

    @Test("a newer request of a lane takes the place of an older one that waits or is held")
    func superseded() {
        var hub = HubExchange()
        _ = hub.handle(arrives(1, east), at: 0)
        _ = hub.handle(.taken(request: 1, isQuiet: true), at: 0)
        #expect(hub.handle(arrives(2, east), at: 1) == [.supersede(1), .take(2)])
        // While the writer has the second, a third and a fourth come; other lanes and sites are not touched.
        #expect(hub.handle(arrives(3, east), at: 2) == [])
        #expect(hub.handle(arrives(4, east), at: 3) == [.supersede(3)])
        #expect(hub.handle(arrives(5, west), at: 4) == [.take(5)])
        #expect(hub.handle(arrives(6, east, .push), at: 5) == [])
    }

    @Test("a poll that a newer one overtook at the writer is not held beside it")
    func supersededWhileTaken() {
        var hub = HubExchange()
        _ = hub.handle(arrives(1, east), at: 0)
        _ = hub.handle(arrives(2, east), at: 1)
        #expect(hub.handle(.taken(request: 1, isQuiet: true), at: 2) == [.supersede(1), .take(2)])
        #expect(hub.handle(.taken(request: 2, isQuiet: true), at: 3) == [.setTimer(20_003)])
        #expect(hub.handle(.news([east]), at: 4) == [.answer(2)])
    }

    @Test("a client that has gone is answered by nobody, wherever its request was")
    func gone() {
        var hub = HubExchange()
        _ = hub.handle(arrives(1, east), at: 0)
        _ = hub.handle(.gone(request: 1), at: 1)
        #expect(hub.handle(.taken(request: 1, isQuiet: false), at: 2) == [.forget(1)])
        _ = hub.handle(arrives(2, east), at: 3)
        _ = hub.handle(.taken(request: 2, isQuiet: true), at: 3)
        #expect(hub.handle(.gone(request: 2), at: 4) == [.forget(2)])
        #expect(hub.handle(.newsForEveryone, at: 5) == [])
        _ = hub.handle(arrives(3, east), at: 6)
        _ = hub.handle(arrives(4, east, .push), at: 7)
        #expect(hub.handle(.gone(request: 4), at: 8) == [.forget(4)])
        #expect(hub.handle(.taken(request: 3, isQuiet: false), at: 9) == [.answer(3)])
        _ = hub.handle(arrives(5, east), at: 10)
        _ = hub.handle(.gone(request: 5), at: 11)
        #expect(hub.handle(.refused(request: 5), at: 12) == [.forget(5)])
    }

    @Test("a refused request is answered and frees its place at the writer")
    func refused() {
        var hub = HubExchange()
        _ = hub.handle(arrives(1, east, .push), at: 0)
        _ = hub.handle(arrives(2, east), at: 0)
        #expect(hub.handle(.refused(request: 1), at: 1) == [.answer(1), .take(2)])
    }

    @Test("the writer has at most four requests, one of each site, and sites take turns")
    func turns() {
        var hub = HubExchange()
        let sites = (0..<6).map { SiteID("s\($0)") }
        var effects: [HubExchange.Effect] = []
        for (index, site) in sites.enumerated() {
            effects += hub.handle(arrives(UInt64(index) * 10, site, .push), at: 0)
            effects += hub.handle(arrives(UInt64(index) * 10 + 1, site), at: 0)
        }
        #expect(effects == [.take(0), .take(10), .take(20), .take(30)])
        // The poll of the first site has waited longest, and its push has left the writer.
        #expect(hub.handle(.taken(request: 0, isQuiet: true), at: 1) == [.answer(0), .take(1)])
        #expect(hub.handle(.taken(request: 10, isQuiet: true), at: 2) == [.answer(10), .take(11)])
        // The polls of the third and fourth wait for their own pushes; the fifth does not wait for them.
        #expect(hub.handle(.taken(request: 1, isQuiet: false), at: 3) == [.answer(1), .take(40)])
    }

    @Test("a site that sends without end does not starve the others")
    func fairness() {
        var hub = HubExchange()
        var request: UInt64 = 100
        var atWriter: [UInt64] = []
        var turnsUntilServed: [UInt64: Int] = [:]
        func note(_ effects: [HubExchange.Effect]) {
            for case .take(let number) in effects { atWriter.append(number) }
        }
        for site in 0..<8 { note(hub.handle(arrives(UInt64(site), SiteID("quiet\(site)"), .push), at: 0)) }
        var turns = 0
        while turnsUntilServed.count < 8 && turns < 100 {
            // The busy site fills every lane again before each turn.
            for lane in [.hello, .poll, .push] as [ExchangeRequest.Lane] {
                request += 1
                note(hub.handle(arrives(request, SiteID("busy"), lane), at: 0))
            }
            guard let next = atWriter.first else { break }
            atWriter.removeFirst()
            turns += 1
            if next < 8 { turnsUntilServed[next] = turns }
            note(hub.handle(.taken(request: next, isQuiet: false), at: 0))
        }
        #expect(turnsUntilServed.count == 8)
        #expect(turns <= 24)
    }
}
