import Replication
import ServiceDesk
import Standards
import Testing

@Suite("Announcements")
struct AnnouncementTests {
    static let hour: Int64 = 3_600_000

    @discardableResult
    func announce(
        in province: DeskProvince, at site: DeskSite? = nil, _ change: (inout NewAnnouncement) -> Void = { _ in }
    ) throws -> EntityRow {
        province.now += 1_000
        let site = site ?? province.hub
        var new = NewAnnouncement()
        new.wording = "cableFault"
        new.categories = ["faultBroadband"]
        new.until = province.now + 4 * Self.hour
        change(&new)
        let (announcement, identifier) = (new, province.newIdentifier())
        return try site.session {
            try site.desk(at: province.now).announce(announcement, key: nil, identifier: identifier, in: &$0).row
        }
    }

    private func list(
        at site: DeskSite, _ province: DeskProvince, category: String? = nil, of home: String? = nil
    ) throws -> [Announcement] {
        var query = AnnouncementQuery()
        query.isCurrent = true
        query.site = home
        query.lineage = try category.map { try FlowProvince.standard().lineage(of: $0) }
        return try query.list(in: site.store, at: province.now)
    }

    @Test("A7: what the hub announces is shown at every branch, with the approved wording, until it is over")
    func reaches() throws {
        let province = try FlowProvince.made()
        let row = try announce(in: province) { $0.area = "原州区" }
        try province.converge()
        let words = try #require(try FlowProvince.standard().wordings.first { $0.id == "cableFault" })
        for site in province.sites {
            let found = try list(at: site, province)
            #expect(found.map(\.id) == [row.id])
            #expect(found.first?.zh == words.zh && found.first?.en == words.en)
            #expect(found.first?.standard == (try FlowProvince.standard().version))
            #expect(found.first?.area == "原州区")
        }
        try province.checkAgreement()
        province.now += 4 * Self.hour
        for site in province.sites { #expect(try list(at: site, province).isEmpty) }
    }

    @Test("it is shown with its categories and all below them, at the branches that it is for, and with nothing else")
    func scope() throws {
        let province = try FlowProvince.made()
        try announce(in: province) { $0.sites = [province.guyuan.id] }
        try province.converge()
        let site = province.guyuan
        #expect(try list(at: site, province, category: "faultBroadband", of: "nx-guyuan").count == 1)
        #expect(try list(at: site, province, category: "broadbandSpeedFault", of: "nx-guyuan").count == 1)
        #expect(try list(at: site, province, category: "faultVoice", of: "nx-guyuan").isEmpty)
        #expect(try list(at: site, province, category: "faultBroadband", of: "nx-wuzhong").isEmpty)
    }

    @Test("a branch cannot publish one: it is refused at its desk, and at admission where its software lets it")
    func branch() throws {
        let province = try FlowProvince.made()
        let site = province.yinchuan
        #expect(deskError { try announce(in: province, at: site) }?.kind == .notAllowed)
        let row = try announce(in: province)
        try province.converge()
        let refused = deskError {
            try site.session {
                try site.desk(at: province.now).withdraw(announcement: row.id.text, reason: "", key: nil, in: &$0)
            }
        }
        #expect(refused?.kind == .notAllowed)
        let forged = try #require(EntityID(kind: .announcement, bytes: province.newIdentifier()))
        let edits: [Edit] = [
            .create(Creation(label: "")), .assign(AnnouncementField.zh, .text("一切正常")),
            .assign(AnnouncementField.en, .text("All is well")),
            .assign(AnnouncementField.from, .integer(province.now)),
            .assign(AnnouncementField.until, .integer(province.now + Self.hour)),
            .add(AnnouncementField.categories, .text("faultBroadband")),
        ]
        try province.force(edits, on: forged, at: site)
        try province.force([.assign(AnnouncementField.withdrawnAt, .integer(1))], on: row.id, at: site)
        try province.converge()
        for place in province.sites { #expect(try list(at: place, province).map(\.id) == [row.id]) }
        #expect(try province.refusals(of: forged, at: site).count == 1)
        try province.checkDatabases()
    }

    @Test("A7: the repair of the fault that it names withdraws it everywhere, and that of another does not")
    func restoration() throws {
        let province = try FlowProvince.made()
        let site = province.guyuan
        let fault = try province.open("fault", at: site, ["subject": .text("光缆中断")], category: "faultCable")
        let other = try province.open("fault", at: site, ["subject": .text("光缆中断")], category: "faultCable")
        try province.converge()
        let row = try announce(in: province) { $0.ticket = fault.text }
        try province.converge()
        let steps: [(String, [String: Value])] = [
            ("accept", [:]), ("dispatch", ["assignedTeam": .text("一班")]),
            ("locate", ["faultLocation": .text("杆 12"), "faultCause": .text("断纤")]),
            ("repair", ["resolution": .text("熔接")]),
        ]
        for (step, fields) in steps { try province.take(step, other, at: site, fields) }
        for (step, fields) in steps.dropLast() { try province.take(step, fault, at: site, fields) }
        try province.converge()
        #expect(try list(at: province.wuzhong, province).map(\.ticket) == [fault])
        try province.take("repair", fault, at: site, ["resolution": .text("熔接")])
        let repaired = province.now
        try province.converge()
        for place in province.sites {
            #expect(try list(at: place, province).isEmpty)
            let state = try #require(try province.shown(row.id, at: place))
            #expect(state[AnnouncementField.withdrawnAt] == .integer(repaired))
            #expect(state[AnnouncementField.withdrawnBy] == .text("hub"))
        }
        try province.checkAgreement()
    }

    @Test("what is wrong with one is said all at once, and every limit holds where it is named")
    func limits() throws {
        let province = try FlowProvince.made()
        func fields(_ change: (inout NewAnnouncement) -> Void) -> [String]? {
            deskError { try announce(in: province, change) }?.problems.map(\.field)
        }
        #expect(fields { $0.wording = "cabelFault" } == ["wording"])
        #expect(fields { $0.wording = nil } == ["zh", "en"])
        #expect(fields { $0.zh = "自拟" } == ["wording"])
        #expect(fields { $0.categories = [] } == ["categories"])
        #expect(fields { $0.categories = ["nothing"] } == ["categories"])
        #expect(fields { $0.sites = [SiteID("nx-hub")] } == ["sites"])
        #expect(fields { $0.until = province.now } == ["until"])
        #expect(fields { $0.until = province.now + DeskLimits.announcementLength + 1 } == ["until"])
        #expect(fields { $0.area = String(repeating: "区", count: 201) } == ["area"])
        let longest = String(repeating: "字", count: 2_000)
        try announce(in: province) {
            $0.wording = nil
            $0.zh = longest
            $0.en = longest
            $0.area = String(repeating: "区", count: 200)
            $0.until = province.now + DeskLimits.announcementLength
        }
        #expect(
            fields {
                $0.wording = nil
                $0.zh = longest + "字"
                $0.en = "x"
            } == ["zh"])
        for _ in 1..<DeskLimits.announcementsAtOnce { try announce(in: province) }
        #expect(deskError { try announce(in: province) }?.kind == .wrongState)
    }

    @Test("is a thing of protocol 3, which an older hub never gets")
    func level() throws {
        let entity = EntityID(kind: .announcement, high: 1, low: 1)
        let change = Change(
            origin: OriginID(raw: 1), sequence: 1, stamp: Stamp(milliseconds: 1), entity: entity,
            edits: [.assign(AnnouncementField.zh, .null)])
        #expect(change.levelNeeded(DeskDomain().levels) == 3)
    }

    @Test("the province supervises a ticket and moves it, with a reason; its branch sees both and does neither")
    func interventions() throws {
        let province = try FlowProvince.made()
        let ticket = try province.open("complaint", at: province.yinchuan, ["subject": .text("重复投诉")])
        try province.converge()
        for action: TicketAction in [
            .supervise(true, reason: "x"), .reassign(to: province.guyuan.id, reason: "x"),
        ] {
            #expect(deskError { try province.act(action, on: ticket, at: province.yinchuan) }?.kind == .notAllowed)
        }
        let silent = deskError { try province.act(.supervise(true, reason: ""), on: ticket, at: province.hub) }
        #expect(silent?.problems.map(\.field) == ["reason"])
        try province.act(.supervise(true, reason: "领导关注"), on: ticket, at: province.hub)
        try province.converge()
        #expect(try province.value(TicketField.isSupervised, of: ticket, at: province.yinchuan) == .bool(true))
        try province.act(.supervise(false, reason: "已了结"), on: ticket, at: province.hub)
        try province.act(.reassign(to: province.guyuan.id, reason: "归固原"), on: ticket, at: province.hub)
        try province.converge()
        #expect(try province.home(of: ticket, at: province.guyuan) == "nx-guyuan")
        #expect(try province.shown(ticket, at: province.yinchuan) == nil)
        try province.checkOneOwner(of: ticket)
        try province.checkAgreement()
    }
}
