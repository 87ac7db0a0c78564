import Replication
import ServiceDesk
import Testing

/// Rows of an event log become the changes of their ticket.
struct EventLogTicketTests {
    private func row(
        _ version: Int64, _ state: String, _ fields: [String: Value] = ["subject": .text("Slow")],
        key: String = "I1", content: [UInt8]? = nil
    ) -> NewTicket {
        var ticket = NewTicket(type: "incident", home: SiteID("nx-yinchuan"), fields: fields)
        ticket.source = .init(name: "old", key: key, content: content ?? Array("\(key) \(version)".utf8))
        ticket.state = state
        ticket.event = .init(version: version, time: 1_456_728_120_000 + version, actor: "Ma \(version)")
        return ticket
    }

    private func bring(_ ticket: NewTicket, _ province: DeskProvince, at site: DeskSite? = nil) throws -> Desk.Brought {
        province.now += 1_000
        let site = site ?? province.yinchuan
        let seed = province.newIdentifier()
        return try site.session {
            try site.desk(at: province.now).bring(ticket, identifier: seed, customerIdentifier: seed, in: &$0)
        }
    }

    private func word(_ brought: Desk.Brought) -> String {
        switch brought {
        case .created: "created"
        case .updated: "updated"
        case .unchanged: "unchanged"
        }
    }

