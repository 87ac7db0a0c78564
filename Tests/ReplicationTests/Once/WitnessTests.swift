import Testing

@testable import Replication

struct WitnessTests {
    private static let hubKey: [UInt8] = [1, 2, 3]

    private func isFinal(_ province: TestProvince, _ request: ChangeReference) throws -> Bool {
        let entry = try #require(try province.hub.store.entry(of: request))
        return try province.state(entry.change.entity, at: province.hub).answer(to: request) != nil
    }

    private func granted(_ province: TestProvince, at site: TestSite) throws -> ChangeReference {
        let ticket = try province.ticket(at: site)
        let asked = OnceRequest(purpose: "refund", key: "k", amount: 1)
        let request = try province.write(.request(asked), on: ticket, at: site).change.reference
        try province.sync(site)
        let decision = try province.hub.session {
            try $0.decide(request, .granted, reason: "", actor: "supervisor", hubKey: Self.hubKey, at: province.now)
        }
        #expect(decision == .marked)
        return request
    }

    @Test(
        "an answer is final when three sites have passed the marker, or all where there are fewer",
        arguments: [(1, 1), (2, 2), (3, 3), (5, 3)])
    func passed(_ sites: Int, _ needed: Int) throws {
        let province = try TestProvince(branches: sites)
        try province.converge()
        let request = try granted(province, at: province.branches[0])
        for (index, site) in province.branches.enumerated() {
            #expect(try isFinal(province, request) == (index >= needed))
            // The first poll brings the marker, the second tells the hub that it has come.
            try province.exchange(.poll, site)
            #expect(try isFinal(province, request) == (index >= needed))
            try province.exchange(.poll, site)
        }
        #expect(try isFinal(province, request))
        try province.converge()
        try province.checkAgreement()
        #expect(try province.hub.store.effects(in: .pending).count == 1)
    }

    @Test("with no site that counts nothing is final")
    func noSite() throws {
        let province = try TestProvince(branches: 0)
        let ticket = province.newTicket()
        let asked = OnceRequest(purpose: "refund", key: "k", amount: 1)
        let edits: [Edit] = [.create(Creation()), .request(asked)]
        let request = try province.write(edits, on: ticket, at: province.hub).change.reference
        let decision = try province.hub.session {
            try $0.decide(request, .granted, reason: "", actor: "supervisor", hubKey: Self.hubKey, at: province.now)
        }
        #expect(decision == .marked)
        #expect(try !isFinal(province, request))
        #expect(try province.hub.store.effects(in: .pending).isEmpty)
        // The first site that joins later counts once it has read its own joining, and has then passed the marker.
        let site = try province.enrol("branch-1", origin: OriginID(raw: 0xB1))
        try province.sync(site)
        #expect(try isFinal(province, request))
    }

    @Test("a site that is cut off does not hold up the other four")
    func cutOff() throws {
        let province = try TestProvince(branches: 5)
        try province.converge()
        let request = try granted(province, at: province.branches[0])
        try province.converge(without: [province.branches[4].id])
        #expect(try isFinal(province, request))
    }

    @Test("a site that has joined and read nothing does not count, and holds up nobody")
    func joinedButSilent() throws {
        let province = try TestProvince(branches: 2)
        try province.sync(province.branches[0])
        let request = try granted(province, at: province.branches[0])
        try province.sync(province.branches[0])
        #expect(try isFinal(province, request))
        let silent = try #require(try province.hub.store.peer(site: province.branches[1].id))
        #expect(!silent.isCounting)
    }

    @Test("a joining counts only when those that counted before hold it")
    func joiningIsHeld() throws {
        let province = try TestProvince(branches: 1)
        let first = province.branches[0]
        try province.converge()
        let second = try province.enrol("branch-2", origin: OriginID(raw: 0xB2))
        for _ in 0..<3 { try province.exchange(.poll, second) }
        #expect(try province.hub.store.peer(site: second.id)?.isCounting == false)
        try province.sync(first)
        #expect(try province.hub.store.peer(site: second.id)?.isCounting == true)
    }

    @Test("a new machine of a site counts anew, from its own joining")
    func replaced() throws {
        let province = try TestProvince(branches: 2)
        try province.converge()
        let site = province.branches[1]
        #expect(try province.hub.store.peer(site: site.id)?.isCounting == true)
        let fresh = try province.replace(site, origin: OriginID(raw: 0xD1))
        #expect(try province.hub.store.peer(site: site.id)?.isCounting == false)
        try province.sync(province.branches[0])
        try province.sync(fresh)
        #expect(try province.hub.store.peer(site: site.id)?.isCounting == true)
    }

    @Test("a site that was declared lost holds up no decision, and counts again when it is back and has compared")
    func declaredLost() throws {
        let province = try TestProvince(branches: 2)
        try province.converge()
        let lost = province.branches[1]
        try province.hub.session { try $0.declareLost(lost.id, actor: "operator", at: province.now) }
        let request = try granted(province, at: province.branches[0])
        try province.sync(province.branches[0])
        #expect(try isFinal(province, request))
        try province.recover(lost)
        try province.converge()
        let peer = try #require(try province.hub.store.peer(site: lost.id))
        #expect(peer.isCounting && !peer.isLost && !peer.isDropped)
        try province.checkAgreement()
    }
}
