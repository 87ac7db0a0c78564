import Replication
import ServiceDesk
import Testing

/// Who may see a customer follows from the tickets that name it.
struct CustomerTests {
    private static let someone = NewTicket.Customer(name: "马桂兰", phone: "13900000001")

    private func ticket(of province: DeskProvince) throws -> (ticket: EntityID, customer: EntityID) {
        let ticket = try province.open(at: province.yinchuan, customer: Self.someone)
        let customer = try #require(try province.customer(of: ticket, at: province.yinchuan))
        try province.converge()
        return (ticket, customer)
    }

    @Test("a customer's sites come and go with the transfers of its ticket")
    func transfers() throws {
        let province = try DeskProvince()
        let (ticket, customer) = try ticket(of: province)
        #expect(try province.sites(of: customer) == ["nx-yinchuan"])
        try province.act(.offerTransfer(province.guyuan.id), on: ticket, at: province.yinchuan)
        try province.converge()
        #expect(try province.sites(of: customer) == ["nx-guyuan", "nx-yinchuan"])
        #expect(try province.value(CustomerField.phone, of: customer, at: province.guyuan) == .text("13900000001"))
        try province.act(.declineTransfer, on: ticket, at: province.guyuan)
        try province.converge()
        #expect(try province.sites(of: customer) == ["nx-yinchuan"])
        #expect(try province.shown(customer, at: province.guyuan) == nil)
        try province.act(.offerTransfer(province.guyuan.id), on: ticket, at: province.yinchuan)
        try province.converge()
        try province.act(.acceptTransfer, on: ticket, at: province.guyuan)
        try province.converge()
        #expect(try province.sites(of: customer) == ["nx-guyuan"])
        #expect(try province.shown(customer, at: province.yinchuan) == nil)
        try province.checkAgreement()
    }

    @Test("a customer stays where another of its tickets is, as owner or as helper")
    func secondTicket() throws {
        let province = try DeskProvince()
        let (ticket, customer) = try ticket(of: province)
        let second = try province.open(at: province.yinchuan)
        let helped = try province.open(at: province.wuzhong)
        try province.converge()
        try province.act(.note(Note(text: "the same customer")), on: second, at: province.hub)
        for entity in [second, helped] {
            _ = try province.force(
                [.assign(TicketField.customer, .bytes(customer.bytes))], on: entity, at: province.hub)
        }
        try province.force([.add(TicketField.collaborators, .text("nx-yinchuan"))], on: helped, at: province.hub)
        try province.converge()
        // The rules of the hub were off while it wrote; the next ticket's change brings the set up to date.
        for entity in [second, helped] { try province.act(.note(Note(text: "n")), on: entity, at: province.hub) }
        try province.converge()
        #expect(try province.sites(of: customer) == ["nx-wuzhong", "nx-yinchuan"])
        for entity in [ticket, second] {
            try province.act(.offerTransfer(province.guyuan.id), on: entity, at: province.yinchuan)
            try province.converge()
            try province.act(.acceptTransfer, on: entity, at: province.guyuan)
            try province.converge()
            #expect(try province.sites(of: customer) == ["nx-guyuan", "nx-wuzhong", "nx-yinchuan"])
        }
        try province.act(.offerTransfer(province.guyuan.id), on: helped, at: province.wuzhong)
        try province.converge()
        try province.act(.acceptTransfer, on: helped, at: province.guyuan)
        try province.converge()
        #expect(try province.sites(of: customer) == ["nx-guyuan", "nx-yinchuan"])
        try province.checkAgreement()
    }

    @Test("a branch cannot give a customer to a site, itself included")
    func forgedSites() throws {
        let province = try DeskProvince()
        let (_, customer) = try ticket(of: province)
        let forged: [Edit] = [
            .add(CustomerField.sites, .text("nx-wuzhong")), .remove(CustomerField.sites, .text("nx-yinchuan")),
            .assign(CustomerField.sites, .text("nx-wuzhong")),
        ]
        for edit in forged { try province.force([edit], on: customer, at: province.yinchuan) }
        let stranger = EntityID(kind: .customer, high: 1, low: 2)
        try province.force(
            [.create(Creation()), .add(CustomerField.sites, .text("nx-guyuan"))], on: stranger, at: province.yinchuan)
        try province.converge()
        #expect(try province.refusals(of: customer, at: province.hub).count == forged.count)
        #expect(try province.refusals(of: stranger, at: province.hub).count == 1)
        #expect(try province.sites(of: customer) == ["nx-yinchuan"])
        try province.checkAgreement()
    }

    @Test("a branch that creates another's customer once more is not let in by that")
    func createdAgain() throws {
        let province = try DeskProvince()
        let (_, customer) = try ticket(of: province)
        try province.force(
            [.create(Creation()), .add(CustomerField.sites, .text("nx-wuzhong"))], on: customer, at: province.wuzhong)
        try province.converge()
        #expect(try province.sites(of: customer) == ["nx-yinchuan"])
        #expect(try province.shown(customer, at: province.wuzhong) == nil)
        #expect(try !holds(province.wuzhong.bytesOnDisk(), "马桂兰"))
        try province.checkAgreement()
    }
}
