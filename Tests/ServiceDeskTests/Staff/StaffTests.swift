import Replication
import ServiceDesk
import Standards
import Testing

@Suite("R8: roles that replicate")
struct StaffTests {
    private func accepted(_ province: DeskProvince, by person: String? = nil) throws -> EntityID {
        let ticket = try province.open(at: province.yinchuan)
        try province.converge()
        return ticket
    }

    @Test("until a site has a roster anybody may act there; from then on only who holds the role, offline as well")
    func begun() throws {
        let province = try FlowProvince.made()
        let ticket = try accepted(province)
        try province.act(.transition("accept", fields: [:]), on: ticket, at: province.yinchuan, by: "somebody")
        try province.staff("wang", at: province.yinchuan, grant: ["clerk"])
        try province.converge()
        let step = TicketAction.transition("resolve", fields: ["resolution": .text("done")])
        let error = deskError { try province.act(step, on: ticket, at: province.yinchuan, by: "somebody") }
        #expect(error?.kind == .notAllowed)
        #expect(error?.message.contains("none of the roles clerk") == true)
        #expect(throws: (any Error).self) {
            try province.act(.note(Note(text: "x")), on: ticket, at: province.yinchuan, by: "somebody")
        }
        try province.act(step, on: ticket, at: province.yinchuan, by: "wang")
        try province.converge()
        #expect(try province.state(ticket, at: province.hub) == "resolved")
        // Another site has none yet.
        let other = try province.open(at: province.guyuan)
        try province.act(.transition("accept", fields: [:]), on: other, at: province.guyuan, by: "somebody")
        try province.checkAgreement()
    }

    @Test("a role that does not take the step is refused at the desk, and a forged step at the hub")
    func wrongRole() throws {
        let province = try FlowProvince.made()
        let ticket = try accepted(province)
        let before = try province.state(ticket, at: province.hub)
        try province.staff("li", at: province.yinchuan, grant: ["accountManager"])
        try province.converge()
        let error = deskError {
            try province.act(.transition("accept", fields: [:]), on: ticket, at: province.yinchuan, by: "li")
        }
        #expect(error?.kind == .notAllowed)
        let rule = try #require(try FlowProvince.standard().ticketType("complaint")?.transition("accept"))
        let edits = [Edit.transition(Transition(name: rule.name, from: rule.from, to: rule.to))]
        let forged = try province.force(edits, on: ticket, at: province.yinchuan, by: "li")
        try province.converge()
        #expect(try province.isRefused(forged))
        #expect(try province.state(ticket, at: province.yinchuan) == before)
    }

    @Test("what was done before the site had heard of a revocation stands and is listed; what is done later is refused")
    func revoked() throws {
        let province = try FlowProvince.made()
        let ticket = try accepted(province)
        try province.staff("wang", at: province.yinchuan, grant: ["clerk"])
        try province.converge()
        try province.staff("wang", at: province.yinchuan, revoke: ["clerk"])
        // Yinchuan is cut off and has not heard.
        let early = try province.act(
            .transition("accept", fields: [:]), on: ticket, at: province.yinchuan, by: "wang")
        try province.converge()
        #expect(try province.isRefused(early.change.reference) == false)
        #expect(try province.state(ticket, at: province.hub) == "inProgress")
        let acts = try LateAct.list(at: province.yinchuan.id, in: province.hub.store)
        #expect(acts.map(\.change) == [early.change.reference])
        #expect(acts.first?.person == "wang" && acts.first?.role == "clerk")
        let rule = try #require(try FlowProvince.standard().ticketType("complaint")?.transition("resolve"))
        let edits: [Edit] = [
            .transition(Transition(name: rule.name, from: rule.from, to: rule.to)),
            .assign(FieldNumbers.field("resolution"), .text("done")),
        ]
        let late = try province.force(edits, on: ticket, at: province.yinchuan, by: "wang")
        try province.converge()
        #expect(try province.isRefused(late))
        #expect(try province.state(ticket, at: province.hub) == "inProgress")
        #expect(try LateAct.list(at: nil, in: province.hub.store).count == 1)
    }

    @Test("a request that was made before the revocation was read is no acknowledgement of it")
    func unread() throws {
        let province = try FlowProvince.made()
        let ticket = try accepted(province)
        let site = province.yinchuan
        try province.staff("wang", at: site, grant: ["clerk"])
        try province.converge()
        try province.staff("wang", at: site, revoke: ["clerk"])
        try province.act(.transition("accept", fields: [:]), on: ticket, at: site, by: "wang")
        try province.exchange(.push, site)
        let step = TicketAction.transition("resolve", fields: ["resolution": .text("done")])
        let early = try province.act(step, on: ticket, at: site, by: "wang")
        try province.converge()
        #expect(try province.isRefused(early.change.reference) == false)
        #expect(try province.state(ticket, at: province.hub) == "resolved")
        #expect(try LateAct.list(at: site.id, in: province.hub.store).count == 2)
    }

    @Test("of several roles the one that may decide most counts; a role that decides nothing decides nothing")
    func severalRoles() throws {
        let province = try FlowProvince.made()
        for (person, roles) in [("wang", ["clerk", "supervisor"]), ("li", ["branchAdministrator"])] {
            try province.staff(person, at: province.hub, grant: roles)
        }
        let check = { (person: String, fen: Int64) in
            try province.hub.desk(at: province.now, actor: person).checkAuthority(
                over: OnceRequest(purpose: "refund", key: "C", amount: fen), at: province.hub.id)
        }
        try check("wang", 20_000)
        #expect(deskError { try check("wang", 20_001) } != nil)
        #expect(deskError { try check("li", 1) } != nil)
    }

    @Test("what was refused for want of a role is reinstated by somebody who holds it")
    func reinstated() throws {
        let province = try FlowProvince.made()
        let ticket = try accepted(province)
        try province.staff("zhao", at: province.yinchuan, grant: ["supervisor"])
        try province.converge()
        let rule = try #require(try FlowProvince.standard().ticketType("complaint")?.transition("accept"))
        let edits = [Edit.transition(Transition(name: rule.name, from: rule.from, to: rule.to))]
        let forged = try province.force(edits, on: ticket, at: province.yinchuan, by: "nobody")
        try province.converge()
        #expect(try province.isRefused(forged))
        let site = province.yinchuan
        let again = try site.session {
            try site.desk(at: province.now, actor: "zhao").reinstate(refused: forged, key: nil, in: &$0)
        }
        try province.converge()
        #expect(try province.isRefused(again.change.reference) == false)
        #expect(try province.state(ticket, at: province.hub) == "inProgress")
    }

    @Test("a revocation beats a grant that was made without knowing it, in whatever order they are heard")
    func concurrent() throws {
        for grantFirst in [true, false] {
            let province = try FlowProvince.made()
            try province.staff("chen", at: province.yinchuan, grant: ["branchAdministrator"])
            try province.staff("wang", at: province.yinchuan, grant: ["clerk"])
            try province.converge()
            let grant = {
                try province.staff(
                    "wang", at: province.yinchuan, grant: ["clerk"], by: "chen", from: province.yinchuan)
            }
            let revoke = { try province.staff("wang", at: province.yinchuan, revoke: ["clerk"]) }
            if grantFirst {
                _ = try grant()
                _ = try revoke()
            } else {
                _ = try revoke()
                _ = try grant()
            }
            try province.converge()
            for site in [province.hub, province.yinchuan] {
                #expect(try province.roles(of: "wang", at: province.yinchuan, as: site) == [])
            }
            // Whoever knows of it may give the role anew.
            _ = try grant()
            try province.converge()
            #expect(try province.roles(of: "wang", at: province.yinchuan, as: province.hub) == ["clerk"])
            try province.checkAgreement()
        }
    }

    @Test("a branch gives what the standard lets a role give, offline; it begins no roster and gives nothing more")
    func branchGrants() throws {
        let province = try FlowProvince.made()
        let site = province.yinchuan
        #expect(deskError { try province.staff("wang", at: site, grant: ["clerk"], from: site) }?.kind == .notAllowed)
        try province.staff("chen", at: site, grant: ["branchAdministrator"])
        try province.staff("li", at: site, grant: ["clerk"])
        try province.converge()
        try province.staff("wang", at: site, grant: ["clerk"], by: "chen", from: site)
        let ticket = try province.open(
            NewTicket(type: "complaint", home: site.id, fields: ["subject": .text("slow")]), at: site, by: "wang")
        try province.act(.transition("accept", fields: [:]), on: ticket.row.id, at: site, by: "wang")
        for (actor, role) in [("chen", "supervisor"), ("li", "clerk"), ("chen", "nonsense")] {
            #expect(throws: ReplicationError.self) {
                try province.staff("x", at: site, grant: [role], by: actor, from: site)
            }
        }
        try province.converge()
        #expect(try province.roles(of: "wang", at: site, as: province.hub) == ["clerk"])
        #expect(try province.state(ticket.row.id, at: province.hub) == "inProgress")
        // Nobody else sees it.
        #expect(try Roster.current(of: site.id, in: province.guyuan.store) == nil)
        let forged = try province.force(
            [.grant(Grant(person: "li", role: "supervisor"))], on: Roster.name(of: site.id), at: site, by: "li")
        try province.converge()
        #expect(try province.isRefused(forged))
        try province.checkAgreement()
    }

    @Test("a roster has so many people and no more, and a person a name of so many characters")
    func limits() throws {
        let province = try FlowProvince.made()
        let longest = String(repeating: "n", count: Roster.personLength)
        try province.staff(longest, at: province.yinchuan, grant: ["clerk"])
        for name in ["", longest + "n", "*"] {
            #expect(throws: ReplicationError.self) {
                try province.staff(name, at: province.yinchuan, grant: ["clerk"])
            }
        }
        #expect(deskError { try province.staff("li", at: province.yinchuan) }?.message == "No role is named.")
    }

    @Test("a refund within the authority of whoever asks is granted by itself; above it somebody must approve who may")
    func refunds() throws {
        let province = try FlowProvince.made()
        let ticket = try accepted(province)
        try province.staff("wang", at: province.yinchuan, grant: ["clerk"])
        try province.staff("sun", at: province.hub, grant: ["provinceAgent"])
        try province.staff("ma", at: province.hub, grant: ["provinceSupervisor"])
        try province.converge()
        let ask = { (charge: String, fen: Int64) in
            try province.act(
                .requestRefund(charge: charge, amount: fen, reason: "twice"), on: ticket, at: province.yinchuan,
                by: "wang"
            ).change.reference
        }
        let (small, large) = (try ask("C-1", 5_000), try ask("C-2", 5_001))
        try province.converge()
        let hub = province.hub
        let decided = try hub.session {
            try hub.desk(at: province.now).decideWithinAuthority(hubKey: DeskProvince.hubKey, in: &$0)
        }
        #expect(decided == 1)
        try province.converge()
        #expect(try RequestStanding.find(small, in: province.yinchuan.store)?.state == .granted)
        let open = try #require(try RequestStanding.find(large, in: hub.store))
        #expect(open.state == .open)
        try hub.desk(at: province.now, actor: "ma").checkAuthority(over: open.request, at: hub.id)
        try hub.desk(at: province.now, actor: "sun").checkAuthority(over: open.request, at: hub.id)
        let big = OnceRequest(purpose: "refund", key: "C-3", amount: 20_001)
        let error = deskError { try hub.desk(at: province.now, actor: "sun").checkAuthority(over: big, at: hub.id) }
        #expect(error?.message == "Whoever did this may decide refunds of 20000 fen; this one is of 20001.")
        try hub.desk(at: province.now, actor: "ma").checkAuthority(over: big, at: hub.id)
    }

    @Test("R8: a credit up to the clerk's limit is given offline; a larger one takes a supervisor, here and at the hub")
    func credit() throws {
        let province = try FlowProvince.made()
        let ticket = try accepted(province)
        try province.staff("wang", at: province.yinchuan, grant: ["clerk"])
        try province.staff("zhao", at: province.yinchuan, grant: ["supervisor"])
        try province.converge()
        try province.act(.transition("accept", fields: [:]), on: ticket, at: province.yinchuan, by: "wang")
        let credit = { (fen: Int64) in
            TicketAction.transition(
                "resolveWithCredit",
                fields: ["resolution": .text("done"), "creditFen": .integer(fen), "creditReason": .text("delay")])
        }
        let error = deskError { try province.act(credit(5_001), on: ticket, at: province.yinchuan, by: "wang") }
        #expect(error?.message == "creditFen is above what whoever does this may decide (5000).")
        try province.act(credit(5_001), on: ticket, at: province.yinchuan, by: "zhao")
        try province.converge()
        #expect(try province.state(ticket, at: province.hub) == "resolved")
        let second = try province.open(
            NewTicket(type: "complaint", home: province.yinchuan.id, fields: ["subject": .text("slow")]),
            at: province.yinchuan, by: "wang"
        ).row.id
        try province.act(.transition("accept", fields: [:]), on: second, at: province.yinchuan, by: "wang")
        let rule = try #require(
            try FlowProvince.standard().ticketType("complaint")?.transition("resolveWithCredit"))
        let forged = try province.force(
            [
                .transition(Transition(name: rule.name, from: rule.from, to: rule.to)),
                .assign(FieldNumbers.field("resolution"), .text("done")),
                .assign(FieldNumbers.field("creditFen"), .integer(5_001)),
                .assign(FieldNumbers.field("creditReason"), .text("delay")),
            ], on: second, at: province.yinchuan, by: "wang")
        try province.converge()
        #expect(try province.isRefused(forged))
    }
}