    @Test("a field that the ticket's form does not have needs no clearing, and cannot be filled")
    func otherTypes() throws {
        let province = try DeskProvince()
        _ = try bring(row(0, "new"), province)
        let cleared = row(1, "inProgress", ["subject": .text("Slow"), "isRural": .null])
        #expect(word(try bring(cleared, province)) == "updated")
        #expect(throws: DeskError.self) {
            try bring(row(2, "inProgress", ["subject": .text("Slow"), "isRural": .bool(true)]), province)
        }
    }

    @Test("each version is one change, in order, with who did it, and the last one is what the ticket is")
    func versions() throws {
        let province = try DeskProvince()
        let rows = [
            row(0, "new", ["subject": .text("Slow"), "assignee": .text("Li")]),
            row(2, "inProgress", ["subject": .text("Slow"), "assignee": .null, "closeCode": .null]),
            row(3, "inProgress", ["subject": .text("Very slow")]), row(7, "resolved"), row(8, "inProgress"),
        ]
        #expect(
            try rows.map { word(try bring($0, province)) } == ["created", "updated", "updated", "updated", "updated"])
        try province.converge()
        let id = try #require(rows[0].source).entity
        let store = province.hub.store
        let entity = try #require(try store.row(id))
        let timeline = Timeline(of: try store.entries(of: entity.number).map(\.change))
        let versions = timeline.entries.map { entry in
            entry.change.edits.compactMap { edit -> Int64? in
                if case .assign(TicketField.sourceVersion, let value) = edit { value.integerValue } else { nil }
            }
        }
        #expect(versions == [[0], [2], [3], [7], [8]])
        #expect(timeline.entries.map(\.change.actor) == ["Ma 0", "Ma 2", "Ma 3", "Ma 7", "Ma 8"])
        #expect(timeline.entries.map(\.change.transition?.name) == [nil, "start", nil, "resolve", "reopen"])
        #expect(entity.state.stageName == "inProgress")
        #expect(entity.state[TicketField.assignee] == .null)
        #expect(entity.state[TicketField.openedAt] == .integer(1_456_728_120_000))
        #expect(entity.state.conflicts == [])
        try province.checkAgreement()
    }

    @Test("a log imported again changes nothing, at the same branch, another or the hub")
    func again() throws {
        let province = try DeskProvince()
        let rows = [row(0, "new"), row(1, "inProgress"), row(2, "closed")]
        for row in rows { _ = try bring(row, province) }
        try province.converge()
        for site in [province.yinchuan, province.hub] {
            let changes = try site.store.life().chain.number
            for row in rows { #expect(word(try bring(row, province, at: site)) == "unchanged") }
            #expect(try site.store.life().chain.number == changes)
        }
    }

    @Test("a second row of a version that says something else is told apart from one that says the same")
    func saysOtherwise() throws {
        let province = try DeskProvince()
        for row in [row(0, "new"), row(1, "inProgress"), row(2, "closed")] { _ = try bring(row, province) }
        try province.converge()
        for site in [province.yinchuan, province.hub] {
            #expect(throws: DeskError.self) { try bring(row(1, "closed", content: [1]), province, at: site) }
        }
        #expect(
            try province.stage(of: row(0, "new").source?.entity ?? province.open(at: province.hub), at: province.hub)
                == "closed")
    }

    @Test("a row that comes late does not undo what has happened since")
    func late() throws {
        let province = try DeskProvince()
        for row in [row(0, "new"), row(5, "closed")] { _ = try bring(row, province) }
        let error = #expect(throws: DeskError.self) { try bring(row(3, "inProgress"), province) }
        #expect(error?.problems.first?.problem.hasPrefix("comes before a state") == true)
        #expect(word(try bring(row(6, "inProgress"), province)) == "updated")
    }

    @Test("a state that no step leads to, and a step without what it requires, are refused by name")
    func steps() throws {
        let province = try DeskProvince()
        var first = row(0, "acknowledged", key: "C1")
        first.type = "complaint"
        var next = row(1, "closed", key: "C1")
        next.type = "complaint"
        _ = try bring(first, province)
        #expect(throws: DeskError.self) { try bring(next, province) }
        next.state = "rejected"
        let error = #expect(throws: DeskError.self) { try bring(next, province) }
        #expect(error?.problems.map(\.field) == ["rejectReason"])
        next.fields["rejectReason"] = .text("twice")
        #expect(word(try bring(next, province)) == "updated")
    }

    @Test("what the province refused is not called in when it is repeated")
    func refused() throws {
        let province = try DeskProvince()
        _ = try bring(row(0, "new"), province)
        try province.sync(province.yinchuan)
        var other = row(1, "inProgress")
        other.home = SiteID("nx-guyuan")
        #expect(word(try bring(other, province, at: province.guyuan)) == "created")
        try province.converge()
        #expect(throws: DeskError.self) { try bring(other, province, at: province.guyuan) }
    }

    @Test("a log whose rows have nothing to be compared with on the ticket is refused, and the ticket stays")
    func otherMap() throws {
        let province = try DeskProvince()
        var plain = row(0, "closed")
        plain.event = nil
        try province.open(plain, at: province.yinchuan)
        #expect(throws: DeskError.self) { try bring(row(1, "new"), province) }
        #expect(
            try province.stage(of: plain.importedEntity ?? province.open(at: province.hub), at: province.yinchuan)
                == "closed")
    }

    @Test("a customer whom a later row names is taken down, and columns that are empty again are kept no longer")
    func laterCustomer() throws {
        let province = try DeskProvince()
        var first = row(0, "new")
        first.sourceColumns = #"{"x":"1"}"#
        _ = try bring(first, province)
        var next = row(1, "new")
        next.customer = NewTicket.Customer(name: "马桂兰", phone: "0951-1")
        _ = try bring(next, province)
        try province.converge()
        let id = try #require(first.importedEntity)
        #expect(try province.customer(of: id, at: province.hub) != nil)
        #expect(try province.value(TicketField.sourceColumns, of: id, at: province.hub) == .null)
    }

    @Test("rows of one time are all taken, and one that says nothing new is no change")
    func oneTime() throws {
        let province = try DeskProvince()
        let rows = [("new", "a"), ("inProgress", "b"), ("inProgress", "c")].map { state, content in
            var row = row(0, state, content: Array(content.utf8))
            row.event = .init(version: nil, time: 1_456_728_120_000)
            return row
        }
        #expect(try rows.map { word(try bring($0, province)) } == ["created", "updated", "unchanged"])
        #expect(try rows.map { word(try bring($0, province)) } == ["unchanged", "unchanged", "unchanged"])
    }

    @Test("an exported ticket comes in under its own identifier and number, with the source it had")
    func identity() throws {
        let province = try DeskProvince()
        var ticket = NewTicket(type: "complaint", home: SiteID("nx-guyuan"), fields: ["subject": .text("Slow")])
        ticket.source = .init(name: "tributary", key: "GY-0TEST123")
        let id = try #require(EntityID(kind: .ticket, text: "0123456789abcdef0123456789abcdef"))
        ticket.identity = .init(id: id, number: "GY-0TEST123")
        #expect(try province.open(ticket, at: province.guyuan).row.id == id)
        #expect(try province.open(ticket, at: province.guyuan).isReplay)
        let state = try #require(try province.guyuan.store.row(id)?.state)
        #expect(state.creation?.label == "GY-0TEST123")
        #expect(state[TicketField.source] == .null)
        ticket.identity = .init(
            id: try #require(EntityID(kind: .ticket, bytes: province.newIdentifier())), number: "GY-0TEST123")
        ticket.source = .init(name: "tributary", key: "other")
        #expect(throws: DeskError.self) { try province.open(ticket, at: province.guyuan) }
    }
}
