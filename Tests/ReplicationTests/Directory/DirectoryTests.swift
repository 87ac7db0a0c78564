import Testing

@testable import Replication

struct DirectoryTests {
    private let province: TestProvince
    private let branch: TestSite
    private let other: TestSite

    init() throws {
        province = try TestProvince(branches: 2)
        branch = province.branches[0]
        other = province.branches[1]
    }

    private func join(_ site: SiteID, _ origin: UInt64) throws {
        try province.hub.session {
            try $0.join(site, origin: OriginID(raw: origin), actor: "operator", at: province.now)
        }
    }

    @Test("the directory is the same at every site, and says whose an origin is")
    func everywhere() throws {
        try province.converge()
        try province.checkAgreement()
        for site in province.sites {
            #expect(try site.store.site(of: OriginID(raw: 0xB2)) == other.id)
            #expect(try site.store.site(of: OriginID(raw: 0xA0)) == SiteID("hub"))
            #expect(try site.store.site(of: OriginID(raw: 0xEE)) == nil)
        }
    }

    @Test("a site that is added twice is corrected, not doubled")
    func addedTwice() throws {
        try province.addToDirectory(branch.id, nameEN: "Yinchuan")
        try province.converge()
        let entity = Session.directoryEntity(of: branch.id)
        #expect(try province.state(entity, at: other)[SiteField.nameEN] == .text("Yinchuan"))
        #expect(try province.hub.store.peers().count == 2)
    }

    @Test("joining again with the same origin changes nothing")
    func joinedAgain() throws {
        try province.converge()
        let before = try province.hub.life()
        try join(branch.id, 0xB1)
        #expect(try province.hub.life().chain == before.chain)
        #expect(try province.hub.life().admission == before.admission)
        try province.converge()
    }

    @Test("an origin is announced once: not for a second site, not for the hub, not for a site that is not there")
    func originsAreOwn() throws {
        #expect(failure { try join(other.id, 0xB1) } == .forked)
        #expect(failure { try join(other.id, 0xA0) } == .forked)
        #expect(failure { try join(SiteID("nowhere"), 0xB9) } == .notFound)
        _ = try province.replace(branch, origin: OriginID(raw: 0xD1))
        #expect(failure { try join(branch.id, 0xB1) } == .forked)
    }

    @Test("a machine that takes another's place gets everything anew, its site's own earlier work included")
    func replaced() throws {
        let own = try province.ticket(at: branch, title: "own")
        let shared = try province.ticket(at: other, sharedWith: [branch], title: "shared")
        let left = try province.ticket(at: branch, title: "left")
        try province.converge()
        try province.write(TestProvince.note("of the first machine"), on: shared, at: branch)
        try province.write(TestProvince.home(other), on: left, at: branch)
        try province.converge()
        province.budget = 500
        let fresh = try province.replace(branch, origin: OriginID(raw: 0xD1))
        try province.converge()
        try province.checkAgreement()
        #expect(try province.title(of: own, at: fresh) == "own")
        #expect(try province.state(shared, at: fresh).notes == 1)
        #expect(try fresh.store.row(left)?.state.exists != true)
        #expect(try fresh.store.site(of: OriginID(raw: 0xD1)) == branch.id)
        try province.write(TestProvince.note("of the second machine"), on: own, at: fresh)
        try province.converge()
        try province.checkAgreement()
        #expect(try province.state(own, at: province.hub).notes == 1)
    }

    @Test("the machine that was replaced is told so: it is not fed, and what it still sends is kept as its site's")
    func oldMachine() throws {
        let ticket = try province.ticket(at: branch)
        try province.converge()
        _ = try province.replace(branch, origin: OriginID(raw: 0xD1))
        try province.write(TestProvince.note("too late"), on: ticket, at: branch)
        try province.exchange(.hello, branch)
        try province.exchange(.push, branch)
        #expect(failure { try province.exchange(.poll, branch) } == .superseded)
        #expect(try province.state(ticket, at: province.hub).notes == 1)
    }

    @Test("a replaced machine starts without its predecessor's mark")
    func markOfReplaced() throws {
        try province.converge()
        #expect(try #require(try province.hub.store.peer(site: branch.id)).watermark > 0)
        let fresh = try province.replace(branch, origin: OriginID(raw: 0xD1))
        #expect(try #require(try province.hub.store.peer(site: branch.id)).watermark == 0)
        try province.sync(fresh)
        #expect(try #require(try province.hub.store.peer(site: branch.id)).watermark == province.now)
    }

    @Test("a new machine cannot write to what had left its site, whatever its numbers are")
    func rightsOfReplaced() throws {
        let ticket = try province.ticket(at: other, sharedWith: [branch])
        try province.converge()
        for number in 0..<4 { try province.write(TestProvince.note("\(number)"), on: ticket, at: branch) }
        try province.converge()
        try province.write(.remove(TestDomain.collaborators, .text(branch.id.text)), on: ticket, at: other)
        try province.converge()
        let fresh = try province.replace(branch, origin: OriginID(raw: 0xD1))
        try province.converge()
        let own = try province.ticket(at: fresh)
        var request = try province.prepare(.push, at: fresh).request
        let change = request.changes[0]
        request.changes[0] = Change(
            origin: change.origin, sequence: 1, stamp: change.stamp, entity: ticket, edits: [TestProvince.note("x")])
        var chain = Chain.start
        chain.append(request.changes[0].hash)
        request.after = chain.digest
        _ = try province.deliver(request.encoded, from: fresh)
        #expect(try province.state(ticket, at: province.hub).notes == 4)
        #expect(try province.refusals(of: ticket, at: province.hub).count == 1)
        #expect(try !province.state(own, at: province.hub).exists)
    }

    @Test("a revocation raises the serial and stays through a correction; access is restored by name only")
    func revocation() throws {
        let store = province.hub.store
        #expect(try store.credential(of: branch.id)?.serial == 1)
        #expect(try store.credential(of: branch.id)?.isRevoked == false)
        try province.hub.session { try $0.revoke(branch.id, actor: "operator", at: province.now) }
        #expect(try store.credential(of: branch.id)?.serial == 2)
        #expect(try store.credential(of: branch.id)?.isRevoked == true)
        try province.addToDirectory(branch.id, nameEN: "corrected")
        #expect(try store.credential(of: branch.id)?.serial == 2)
        #expect(try store.credential(of: branch.id)?.isRevoked == true)
        try province.hub.session { try $0.restoreAccess(of: branch.id, actor: "operator", at: province.now) }
        #expect(try store.credential(of: branch.id)?.serial == 2)
        #expect(try store.credential(of: branch.id)?.isRevoked == false)
        try province.converge()
        #expect(try other.store.credential(of: branch.id)?.serial == 2)
        #expect(try store.credential(of: SiteID("nowhere"))?.serial == nil)
        #expect(
            failure {
                try province.hub.session { try $0.revoke(SiteID("nowhere"), actor: "operator", at: province.now) }
            } == .notFound)
    }
}
