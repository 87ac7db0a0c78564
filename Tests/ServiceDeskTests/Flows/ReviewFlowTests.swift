import Replication
import ServiceDesk
import Standards
import Testing

@Suite("A readiness review over several branches")
struct ReviewFlowTests {
    private static let departments = ["network", "billing", "marketing", "serviceManagement", "it"]

    /// In review, at Yinchuan, with Guyuan helping.
    private func review(_ province: DeskProvince) throws -> EntityID {
        let ticket = try province.open(
            "readinessReview", at: province.yinchuan, ["subject": .text("新套餐"), "productType": .text("tariff")])
        try province.act(.share(adding: [province.guyuan.id], removing: []), on: ticket, at: province.yinchuan)
        try submit(ticket, province)
        try province.converge()
        return ticket
    }

    private func submit(_ ticket: EntityID, _ province: DeskProvince) throws {
        var fields: [String: Value] = [
            "plannedLaunch": .integer(province.now), "proposingDepartment": .text("marketing"),
        ]
        for name in ["tariffWording", "unsubscribePath", "customerScript", "knowledgeArticle", "refundRule"] {
            fields[name] = .text("written")
        }
        try province.take("submit", ticket, at: province.yinchuan, fields)
    }

    private func vote(
        _ department: String, _ choice: Vote.Choice, _ ticket: EntityID, at site: DeskSite, _ province: DeskProvince
    ) throws {
        try province.act(
            .vote(department: department, choice, reason: choice == .approve ? "" : "unclear"), on: ticket, at: site)
    }

    private func standing(_ ticket: EntityID, at site: DeskSite, _ province: DeskProvince) throws -> ReviewStanding {
        let row = try province.row(ticket, at: site)
        let template = try #require(try site.desk(at: province.now).type(of: row).type.work.review)
        return ReviewStanding(of: row.state, template)
    }

