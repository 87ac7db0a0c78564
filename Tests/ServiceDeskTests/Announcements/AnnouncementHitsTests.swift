import Replication
import SQLite
import Testing

@testable import ServiceDesk

/// Which tickets an announcement hits.
extension AnnouncementTests {
    /// What is listed, which is also what is counted.
    private func listed(_ hits: AnnouncementHits, at site: DeskSite) throws -> [EntityID] {
        var query = TicketQuery()
        query.announced = hits
        let found = try query.page(in: site.store).rows.map(\.id)
        #expect(try query.count(in: site.store) == found.count)
        #expect(try QueueCounts(of: site.store, person: "x", announcements: hits).announced == found.count)
        return found
    }

    private func current(at site: DeskSite, _ province: DeskProvince) throws -> [EntityID] {
        let pack = try FlowProvince.standard()
        return try listed(AnnouncementHits(currentIn: site.store, pack: pack, at: province.now), at: site)
    }

    @Test("it hits open tickets of its categories and all below, at its branches, opened since a day before it")
    func hits() throws {
        let province = try FlowProvince.made()
        let (site, other) = (province.yinchuan, province.wuzhong)
        @discardableResult
        func fault(_ category: String, at place: DeskSite, hoursAgo: Int64 = 0) throws -> EntityID {
            let opened = Value.integer(province.now - hoursAgo * Self.hour)
            return try province.open(
                "fault", at: place, ["subject": .text("网络中断"), "openedAt": opened], category: category)
        }
        let named = try fault("broadbandSpeedFault", at: site)
        let before = try fault("faultBroadband", at: other, hoursAgo: 23)
        let ended = try fault("faultBroadband", at: site)
        try province.take("cancel", ended, at: site, ["cancelReason": .text("重复")])
        try fault("faultBroadband", at: site, hoursAgo: 25)
        try fault("faultVoice", at: site)
        try fault("faultBroadband", at: province.guyuan)
        try province.converge()
        #expect(try current(at: province.hub, province).isEmpty)
        try announce(in: province) {
            $0.sites = [site.id, other.id]
            $0.ticket = named.text
        }
        try province.converge()
        for place in province.sites { try province.learn(place) }
        // What the index does not know yet is open.
        let later = try fault("broadbandSpeedFault", at: site)
        #expect(try current(at: site, province) == [later, named])
        try province.converge()
        #expect(try current(at: province.hub, province) == [later, named, before])
        #expect(try current(at: other, province) == [before])
        #expect(try current(at: province.guyuan, province).isEmpty)
    }

    @Test("once over or withdrawn it hits nothing more; asked for by itself it has those opened before its end")
    func hitsOfEnded() throws {
        let province = try FlowProvince.made()
        let hub = province.hub
        func fault() throws -> EntityID {
            let ticket = try province.open(
                "fault", at: province.yinchuan, ["subject": .text("网络中断")], category: "faultBroadband")
            try province.converge()
            return ticket
        }
        func alone(_ row: EntityRow) throws -> [EntityID] {
            let stored = try #require(try hub.store.row(row.id))
            let announcement = try #require(Announcement(stored))
            return try listed(AnnouncementHits([announcement], pack: FlowProvince.standard()), at: hub)
        }
        let withdrawn = try announce(in: province)
        let first = try fault()
        #expect(try current(at: hub, province) == [first])
        province.now += 1_000
        try hub.session {
            _ = try hub.desk(at: province.now).withdraw(
                announcement: withdrawn.id.text, reason: "", key: nil, in: &$0)
        }
        #expect(try current(at: hub, province).isEmpty)
        let second = try fault()
        #expect(try alone(withdrawn) == [first])
        let over = try announce(in: province) { $0.until = province.now + Self.hour }
        #expect(try current(at: hub, province) == [second, first])
        province.now += Self.hour
        #expect(try current(at: hub, province).isEmpty)
        _ = try fault()
        #expect(try alone(over) == [second, first])
    }

    @Test("those of several announcements are counted in one pass, each as its own list counts, at the limit too")
    func countedTogether() throws {
        let province = try FlowProvince.made()
        let (here, there, hub) = (province.yinchuan, province.wuzhong, province.hub)
        for index in 0..<12 {
            let category = ["faultBroadband", "broadbandSpeedFault", "faultVoice"][index % 3]
            let opened = Value.integer(province.now - Int64(index) * 3 * Self.hour)
            let site = index % 2 == 0 ? here : there
            let ticket = try province.open(
                "fault", at: site, ["subject": .text("网络中断"), "openedAt": opened], category: category)
            if index % 5 == 4 { try province.take("cancel", ticket, at: site, ["cancelReason": .text("重复")]) }
        }
        var rows = [try announce(in: province) { $0.sites = [here.id] }]
        rows.append(try announce(in: province) { $0.categories = ["faultVoice"] })
        rows.append(try announce(in: province))
        // By then the others are over, and they reach further back.
        province.now += 6 * Self.hour
        rows.append(try announce(in: province) { $0.categories = ["faultBroadband", "faultVoice"] })
        try province.converge()
        try province.learn(hub)
        let announcements = try rows.map { try #require(Announcement($0)) }
        let pack = try FlowProvince.standard()
        for looks in [AnnouncementHits.looksMax, 5, 1] {
            var together = AnnouncementHits(announcements, pack: pack)
            together.looks = looks
            let counts = try together.counts(in: hub.store)
            let alone = try announcements.map { one -> Int in
                var query = TicketQuery()
                var hits = AnnouncementHits([one], pack: pack)
                hits.looks = looks
                query.announced = hits
                return try query.count(in: hub.store)
            }
            #expect(counts == alone, "of \(looks)")
            #expect(looks < AnnouncementHits.looksMax || counts.allSatisfy { $0 > 0 }, "\(counts)")
        }
        #expect(try AnnouncementHits([], pack: pack).counts(in: hub.store).isEmpty)
    }

    @Test("a list of those that are hit reads by when tickets were opened, and no table whole, in either order")
    func hitsByIndex() throws {
        let province = try FlowProvince.made()
        try announce(in: province) { $0.sites = [province.yinchuan.id] }
        let site = province.hub
        for (order, ending) in [
            (TicketQuery.Order.opened, " ORDER BY opened DESC, ticket.entity DESC LIMIT 50"),
            (.due, " ORDER BY " + DueStanding.due + ", due.entity LIMIT 50"),
        ] as [(TicketQuery.Order, SQL)] {
            var query = TicketQuery()
            query.order = order
            query.announced = try AnnouncementHits(
                currentIn: site.store, pack: FlowProvince.standard(), at: province.now)
            let filter = try query.filter(in: site.store)
            let plan = try site.database.all(
                "EXPLAIN QUERY PLAN SELECT ticket.entity" + filter.sql + ending, values: filter.values
            ) { $0.text(3) }
            #expect(plan.contains { $0.contains("ticket_opened (opened>? AND opened<?)") }, "\(plan)")
            for table in ["ticket", "due", "board"] {
                #expect(!plan.contains { $0.hasPrefix("SCAN \(table)") }, "\(plan)")
            }
        }
    }
}
