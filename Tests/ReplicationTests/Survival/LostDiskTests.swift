import Testing

@testable import Replication

/// What is said of disks that do not come back, and of hubs that stop.
struct LostDiskTests {
    private let province: TestProvince
    private let first: TestSite
    private let second: TestSite

    init() throws {
        province = try TestProvince(branches: 2, hubKey: Array("a hub key of thirty-two bytes....".utf8))
        first = province.branches[0]
        second = province.branches[1]
        try province.converge()
    }

    @Test("what a lost disk alone held is counted, as far as its branch had told, when the site joins anew")
    func counted() throws {
        for _ in 0..<3 { _ = try province.ticket(at: first) }
        // The branch is heard once and dies before anything is sent.
        try province.exchange(.hello, first)
        #expect(try province.hub.store.peer(site: first.id)?.backlog == 3)
        _ = try province.replace(first, origin: province.drawOrigin())
        let incident = try #require(try province.hub.store.incidents(limit: 1).first)
        #expect(incident.kind == "joined anew")
        #expect(incident.text.contains("3 changes that only it held"), "\(incident.text)")
        #expect(try province.hub.store.peer(site: first.id)?.backlog == 0)
    }

    @Test("of a site that is declared lost it is said how many changes only it held")
    func declaredLost() throws {
        _ = try province.ticket(at: first)
        try province.exchange(.hello, first)
        try province.hub.session { try $0.declareLost(first.id, actor: "operator", at: province.now) }
        let texts = try province.hub.store.incidents(limit: 5).map(\.text)
        #expect(texts.contains { $0.contains("1 change that only it held") }, "\(texts)")
    }

    @Test("a site that is in the directory and has never joined is not waited for, by a restored and by a rebuilt hub")
    func neverJoined() throws {
        try province.addToDirectory(SiteID("branch-9"))
        try province.converge()
        try province.beginEpoch()
        #expect(try province.hub.store.peer(site: SiteID("branch-9"))?.isCompared == true)
        for site in province.branches { try province.recover(site) }
        try province.converge()
        try province.rebuildHub()
        for _ in 0..<3 { for site in province.branches { try province.recover(site) } }
        #expect(try province.hub.life().isGathering == false)
        #expect(try province.hub.store.hasUncompared() == false)
    }

    @Test("a hub whose every site was declared lost waits for nobody, unless its directory has not come back")
    func everySiteLost() throws {
        let copy = try province.hub.backUp()
        func declareAllLost() throws {
            for site in try province.hub.store.peers().map(\.site) {
                try province.hub.session { try $0.declareLost(site, actor: "operator", at: province.now) }
            }
        }
        try province.rebuildHub()
        try province.exchange(.hello, first)
        try declareAllLost()
        #expect(try province.hub.life().isGathering)
        try province.hub.putBack(copy)
        try province.hub.begin()
        try province.beginEpoch()
        #expect(try province.hub.life().isGathering)
        try declareAllLost()
        #expect(try province.hub.life().isGathering == false)
    }

    @Test("a rebuilt hub cannot know who counted, and decides when every site that had joined is heard or given up")
    func oneIsNotEnough() throws {
        let third = try province.enrol("branch-3", origin: province.drawOrigin())
        try province.converge()
        try province.rebuildHub()
        for _ in 0..<3 { try province.recover(first) }
        try province.sync(first)
        #expect(try province.hub.life().isGathering)
        #expect(throws: ReplicationError.self) { try province.hub.session { try $0.requireReign() } }
        for _ in 0..<3 { try province.recover(second) }
        #expect(try province.hub.life().isGathering)
        try province.hub.session { try $0.declareLost(third.id, actor: "operator", at: province.now) }
        #expect(try province.hub.life().isGathering == false)
    }

    @Test("a rebuilt hub is named in the directory once the directory has come back")
    func named() throws {
        try province.rebuildHub()
        for _ in 0..<3 { for site in province.branches { try province.recover(site) } }
        try province.converge()
        let origin = try province.hub.life().origin
        for site in province.branches { #expect(try site.store.site(of: origin) == province.hub.id) }
    }

    @Test("a doubt that is dismissed is on record, and the same proof raises it again; a branch has none to dismiss")
    func dismissed() throws {
        let copy = try province.hub.backUp()
        _ = try province.ticket(at: first)
        try province.sync(first)
        try province.hub.putBack(copy)
        try province.hub.begin()
        #expect(throws: ReplicationError.self) { try province.exchange(.hello, first) }
        let doubt = try province.hub.life().doubt
        #expect(!doubt.isEmpty)
        try province.hub.session { try $0.dismissDoubt(doubt, actor: "operator", at: province.now) }
        #expect(try province.hub.life().doubt.isEmpty)
        #expect(try province.hub.store.incidents(limit: 1).first?.kind == "doubt dismissed")
        #expect(throws: ReplicationError.self) { try province.exchange(.hello, first) }
        #expect(try province.hub.life().doubt == doubt)
        #expect(throws: ReplicationError.self) {
            try first.session { try $0.dismissDoubt("nothing", actor: "operator", at: province.now) }
        }
    }

    @Test("a poll that is refused is answered at once and not held")
    func refusedPollIsNotHeld() throws {
        let copy = try province.hub.backUp()
        _ = try province.ticket(at: first)
        try province.sync(first)
        let message = try province.prepare(.poll, at: first)
        try province.hub.putBack(copy)
        try province.hub.begin()
        let request = try ExchangeRequest(encoded: message.bytes)
        let turn = try province.hub.session { try $0.turn(request, from: first.id, at: province.now) }
        #expect(turn.answer.refusal?.kind == .behind)
        #expect(!turn.isQuiet)
    }

    @Test("a hub whose sites are all declared lost waits for nobody, and takes what they bring when they are back")
    func allLost() throws {
        let ticket = try province.ticket(at: first)
        try province.beginEpoch()
        for site in province.branches {
            #expect(try province.hub.life().isGathering)
            try province.hub.session { try $0.declareLost(site.id, actor: "operator", at: province.now) }
        }
        #expect(try province.hub.life().isGathering == false)
        for site in province.branches { try province.recover(site) }
        try province.converge()
        #expect(try province.state(ticket, at: province.hub).exists)
        try province.checkAgreement()
    }

    @Test("a directory that no site has any more is entered again, and what comes back later is merged with it")
    func directoryEntered() throws {
        try province.rebuildHub()
        // Above what its branches have followed.
        try province.beginEpoch()
        try province.addToDirectory(province.hub.id, isHub: true)
        for site in [first, second] { try province.addToDirectory(site.id) }
        try province.hub.session { try $0.declareLost(second.id, actor: "operator", at: province.now) }
        #expect(try province.hub.life().isGathering == false)
        let fresh = try province.replace(first, origin: province.drawOrigin())
        let ticket = try province.ticket(at: fresh)
        try province.sync(fresh)
        #expect(try province.state(ticket, at: province.hub).exists)
        try province.recover(second)
        try province.converge()
        #expect(try province.hub.store.directory().map(\.site) == [province.hub.id, first.id, second.id])
        #expect(try province.hub.store.peer(site: second.id)?.isLost == false)
        try province.checkAgreement()
    }
}
