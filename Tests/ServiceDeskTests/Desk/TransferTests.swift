import Replication
import ServiceDesk
import Testing

/// A ticket has one owner at any moment: an offer moves nothing, an acceptance does, and the hub's order decides.
struct TransferTests {
    /// A ticket of Yinchuan that is on offer to Guyuan, which has heard of it.
    private func offered() throws -> (DeskProvince, EntityID) {
        let province = try DeskProvince()
        let ticket = try province.open(at: province.yinchuan)
        try province.converge()
        #expect(try province.shown(ticket, at: province.guyuan) == nil)
        try province.act(.offerTransfer(province.guyuan.id), on: ticket, at: province.yinchuan)
        try province.checkOneOwner(of: ticket)
        try province.converge()
        return (province, ticket)
    }

    /// Exchanges branch by branch, looking for a second owner after every message.
    private func settle(_ province: DeskProvince, _ ticket: EntityID, _ order: [DeskSite]) throws {
        for site in order {
            while try site.store.life().backlog > 0 {
                try province.exchange(.push, site)
                try province.checkOneOwner(of: ticket)
            }
            try province.exchange(.poll, site)
            try province.checkOneOwner(of: ticket)
        }
        try province.converge()
        try province.checkOneOwner(of: ticket)
        try province.checkAgreement()
    }

    @Test("a ticket changes hands when the branch it is offered to accepts, and the old owner's copy goes")
    func accepted() throws {
        let (province, ticket) = try offered()
        for site in [province.hub, province.yinchuan, province.guyuan] {
            #expect(try province.home(of: ticket, at: site) == "nx-yinchuan")
        }
        try province.act(.acceptTransfer, on: ticket, at: province.guyuan)
        try province.checkOneOwner(of: ticket)
        try settle(province, ticket, [province.guyuan, province.yinchuan])
        for site in [province.hub, province.guyuan] {
            #expect(try province.home(of: ticket, at: site) == "nx-guyuan")
            #expect(try province.value(TicketField.transferTo, of: ticket, at: site) == .null)
        }
        #expect(try province.shown(ticket, at: province.yinchuan) == nil)
        #expect(try TicketQuery().count(in: province.yinchuan.store) == 0)
        let error = deskError {
            try province.act(.note(Note(text: "still ours?")), on: ticket, at: province.yinchuan)
        }
        #expect(error?.kind == .notFound)
    }

    @Test("a declined offer leaves the ticket where it was, and the copy of who declined goes")
    func declined() throws {
        let (province, ticket) = try offered()
        try province.act(.declineTransfer, on: ticket, at: province.guyuan)
        try settle(province, ticket, [province.guyuan, province.yinchuan])
        #expect(try province.home(of: ticket, at: province.yinchuan) == "nx-yinchuan")
        #expect(try province.shown(ticket, at: province.guyuan) == nil)
        // It may be offered again, and then accepted.
        try province.act(.offerTransfer(province.guyuan.id), on: ticket, at: province.yinchuan)
        try province.converge()
        try province.act(.acceptTransfer, on: ticket, at: province.guyuan)
        try province.converge()
        #expect(try province.home(of: ticket, at: province.hub) == "nx-guyuan")
    }

