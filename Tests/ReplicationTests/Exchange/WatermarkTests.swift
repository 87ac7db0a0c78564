import Testing

@testable import Replication

struct WatermarkTests {
    private let province: TestProvince
    private let branch: TestSite
    private let ticket: EntityID

    init() throws {
        province = try TestProvince(branches: 1)
        branch = province.branches[0]
        ticket = try province.ticket(at: branch)
        try province.converge()
    }

    private func mark() throws -> Int64 { try #require(try province.hub.store.peer(site: branch.id)).watermark }

    @Test("a branch declares nothing before the hub has told it the time")
    func unmeasured() throws {
        try branch.restart(ahead: 3_600_000)
        #expect(try province.prepare(.poll, at: branch).request.watermark == nil)
        try province.exchange(.hello, branch)
        #expect(try province.prepare(.poll, at: branch).request.watermark?.time == province.now)
    }

    @Test("a branch with changes on their way declares nothing but with the last of them")
    func onTheirWay() throws {
        province.budget = 1
        for text in ["one", "two"] { try province.write(TestProvince.note(text), on: ticket, at: branch) }
        #expect(try province.prepare(.poll, at: branch).request.watermark == nil)
        let first = try province.prepare(.push, at: branch)
        #expect(first.request.watermark == nil)
        try province.apply(try province.deliver(first.bytes, from: branch), to: first, at: branch)
        let last = try province.prepare(.push, at: branch)
        #expect(last.request.watermark == .init(time: province.now, sequence: 3))
        try province.apply(try province.deliver(last.bytes, from: branch), to: last, at: branch)
        #expect(try mark() == province.now)
    }

    @Test("a poll that was made while a push was on its way does not count the push as waiting once it has come")
    func backlog() throws {
        try province.write(TestProvince.note("one"), on: ticket, at: branch)
        let push = try province.prepare(.push, at: branch)
        let poll = try province.prepare(.poll, at: branch)
        #expect(poll.request.backlog == 1)
        _ = try province.deliver(push.bytes, from: branch)
        _ = try province.deliver(poll.bytes, from: branch)
        #expect(try province.hub.store.peer(site: branch.id)?.backlog == 0)
        try province.write(TestProvince.note("two"), on: ticket, at: branch)
        _ = try province.deliver(try province.prepare(.poll, at: branch).bytes, from: branch)
        #expect(try province.hub.store.peer(site: branch.id)?.backlog == 1)
    }

    @Test("a mark that names changes which the hub does not hold is not believed")
    func beyondTheTip() throws {
        let before = try mark()
        province.now += 60_000
        var message = try province.prepare(.poll, at: branch).request
        message.watermark = .init(time: province.now, sequence: 99)
        _ = try province.deliver(message.encoded, from: branch)
        #expect(try mark() == before)
    }

    @Test(
        "what a hub holds is as of the branch that is furthest behind, of those that have joined and are not given up")
    func asOf() throws {
        let province = try TestProvince(branches: 3)
        try province.converge()
        province.now += 60_000
        for site in province.branches[1...] { try province.exchange(.poll, site) }
        let first = try #require(try province.hub.store.peer(site: province.branches[0].id)).watermark
        let data = try province.hub.store.dataAsOf()
        #expect(data.time == first)
        #expect(data.parts.map(\.time) == [first, province.now, province.now])
        try province.hub.session {
            try $0.declareLost(province.branches[0].id, actor: "operator", at: province.now)
        }
        #expect(try province.hub.store.dataAsOf().time == province.now)
        let own = try province.branches[1].store.dataAsOf()
        #expect(own.parts == [.init(site: province.branches[1].id, time: province.now)])
    }

    @Test("a mark is never above the hub's own time")
    func atMostNow() throws {
        province.now += 60_000
        var message = try province.prepare(.poll, at: branch).request
        message.watermark = .init(time: province.now + 1_000_000, sequence: 1)
        _ = try province.deliver(message.encoded, from: branch)
        #expect(try mark() == province.now)
    }

    @Test("a write after a crash, with the clock set back an hour, is stamped above the declared mark")
    func crash() throws {
        province.now += 60_000
        let message = try province.prepare(.poll, at: branch)
        let declared = try #require(message.request.watermark).time
        try branch.restart(ahead: -3_600_000)
        let offline = try province.write(TestProvince.note("offline"), on: ticket, at: branch)
        #expect(offline.change.stamp.milliseconds > declared)
        _ = try province.deliver(message.bytes, from: branch)
        try province.exchange(.hello, branch)
        try province.sync(branch)
        let entry = try #require(try province.hub.store.entry(of: offline.change.reference))
        #expect(entry.change.stamp.milliseconds > declared)
        #expect(try mark() > declared)
    }

    @Test("no admitted stamp is at or below a mark that the hub was given before it, whatever the clocks do")
    func randomClocks() throws {
        for number in 0..<UInt64(12) {
            let seed = Seed.value &+ number &* 104_729
            var random = SplitMix64(seed: seed)
            let province = try TestProvince(branches: 2)
            province.budget = 300
            let shared = try province.ticket(at: province.branches[0], sharedWith: [province.branches[1]])
            try province.converge()
            var given: [SiteID: Int64] = [:]
            for _ in 0..<60 {
                province.now += Int64(random.below(200_000))
                try step(province, shared, random.pick(province.branches), &random, &given, seed)
            }
            try province.converge()
            try province.checkAgreement()
        }
    }

    private func step(
        _ province: TestProvince, _ shared: EntityID, _ site: TestSite, _ random: inout SplitMix64,
        _ given: inout [SiteID: Int64], _ seed: UInt64
    ) throws {
        switch random.below(10) {
        case 0: try site.restart(ahead: Int64(random.below(4_000_000_000)) - 2_000_000_000)
        case ..<5: try province.write(TestProvince.title(String(random.below(9))), on: shared, at: site)
        default:
            if !site.isMeasured { try province.exchange(.hello, site) }
            let message = try province.prepare(random.chance(50) ? .push : .poll, at: site)
            guard random.chance(85) else { return }
            let tip = try province.hub.store.tip(of: message.request.origin)
            let answer = try province.deliver(message.bytes, from: site)
            let mark = given[site.id] ?? 0
            try province.hub.store.forEachChange(of: message.request.origin, after: tip.number) { entry in
                #expect(entry.change.stamp.milliseconds > mark, "seed \(seed)")
                #expect(
                    entry.change.stamp.milliseconds <= province.now + ReplicationLimits.aheadMilliseconds,
                    "seed \(seed)")
                return true
            }
            given[site.id] = max(mark, message.request.watermark?.time ?? 0)
            if random.chance(85) { try province.apply(answer, to: message, at: site) }
        }
    }
}
