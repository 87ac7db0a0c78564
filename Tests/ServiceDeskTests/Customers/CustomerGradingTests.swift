import Replication
import ServiceDesk
import Standards
import Testing

@Suite("The grade of a customer")
struct CustomerGradingTests {
    private func customer(_ province: DeskProvince) throws -> EntityID {
        let ticket = try province.open(
            at: province.yinchuan, customer: NewTicket.Customer(name: "某银行", phone: "13900000001"))
        let id = try province.row(ticket, at: province.yinchuan).state[TicketField.customer].bytesValue
        return try #require(id.flatMap { EntityID(kind: .customer, bytes: $0) })
    }

    private func note(
        _ facts: [String: Value], of customer: EntityID, at site: DeskSite, _ province: DeskProvince
    ) throws {
        province.now += 1_000
        _ = try site.session {
            try site.desk(at: province.now).note(facts, of: customer.text, shown: nil, key: nil, in: &$0)
        }
    }

    private func grading(_ customer: EntityID, at site: DeskSite, _ province: DeskProvince) throws -> CustomerGrading {
        let row = try site.desk(at: province.now).customer(customer.text)
        let rules = try #require(try PackShelf().current(in: site.store, at: province.now)?.pack.customers)
        return try CustomerGrading(of: row, in: site.store, rules: rules, at: province.now)
    }

    @Test("D7: it follows from background, revenue and behaviour, at the branch offline and at the hub alike")
    func computed() throws {
        let province = try FlowProvince.made()
        let customer = try customer(province)
        let plain = try grading(customer, at: province.yinchuan, province)
        #expect(plain.grade == plain.computed?.grade)
        try note(
            ["class": .text("finance"), "monthlyFen": .integer(10_000_000), "since": .integer(1_300_000_000_000)],
            of: customer, at: province.yinchuan, province)
        let rich = try grading(customer, at: province.yinchuan, province)
        #expect(rich.grade == "diamond")
        #expect(rich.computed.map { $0.parts[2] > 0 } == true, "many years count")
        try province.converge()
        #expect(try grading(customer, at: province.hub, province) == rich)
        #expect(rich.turns.map(\.grade) == [plain.grade, "diamond"])
        try province.checkAgreement()
    }

    @Test("D7: somebody sets it by hand with a reason, and the history keeps both")
    func byHand() throws {
        let province = try FlowProvince.made()
        let customer = try customer(province)
        let error = deskError {
            try note(["grade": .text("gold")], of: customer, at: province.yinchuan, province)
        }
        #expect(error?.problems.map(\.field) == ["reason"])
        let before = try grading(customer, at: province.yinchuan, province).grade
        try note(
            ["grade": .text("gold"), "reason": .text("the mayor asks")], of: customer, at: province.yinchuan, province)
        #expect(try grading(customer, at: province.yinchuan, province).grade == "gold")
        try note(["grade": .null], of: customer, at: province.yinchuan, province)
        let after = try grading(customer, at: province.yinchuan, province)
        #expect(after.grade == before)
        #expect(after.facts.gradeReason == nil)
        #expect(after.turns.map(\.grade) == [before, "gold", before])
        #expect(after.turns.map(\.reason) == [nil, "the mayor asks", nil])
    }

    @Test("what the standard does not know is refused")
    func unknown() throws {
        let province = try FlowProvince.made()
        let customer = try customer(province)
        for facts: [String: Value] in [
            ["class": .text("pirate")], ["grade": .text("iron"), "reason": .text("x")], ["arrears": .integer(13)],
            ["colour": .text("blue")], ["monthlyFen": .text("much")], [:],
        ] {
            #expect(deskError { try note(facts, of: customer, at: province.yinchuan, province) }?.kind == .invalid)
        }
    }

    @Test("D7: the limits of a ticket are those of its customer's grade, where the ticket itself names none")
    func limits() throws {
        let province = try FlowProvince.made()
        let site = province.yinchuan
        let ticket = try province.open(
            at: site, customer: NewTicket.Customer(name: "某银行", phone: "13900000001"))
        let id = try province.row(ticket, at: site).state[TicketField.customer].bytesValue
        let customer = try #require(id.flatMap { EntityID(kind: .customer, bytes: $0) })
        func decisive() throws -> String? {
            let row = try province.row(ticket, at: site)
            let timing = try #require(try TicketTiming(of: row, in: site.store, shelf: PackShelf(), at: province.now))
            return timing.readings.first { $0.kind == .solution }?.decisive?.rule.id
        }
        #expect(try decisive() == "complaintSolution")
        try note(["grade": .text("diamond"), "reason": .text("x")], of: customer, at: site, province)
        #expect(try decisive() == "complaintSolutionDiamond")
        try province.act(.assign(["customerGrade": .text("ordinary")]), on: ticket, at: site)
        #expect(try decisive() == "complaintSolution")
    }
}
