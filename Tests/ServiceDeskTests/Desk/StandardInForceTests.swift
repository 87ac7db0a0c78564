import Replication
import ServiceDesk
import Testing

struct StandardInForceTests {
    /// As the first, but a complaint needs the number of its line.
    private func newer() throws -> DeskPack {
        try .withComplaintFields([DeskPack.field("lineNumber", isRequired: true)], version: "2026.2")
    }

    private func version(of ticket: EntityID, at site: DeskSite, _ province: DeskProvince) throws -> String {
        let desk = site.desk(at: province.now)
        return try desk.type(of: desk.ticket(ticket.text)).pack.version
    }

    @Test("a ticket keeps the standard it was opened under when a newer one is published")
    func keepsItsStandard() throws {
        let province = try DeskProvince()
        let old = try province.open(at: province.yinchuan)
        try province.publish(newer())
        try province.converge()
        #expect(
            deskError { try province.open(at: province.yinchuan) }?.problems
                == [.init(field: "lineNumber", problem: Flaw("is required", .required))])
        let new = try province.open(
            at: province.yinchuan, ["subject": .text("x"), "lineNumber": .text("0951-1")])
        let error = deskError {
            try province.act(.assign(["lineNumber": .text("0951-1")]), on: old, at: province.yinchuan)
        }
        #expect(error?.problems == [.init(field: "lineNumber", problem: Flaw("is not on the form", .notOnForm))])
        try province.act(.transition("accept", fields: [:]), on: old, at: province.yinchuan)
        try province.act(.assign(["lineNumber": .text("0951-2")]), on: new, at: province.yinchuan)
        try province.converge()
        for site in [province.hub, province.yinchuan] {
            #expect(try version(of: old, at: site, province) == "2026.1")
            #expect(try version(of: new, at: site, province) == "2026.2")
        }
        try province.checkAgreement()
    }

    @Test("a standard is in force from its time on and not before")
    func effective() throws {
        let province = try DeskProvince()
        try province.publish(newer(), later: 60_000)
        try province.converge()
        let before = try province.open(at: province.yinchuan)
        province.now += 60_000
        #expect(deskError { try province.open(at: province.yinchuan) }?.problems.map(\.field) == ["lineNumber"])
        #expect(try version(of: before, at: province.yinchuan, province) == "2026.1")
    }

    @Test("within one transaction what is in force follows the time that is asked for, and what is published meanwhile")
    func inOneTransaction() throws {
        let province = try DeskProvince()
        let (first, late, now) = (try DeskPack.first(), try newer(), province.now)
        let shelf = province.hub.shelf
        try province.hub.session { session in
            let store = session.store
            func version(at time: Int64) throws -> String? { try shelf.current(in: store, at: time)?.pack.version }
            #expect(try version(at: now + 60_000) == first.pack.version)
            #expect(try version(at: 0) == nil)
            _ = try province.hub.desk(at: now, actor: "standards").publish(
                late.pack, document: late.document, effective: now + 60_000, in: &session)
            #expect(try version(at: now + 59_999) == first.pack.version)
            #expect(try version(at: now + 60_000) == late.pack.version)
            #expect(try version(at: now) == first.pack.version)
        }
    }

    @Test("a branch that no standard has reached opens nothing, and says that waiting helps")
    func noStandard() throws {
        let province = try DeskProvince(isReady: false)
        try province.publish(DeskPack.first())
        let error = deskError { try province.open(at: province.yinchuan) }
        #expect(error?.kind == .noStandard)
        #expect(error?.isRecoverable == true)
        try province.converge()
        try province.open(at: province.yinchuan)
    }

    @Test("a branch that has not heard of a newer standard works on under its own, and the hub takes what it sends")
    func behind() throws {
        let province = try DeskProvince()
        try province.publish(newer())
        let ticket = try province.open(at: province.yinchuan)
        try province.act(.transition("accept", fields: [:]), on: ticket, at: province.yinchuan)
        try province.converge()
        #expect(try version(of: ticket, at: province.hub, province) == "2026.1")
        #expect(try province.stage(of: ticket, at: province.hub) == "inProgress")
        #expect(try province.refusals(of: ticket, at: province.hub) == [])
    }

    @Test("what names a standard that the hub does not hold waits there until it is published")
    func waits() throws {
        let province = try DeskProvince()
        let pack = try newer()
        let ticket = EntityID(kind: .ticket, high: 5, low: 6)
        let edits: [Edit] = [
            .create(Creation(state: "acknowledged", label: "YC-X")), .assign(TicketField.type, .text("complaint")),
            .assign(TicketField.pack, .bytes(PackShelf.name(of: pack.document).bytes)),
            .assign(TicketField.home, .text("nx-yinchuan")), .assign(TicketField.openedAt, .integer(province.now)),
        ]
        try province.force(edits, on: ticket, at: province.yinchuan)
        try province.converge()
        #expect(try province.shown(ticket, at: province.hub) == nil)
        #expect(try province.hub.database.first("SELECT count(*) FROM waiting") { $0.int(0) } == 1)
        // The branch itself goes on, but cannot take a step of a procedure that it does not have.
        let error = deskError {
            try province.act(.transition("accept", fields: [:]), on: ticket, at: province.yinchuan)
        }
        #expect(error?.kind == .noStandard)
        try province.publish(pack)
        try province.converge()
        #expect(try province.stage(of: ticket, at: province.hub) == "acknowledged")
        try province.act(.transition("accept", fields: [:]), on: ticket, at: province.yinchuan)
        try province.converge()
        try province.checkAgreement()
    }

    @Test("a standard is published once, by the hub, under a version of its own")
    func publishing() throws {
        let province = try DeskProvince()
        let first = try DeskPack.first()
        #expect(try province.publish(first) == PackShelf.name(of: first.document))
        #expect(try province.hub.database.first("SELECT count(*) FROM standard") { $0.int(0) } == 1)
        #expect(replicationError { try province.publish(newer(), at: province.yinchuan) }?.kind == .refused)
        let namesake = try DeskPack.withComplaintFields([DeskPack.field("lineNumber")], version: "2026.1")
        #expect(deskError { try province.publish(namesake) }?.kind == .wrongState)
    }

    @Test("a pack in which two words fall on one number is refused")
    func collision() throws {
        let province = try DeskProvince()
        var words: [Field: String] = [:]
        var pair: (String, String)?
        for index in 0..<10_000 where pair == nil {
            let word = "field\(index)"
            if let other = words.updateValue(word, forKey: FieldNumbers.field(word)) { pair = (other, word) }
        }
        let (one, two) = try #require(pair)
        let pack = try DeskPack.withComplaintFields(
            [DeskPack.field(one), DeskPack.field(two)], version: "2026.2")
        let error = deskError { try province.publish(pack) }
        #expect(error?.message == "Fields \(one) and \(two) fall on one number.")
    }

    @Test("type and standard of a ticket do not change")
    func fixed() throws {
        let province = try DeskProvince()
        let ticket = try province.open(at: province.yinchuan)
        let other = try province.publish(newer())
        try province.converge()
        try province.force([.assign(TicketField.type, .text("fault"))], on: ticket, at: province.yinchuan)
        try province.force([.assign(TicketField.pack, .bytes(other.bytes))], on: ticket, at: province.yinchuan)
        try province.converge()
        #expect(try province.refusals(of: ticket, at: province.yinchuan).count == 2)
        #expect(try version(of: ticket, at: province.hub, province) == "2026.1")
        try province.checkAgreement()
    }
}
