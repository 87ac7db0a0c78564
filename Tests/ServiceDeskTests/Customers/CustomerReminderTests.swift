import Replication
import ServiceDesk
import Standards
import Testing

@Suite("What to know before a customer is answered")
struct CustomerReminderTests {
    private static let day: Int64 = 86_400_000
    private static let bank = NewTicket.Customer(name: "某银行", phone: "13900000001")

    private func customer(of ticket: EntityID, _ province: DeskProvince) throws -> EntityID {
        let id = try province.row(ticket, at: province.yinchuan).state[TicketField.customer].bytesValue
        return try #require(id.flatMap { EntityID(kind: .customer, bytes: $0) })
    }

    private func note(_ facts: [String: Value], of customer: EntityID, _ province: DeskProvince) throws {
        province.now += 1_000
        let site = province.yinchuan
        _ = try site.session {
            try site.desk(at: province.now).note(facts, of: customer.text, shown: nil, key: nil, in: &$0)
        }
    }

    private func reminders(_ customer: EntityID, at site: DeskSite, _ province: DeskProvince) throws
        -> CustomerReminders
    {
        let row = try site.desk(at: province.now).customer(customer.text)
        return try CustomerReminders(of: row, in: site.store, shelf: PackShelf(), at: province.now)
    }

    private func again(_ customer: EntityID) -> NewTicket.Customer {
        NewTicket.Customer(name: Self.bank.name, phone: Self.bank.phone, id: customer)
    }

    @Test("A17: of a customer of whom nothing is known but one open ticket, only that is said")
    func plain() throws {
        let province = try FlowProvince.made()
        let ticket = try province.open(at: province.yinchuan, customer: Self.bank)
        let said = try reminders(try customer(of: ticket, province), at: province.yinchuan, province)
        #expect(said.contractEnds == nil && said.arrears == nil && said.repeats.isEmpty)
        #expect(said.open == [try province.number(ticket, at: province.yinchuan)])
    }

    @Test("A17: a contract is spoken of from 60 days before its end on, not a moment earlier, and after it")
    func contract() throws {
        let province = try FlowProvince.made()
        let customer = try customer(
            of: try province.open(at: province.yinchuan, customer: Self.bank), province)
        let ends = province.now + 61 * Self.day
        try note(["contractEnds": .integer(ends)], of: customer, province)
        province.now = ends - 60 * Self.day - 1
        #expect(try reminders(customer, at: province.yinchuan, province).contractEnds == nil)
        province.now = ends - 60 * Self.day
        #expect(try reminders(customer, at: province.yinchuan, province).contractEnds == ends)
        province.now = ends + Self.day
        #expect(try reminders(customer, at: province.yinchuan, province).contractEnds == ends)
    }

    @Test("A17: a second call on the same matter within 72 hours is a repeated one; one on another matter is none")
    func repeats() throws {
        let province = try FlowProvince.made()
        let site = province.yinchuan
        let first = try province.open(at: site, category: "billing", customer: Self.bank)
        let customer = try customer(of: first, province)
        try province.open(at: site, category: nil, customer: again(customer))
        #expect(try reminders(customer, at: site, province).repeats.isEmpty)
        let second = try province.open(at: site, category: "billing", customer: again(customer))
        let numbers = try [second, first].map { try province.number($0, at: site) }
        #expect(
            try reminders(customer, at: site, province).repeats == [.init(category: "billing", tickets: numbers)])
        province.now += 3 * Self.day
        #expect(try reminders(customer, at: site, province).repeats.isEmpty)
        #expect(try reminders(customer, at: site, province).open.count == 3)
    }

    @Test("A17: what is open at another branch is known at the hub; arrears are said at both")
    func elsewhere() throws {
        let province = try FlowProvince.made()
        let customer = try customer(
            of: try province.open(at: province.yinchuan, customer: Self.bank), province)
        try note(["arrears": .integer(2)], of: customer, province)
        try province.converge()
        try province.open(at: province.hub, for: province.guyuan, customer: again(customer))
        try province.converge()
        #expect(try reminders(customer, at: province.hub, province).open.count == 2)
        #expect(try reminders(customer, at: province.yinchuan, province).open.count == 1)
        #expect(try reminders(customer, at: province.guyuan, province).arrears == 2)
        try province.checkAgreement()
    }

    @Test("I12: both managers of a group customer are named on each of its orders, unless somebody says otherwise")
    func contacts() throws {
        let province = try FlowProvince.made()
        let site = province.yinchuan
        let customer = try customer(of: try province.open(at: site, customer: Self.bank), province)
        try note(["accountManager": .text("马建国"), "serviceManager": .text("李静")], of: customer, province)
        let order: [String: Value] = ["subject": .text("专线核查"), "serviceManager": .text("王芳")]
        let ticket = try province.open(
            "resourceCheck", at: site, order, customer: again(customer))
        let state = try province.row(ticket, at: site).state
        #expect(state[FieldNumbers.field("accountManager")] == .text("马建国"))
        #expect(state[FieldNumbers.field("serviceManager")] == .text("王芳"))
        // A complaint's form has no place for them.
        let complaint = try province.open(at: site, customer: again(customer))
        #expect(try province.row(complaint, at: site).state[FieldNumbers.field("accountManager")] == .null)
    }

    @Test("a name of 100 characters is taken and one of 101 refused, and a contract ends at a time")
    func limits() throws {
        let province = try FlowProvince.made()
        let customer = try customer(
            of: try province.open(at: province.yinchuan, customer: Self.bank), province)
        let name = String(repeating: "长", count: DeskLimits.managerNameLength)
        try note(["accountManager": .text(name)], of: customer, province)
        for facts: [String: Value] in [["accountManager": .text(name + "名")], ["contractEnds": .text("soon")]] {
            #expect(deskError { try note(facts, of: customer, province) }?.kind == .invalid)
        }
    }

    @Test("a hub of an earlier protocol is sent none of these facts")
    func levels() {
        for field in [CustomerField.contractEnds, CustomerField.accountManager, CustomerField.serviceManager] {
            let change = Change(
                origin: OriginID(raw: 1), sequence: 1, stamp: Stamp(milliseconds: 1),
                entity: EntityID(kind: .customer, high: 1, low: 1), edits: [.assign(field, .null)])
            #expect(change.levelNeeded(DeskDomain().levels) == 3)
        }
    }
}
