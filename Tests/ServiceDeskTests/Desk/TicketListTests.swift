import Replication
import ServiceDesk
import Testing

struct TicketListTests {
    private func pages(
        _ query: TicketQuery, in site: DeskSite, between: () throws -> Void = {}
    ) throws -> [[EntityID]] {
        var query = query
        var pages: [[EntityID]] = []
        repeat {
            let page = try query.page(in: site.store)
            pages.append(page.rows.map(\.id))
            // A place travels as text.
            query.after = page.next.flatMap { TicketQuery.Place($0.text) }
            try between()
        } while query.after != nil
        return pages
    }

    @Test("a list shows the newest first and every ticket once, while others come in")
    func paging() throws {
        let province = try DeskProvince()
        // Some of one moment, and some from before 1970: neither upsets the order.
        let times: [Int64] = [5, 5, 5, 5, 9, 9, -3, -3, -3, 0, 1_000, 2_000]
        let tickets = try times.enumerated().map { index, time in
            try province.importRow(
                "\(index)", at: province.yinchuan, for: province.yinchuan,
                ["subject": .text("x"), "openedAt": .integer(time)])
        }.map(\.row.id)
        for size in [1, 2, 5, 12, 500] {
            var query = TicketQuery()
            query.limit = size
            var added: [EntityID] = []
            let pages = try pages(query, in: province.yinchuan) {
                added.append(try province.open(at: province.yinchuan))
            }
            let seen = pages.flatMap { $0 }.filter { tickets.contains($0) }
            #expect(seen.count == times.count)
            #expect(Set(seen) == Set(tickets))
            let opened = try seen.map { try province.value(TicketField.openedAt, of: $0, at: province.yinchuan) }
            #expect(opened.compactMap { $0?.integerValue } == times.sorted(by: >))
            #expect(Set(pages.flatMap { $0 }).isDisjoint(with: added))
        }
    }

    @Test("a page has at least one ticket and at most its limit")
    func pageSize() throws {
        let province = try DeskProvince()
        for index in 0..<TicketQuery.limitMax + 1 {
            _ = try province.importRow("\(index)", at: province.hub, for: province.guyuan, ["subject": .text("x")])
        }
        var query = TicketQuery()
        #expect(try query.page(in: province.hub.store).rows.count == 50)
        query.limit = 0
        #expect(try query.page(in: province.hub.store).rows.count == 1)
        query.limit = TicketQuery.limitMax + 1
        let page = try query.page(in: province.hub.store)
        #expect(page.rows.count == TicketQuery.limitMax)
        #expect(page.next != nil)
        query.after = page.next
        let rest = try query.page(in: province.hub.store)
        #expect(rest.rows.count == 1)
        #expect(rest.next == nil)
        #expect(try query.count(in: province.hub.store) == TicketQuery.limitMax + 1)
    }

    @Test("a list is filtered by each of its conditions, and by all of them together")
    func filters() throws {
        let province = try DeskProvince()
        let complaint = try province.open(at: province.yinchuan, category: "billing-error")
        let fault = try province.open("fault", at: province.yinchuan)
        let imported = try province.importRow(
            "17", at: province.yinchuan, for: province.guyuan, ["subject": .text("x")]
        ).row.id
        try province.act(.transition("accept", fields: [:]), on: fault, at: province.yinchuan)
        let number = TicketSummary(try #require(try province.yinchuan.store.row(fault))).number
        func list(_ narrow: (inout TicketQuery) -> Void) throws -> [EntityID] {
            var query = TicketQuery()
            narrow(&query)
            let page = try query.page(in: province.yinchuan.store)
            #expect(try query.count(in: province.yinchuan.store) == page.rows.count)
            return page.rows.map(\.id)
        }
        #expect(try list { _ in } == [imported, fault, complaint])
        #expect(try list { $0.type = "fault" } == [fault])
        #expect(try list { $0.state = "acknowledged" } == [imported, complaint])
        #expect(try list { $0.home = "nx-guyuan" } == [imported])
        #expect(try list { $0.category = "billing-error" } == [complaint])
        #expect(try list { $0.source = "old-desk" } == [imported])
        #expect(try list { $0.number = number } == [fault])
        #expect(try list { $0.hasConflicts = true } == [])
        #expect(
            try list {
                $0.type = "complaint"
                $0.state = "acknowledged"
                $0.home = "nx-yinchuan"
            } == [complaint])
        #expect(
            try list {
                $0.type = "fault"
                $0.home = "nx-guyuan"
            } == [])
    }

    @Test("open conflicts are listed page by page with both changes, until they are settled")
    func conflicts() throws {
        let province = try DeskProvince()
        let tickets = try (0..<3).map { _ in try province.open(at: province.yinchuan) }
        try province.converge()
        for ticket in tickets {
            try province.act(.assign(["subject": .text("at the hub")]), on: ticket, at: province.hub)
            try province.act(.assign(["subject": .text("at the branch")]), on: ticket, at: province.yinchuan)
        }
        try province.converge()
        var found: [ConflictListing] = []
        var query = ConflictQuery()
        query.limit = 2
        repeat {
            let page = try query.page(in: province.yinchuan.store)
            found += page.conflicts
            query.after = page.next
        } while query.after != nil
        #expect(found.map(\.row.id) == tickets.reversed())
        #expect(found.allSatisfy { $0.change($0.item.first.losing)?.actor == "clerk" })
        #expect(found.allSatisfy { $0.change($0.item.first.winning) != nil })
        #expect(found.allSatisfy { $0.item.first.winningValue == .text("at the branch") })
        let losing = try #require(found.first?.item.first.losing)
        try province.act(.settle(losing), on: try #require(found.first?.row.id), at: province.yinchuan)
        query.limit = 10
        #expect(try query.page(in: province.yinchuan.store).conflicts.count == 2)
    }
}