    @Test("P3: it is not submitted while an item of its checklist is missing, and says which")
    func checklist() throws {
        let province = try FlowProvince.made()
        let ticket = try province.open(
            "readinessReview", at: province.yinchuan, ["subject": .text("新套餐"), "productType": .text("tariff")])
        let error = deskError {
            try province.take(
                "submit", ticket, at: province.yinchuan,
                [
                    "plannedLaunch": .integer(province.now), "proposingDepartment": .text("marketing"),
                    "tariffWording": .text("written"),
                ])
        }
        #expect(
            error?.message
                == "For what productType says, these are missing: unsubscribePath, customerScript, knowledgeArticle, "
                + "refundRule.")
    }

    @Test("P1: every department is asked, and it is launched by the province once all have approved")
    func launch() throws {
        let province = try FlowProvince.made()
        let ticket = try review(province)
        for department in Self.departments {
            #expect(deskError { try province.take("recordApproval", ticket, at: province.yinchuan) } != nil)
            try vote(department, .approve, ticket, at: province.yinchuan, province)
        }
        try province.take("recordApproval", ticket, at: province.yinchuan)
        try province.converge()
        let launched: [String: Value] = ["launchedAt": .integer(province.now)]
        #expect(deskError { try province.take("launch", ticket, at: province.yinchuan, launched) } != nil)
        try province.take("launch", ticket, at: province.hub, launched)
        try province.converge()
        #expect(try province.state(ticket, at: province.yinchuan) == "launched")
    }

    @Test("P2: the province names the votes that it counted when it launches; a veto that comes later is an alarm")
    func late() throws {
        let province = try FlowProvince.made()
        let ticket = try review(province)
        for department in Self.departments {
            try vote(department, .approve, ticket, at: province.yinchuan, province)
        }
        try province.take("recordApproval", ticket, at: province.yinchuan)
        try province.converge()
        // Guyuan is cut off and vetoes.
        try vote("serviceManagement", .veto, ticket, at: province.guyuan, province)
        try province.take("launch", ticket, at: province.hub, ["launchedAt": .integer(province.now)])
        try province.converge()
        for site in [province.hub, province.yinchuan, province.guyuan] {
            #expect(try province.state(ticket, at: site) == "launched")
            let standing = try standing(ticket, at: site, province)
            #expect(standing.outcome == .passed)
            #expect(standing.late == ["serviceManagement"])
        }
        try province.checkAgreement()
    }

    @Test("P2: one veto while another branch approves ends vetoed everywhere, in whatever order they are heard")
    func veto() throws {
        for guyuanFirst in [true, false] {
            let province = try FlowProvince.made()
            let ticket = try review(province)
            for department in Self.departments.filter({ $0 != "serviceManagement" }) {
                try vote(department, .approve, ticket, at: province.yinchuan, province)
            }
            try province.converge()
            try vote("serviceManagement", .approve, ticket, at: province.yinchuan, province)
            try province.take("recordApproval", ticket, at: province.yinchuan)
            try vote("serviceManagement", .veto, ticket, at: province.guyuan, province)
            for site in guyuanFirst ? [province.guyuan, province.yinchuan] : [province.yinchuan, province.guyuan] {
                try province.sync(site)
            }
            try province.converge()
            for site in [province.hub, province.yinchuan, province.guyuan] {
                #expect(try standing(ticket, at: site, province).outcome == .vetoed)
            }
            // The approval of a round that the hub knows to be vetoed is refused there; one that came first stands, and
            // leads no further.
            let isRefused = guyuanFirst
            #expect(try province.state(ticket, at: province.hub) == (isRefused ? "inReview" : "approved"))
            let error = deskError {
                try province.take("launch", ticket, at: province.hub, ["launchedAt": .integer(province.now)])
            }
            #expect(isRefused || error?.message == "Round 1 of the review is vetoed.")
            try province.checkAgreement()
        }
    }

    @Test("P2: the next round begins empty and keeps the votes of the first")
    func rounds() throws {
        let province = try FlowProvince.made()
        let ticket = try review(province)
        try vote("network", .approve, ticket, at: province.guyuan, province)
        try vote("serviceManagement", .veto, ticket, at: province.guyuan, province)
        try province.converge()
        try province.take("recordVeto", ticket, at: province.yinchuan)
        try province.take("resubmit", ticket, at: province.yinchuan, ["revisionNote": .text("clearer")])
        try submit(ticket, province)
        let second = try standing(ticket, at: province.yinchuan, province)
        #expect(second.round == 2)
        #expect(second.outcome == .open)
        #expect(second.missing == Self.departments)
        for department in Self.departments { try vote(department, .approve, ticket, at: province.yinchuan, province) }
        try province.converge()
        #expect(try standing(ticket, at: province.guyuan, province).outcome == .passed)
        let votes = try province.row(ticket, at: province.guyuan).state.votes.map(\.vote)
        #expect(votes.count == 7)
        #expect(votes.filter { $0.round == 1 }.map(\.choice) == [.approve, .veto])
    }

    @Test("P2: only who may veto does, and never without a reason; at the desk and at the hub")
    func rules() throws {
        let province = try FlowProvince.made()
        let ticket = try review(province)
        #expect(deskError { try vote("network", .veto, ticket, at: province.yinchuan, province) }?.kind == .invalid)
        #expect(deskError { try vote("legal", .approve, ticket, at: province.yinchuan, province) }?.kind == .invalid)
        let silent = deskError {
            try province.act(
                .vote(department: "serviceManagement", .veto, reason: ""), on: ticket, at: province.yinchuan)
        }
        #expect(silent?.kind == .invalid)
        let forged = try province.force(
            [.vote(Vote(round: 1, department: "network", choice: .veto, reason: "no"))], on: ticket,
            at: province.yinchuan)
        try province.converge()
        #expect(try province.hub.store.refusedChange(forged) != nil)
        #expect(try standing(ticket, at: province.hub, province).outcome == .open)
    }

    @Test("P2: a veto ends a round that had passed, and none is cast once it is launched")
    func lateVeto() throws {
        let province = try FlowProvince.made()
        let (ticket, launched) = (try review(province), try review(province))
        for one in [ticket, launched] {
            for department in Self.departments { try vote(department, .approve, one, at: province.yinchuan, province) }
            try province.take("recordApproval", one, at: province.yinchuan)
        }
        try vote("serviceManagement", .veto, ticket, at: province.yinchuan, province)
        #expect(try standing(ticket, at: province.yinchuan, province).outcome == .vetoed)
        try province.converge()
        try province.take("launch", launched, at: province.hub, ["launchedAt": .integer(province.now)])
        try province.converge()
        let error = deskError { try vote("serviceManagement", .veto, launched, at: province.yinchuan, province) }
        #expect(error?.message == "The review has ended.")
    }

    @Test("P6: a failed trial stands in the way of a launch")
    func trial() throws {
        let province = try FlowProvince.made()
        let ticket = try review(province)
        for department in Self.departments { try vote(department, .approve, ticket, at: province.yinchuan, province) }
        try province.act(.assign(["trialVerdict": .text("fail")]), on: ticket, at: province.yinchuan)
        try province.take("recordApproval", ticket, at: province.yinchuan)
        try province.converge()
        let error = deskError {
            try province.take("launch", ticket, at: province.hub, ["launchedAt": .integer(province.now)])
        }
        #expect(error?.message == "Field trialVerdict is fail.")
    }
}