    @Test("an offer that was withdrawn while it was being accepted offline is not accepted, and the reason is told")
    func withdrawnMeanwhile() throws {
        let (province, ticket) = try offered()
        let acceptance = try province.act(.acceptTransfer, on: ticket, at: province.guyuan)
        try province.act(.declineTransfer, on: ticket, at: province.yinchuan)
        try province.checkOneOwner(of: ticket)
        try settle(province, ticket, [province.yinchuan, province.guyuan])
        #expect(try province.home(of: ticket, at: province.yinchuan) == "nx-yinchuan")
        #expect(try province.shown(ticket, at: province.guyuan) == nil)
        for site in [province.hub, province.guyuan] {
            let row = try #require(try site.store.row(ticket))
            let refused = try site.store.refusals(of: row.number)
            #expect(refused.map(\.entry.change) == [acceptance.change])
            #expect(
                refused.first?.reason
                    == "The ticket is not on offer to nx-guyuan. Ask its owner to offer it again.")
        }
    }

    @Test("an offer that was accepted first cannot be withdrawn any more")
    func acceptedFirst() throws {
        let (province, ticket) = try offered()
        try province.act(.acceptTransfer, on: ticket, at: province.guyuan)
        try province.act(.declineTransfer, on: ticket, at: province.yinchuan)
        try settle(province, ticket, [province.guyuan, province.yinchuan])
        for site in [province.hub, province.guyuan] {
            #expect(try province.home(of: ticket, at: site) == "nx-guyuan")
        }
        #expect(try province.refusals(of: ticket, at: province.hub).count == 1)
    }

    @Test("an acceptance of an offer that has been made anew since is refused, and the new offer stands")
    func offeredAnew() throws {
        let (province, ticket) = try offered()
        try province.act(.acceptTransfer, on: ticket, at: province.guyuan)
        try province.act(.declineTransfer, on: ticket, at: province.yinchuan)
        try province.act(.offerTransfer(province.guyuan.id), on: ticket, at: province.yinchuan)
        try settle(province, ticket, [province.yinchuan, province.guyuan])
        #expect(try province.refusals(of: ticket, at: province.guyuan).count == 1)
        for site in [province.hub, province.yinchuan, province.guyuan] {
            #expect(try province.home(of: ticket, at: site) == "nx-yinchuan")
            #expect(try province.value(TicketField.transferTo, of: ticket, at: site) == .text("nx-guyuan"))
        }
        try province.act(.acceptTransfer, on: ticket, at: province.guyuan)
        try settle(province, ticket, [province.guyuan])
        #expect(try province.home(of: ticket, at: province.hub) == "nx-guyuan")
    }

    @Test("of two offers made at once one stands, the other is listed as lost, and only the first may be accepted")
    func twoOffers() throws {
        let province = try DeskProvince()
        let ticket = try province.open(at: province.yinchuan)
        try province.converge()
        let lost = try province.act(.offerTransfer(province.guyuan.id), on: ticket, at: province.hub)
        try province.sync(province.guyuan)
        try province.act(.acceptTransfer, on: ticket, at: province.guyuan)
        // The owner has not heard of the hub's offer.
        try province.act(.offerTransfer(province.wuzhong.id), on: ticket, at: province.yinchuan)
        try settle(province, ticket, [province.yinchuan, province.guyuan, province.wuzhong])
        #expect(try province.home(of: ticket, at: province.hub) == "nx-yinchuan")
        #expect(try province.shown(ticket, at: province.guyuan) == nil)
        #expect(try province.refusals(of: ticket, at: province.guyuan).count == 1)
        let state = try #require(try province.shown(ticket, at: province.wuzhong))
        #expect(state[TicketField.transferTo] == .text("nx-wuzhong"))
        #expect(state.conflicts.map(\.losing) == [lost.change.reference])
        try province.act(.acceptTransfer, on: ticket, at: province.wuzhong)
        try settle(province, ticket, [province.wuzhong, province.yinchuan])
        #expect(try province.home(of: ticket, at: province.hub) == "nx-wuzhong")
    }

    @Test("nobody but the branch it is offered to takes a ticket")
    func thirdSite() throws {
        let province = try DeskProvince()
        let ticket = try province.open(at: province.yinchuan)
        try province.act(.offerTransfer(province.wuzhong.id), on: ticket, at: province.yinchuan)
        try province.converge()
        province.wuzhong.domain = DeskDomain(mischief: .keepsErased)
        try province.act(.offerTransfer(province.guyuan.id), on: ticket, at: province.yinchuan)
        try province.converge()
        let error = deskError { try province.act(.acceptTransfer, on: ticket, at: province.wuzhong) }
        #expect(error?.kind == .notFound)
        #expect(deskError { try province.act(.acceptTransfer, on: ticket, at: province.hub) }?.kind == .wrongState)
        // The third site's software ignores that the ticket has left it.
        try province.wuzhong.unlock(ticket)
        let grab: [Edit] = [.assign(TicketField.home, .text("nx-wuzhong")), .assign(TicketField.transferTo, .null)]
        try province.force(grab, on: ticket, at: province.wuzhong)
        // And the owner tries to keep what it offers, by taking it for itself.
        try province.force([.assign(TicketField.home, .text("nx-wuzhong"))], on: ticket, at: province.yinchuan)
        try province.sync(province.wuzhong)
        try province.sync(province.yinchuan)
        #expect(try province.refusals(of: ticket, at: province.hub).count == 2)
        #expect(try province.home(of: ticket, at: province.hub) == "nx-yinchuan")
        try province.act(.acceptTransfer, on: ticket, at: province.guyuan)
        try province.sync(province.guyuan)
        #expect(try province.home(of: ticket, at: province.hub) == "nx-guyuan")
    }

    @Test("a branch that helps with a ticket cannot take it while it is not on offer, although it has seen everything")
    func helper() throws {
        let province = try DeskProvince()
        let ticket = try province.open(at: province.yinchuan)
        try province.converge()
        try province.force([.add(TicketField.collaborators, .text("nx-wuzhong"))], on: ticket, at: province.hub)
        try province.converge()
        #expect(deskError { try province.act(.acceptTransfer, on: ticket, at: province.wuzhong) }?.kind == .wrongState)
        try province.force([.assign(TicketField.home, .text("nx-wuzhong"))], on: ticket, at: province.wuzhong)
        try province.act(.note(Note(text: "Seen on site")), on: ticket, at: province.wuzhong)
        try settle(province, ticket, [province.wuzhong, province.yinchuan])
        #expect(try province.refusals(of: ticket, at: province.wuzhong).count == 1)
        #expect(try province.home(of: ticket, at: province.hub) == "nx-yinchuan")
        #expect(try province.shown(ticket, at: province.yinchuan)?.notes == 1)
    }

    @Test("an offer that is sent again after the ticket has gone is still the offer that was made")
    func repeatedOffer() throws {
        let province = try DeskProvince()
        let ticket = try province.open(at: province.yinchuan)
        let key = IdempotencyKey(client: "clerk", key: "1", content: [])
        let offer = TicketAction.offerTransfer(province.guyuan.id)
        let first = try province.act(offer, on: ticket, at: province.yinchuan, key: key)
        try province.converge()
        try province.act(.acceptTransfer, on: ticket, at: province.guyuan)
        try province.converge()
        let again = try province.act(offer, on: ticket, at: province.yinchuan, key: key)
        #expect(again.isReplay)
        #expect(again.change.reference == first.change.reference && again.change.entity == ticket)
        #expect(try province.home(of: ticket, at: province.guyuan) == "nx-guyuan")
    }

    @Test("what the old owner did before it heard counts, and what it sends afterwards does not")
    func oldOwner() throws {
        let (province, ticket) = try offered()
        province.yinchuan.domain = DeskDomain(mischief: .keepsErased)
        try province.act(.acceptTransfer, on: ticket, at: province.guyuan)
        try province.sync(province.guyuan)
        try province.act(.assign(["area": .text("West")]), on: ticket, at: province.yinchuan)
        try province.converge()
        #expect(try province.value(FieldNumbers.field("area"), of: ticket, at: province.guyuan) == .text("West"))
        try province.yinchuan.unlock(ticket)
        try province.force([.assign(TicketField.subject, .text("mine"))], on: ticket, at: province.yinchuan)
        try province.sync(province.yinchuan)
        #expect(
            try province.refusals(of: ticket, at: province.hub) == [
                "The site is not among those that may see this entity. Ask its owner for a transfer."
            ])
        #expect(try province.value(TicketField.subject, of: ticket, at: province.hub) != .text("mine"))
    }

    @Test("an offer goes to another branch of the directory, and comes from the owner")
    func offers() throws {
        let (province, ticket) = try offered()
        func offer(_ site: String, at from: DeskSite) -> DeskError.Kind? {
            deskError { try province.act(.offerTransfer(SiteID(site)), on: ticket, at: from) }?.kind
        }
        for site in [province.yinchuan, province.hub] {
            #expect(offer("nx-yinchuan", at: site) == .wrongState)
            #expect(offer("nx-hub", at: site) == .invalid)
            #expect(offer("nx-nowhere", at: site) == .invalid)
        }
        #expect(offer("nx-wuzhong", at: province.guyuan) == .notAllowed)
        for target in ["nx-wuzhong", "nx-nowhere"] {
            try province.force([.assign(TicketField.transferTo, .text(target))], on: ticket, at: province.guyuan)
        }
        for target in ["nx-yinchuan", "nx-nowhere"] {
            try province.force([.assign(TicketField.transferTo, .text(target))], on: ticket, at: province.yinchuan)
        }
        try province.converge()
        #expect(try province.refusals(of: ticket, at: province.hub).count == 4)
        #expect(try province.value(TicketField.transferTo, of: ticket, at: province.hub) == .text("nx-guyuan"))
        try province.checkAgreement()
    }

    @Test("an offer is ended by the owner, the branch it was made to, or the hub, and only while it stands")
    func ended() throws {
        let (province, ticket) = try offered()
        try province.act(.declineTransfer, on: ticket, at: province.hub)
        try province.converge()
        #expect(
            deskError { try province.act(.declineTransfer, on: ticket, at: province.yinchuan) }?.kind == .wrongState)
        #expect(try province.shown(ticket, at: province.guyuan) == nil)
    }

    @Test("a ticket that the hub opens for a branch appears there")
    func openedByHub() throws {
        let province = try DeskProvince()
        let ticket = try province.open(
            "fault", at: province.hub, for: province.guyuan, customer: .init(name: "马桂兰", phone: "0954-1"))
        try province.converge()
        #expect(try province.home(of: ticket, at: province.guyuan) == "nx-guyuan")
        #expect(try province.customer(of: ticket, at: province.guyuan) != nil)
        #expect(try province.shown(ticket, at: province.yinchuan) == nil)
        try province.act(.transition("accept", fields: [:]), on: ticket, at: province.guyuan)
        try province.converge()
        #expect(try province.stage(of: ticket, at: province.hub) == "accepted")
        try province.checkAgreement()
    }

    @Test("a ticket that a branch opens for another goes there and stays with neither but that one")
    func openedForAnother() throws {
        let province = try DeskProvince()
        let ticket = try province.open(
            at: province.yinchuan, for: province.guyuan, customer: .init(name: "马桂兰", phone: "0954-1"))
        let customer = try #require(try province.customer(of: ticket, at: province.yinchuan))
        try province.act(.note(Note(text: "Called twice")), on: ticket, at: province.yinchuan)
        try province.converge()
        #expect(try province.shown(ticket, at: province.guyuan)?.notes == 1)
        #expect(try province.value(CustomerField.name, of: customer, at: province.guyuan) == .text("马桂兰"))
        #expect(try province.shown(ticket, at: province.yinchuan) == nil)
        #expect(try province.shown(customer, at: province.yinchuan) == nil)
        #expect(try province.refusals(of: ticket, at: province.hub) == [])
        try province.checkAgreement()
    }
}
