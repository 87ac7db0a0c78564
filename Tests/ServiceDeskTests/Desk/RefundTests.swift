import Replication
import ServiceDesk
import Testing

struct RefundTests {
    private func ask(
        _ charge: String, _ amount: Int64 = 5_000, on ticket: EntityID, at site: DeskSite, _ province: DeskProvince
    ) throws -> ChangeReference {
        try province.act(
            .requestRefund(charge: charge, amount: amount, reason: "Charged twice"), on: ticket, at: site
        ).change.reference
    }

    private func standing(_ request: ChangeReference, at site: DeskSite) throws -> RequestStanding.State? {
        try RequestStanding.find(request, in: site.store)?.state
    }

    private func payments(_ province: DeskProvince) throws -> [Int64] {
        try province.hub.store.effects(in: .pending).map(\.amount)
    }

    @Test("a refund is of at least one fen and at most what the standard permits")
    func limit() throws {
        let province = try DeskProvince()
        let ticket = try province.open(at: province.yinchuan)
        for amount: Int64 in [1, 50_000] {
            _ = try ask("C-\(amount)", amount, on: ticket, at: province.yinchuan, province)
        }
        for amount: Int64 in [0, -1, 50_001, .max, .min] {
            let error = deskError { try ask("C", amount, on: ticket, at: province.yinchuan, province) }
            let flaw = Flaw("is not 1 to 50000", .outOfRange, ["1", "50000"])
            #expect(error?.problems == [.init(field: "amountFen", problem: flaw)])
        }
        let longest = String(repeating: "c", count: DeskLimits.chargeLength)
        _ = try ask(longest, on: ticket, at: province.yinchuan, province)
        for charge in ["", longest + "c"] {
            let error = deskError { try ask(charge, on: ticket, at: province.yinchuan, province) }
            #expect(error?.problems.map(\.field) == ["charge"])
        }
        let reason = String(repeating: "r", count: DeskLimits.reasonLength)
        try province.act(
            .requestRefund(charge: "D", amount: 1, reason: reason), on: ticket, at: province.yinchuan)
        let error = deskError {
            try province.act(
                .requestRefund(charge: "E", amount: 1, reason: reason + "r"), on: ticket, at: province.yinchuan)
        }
        #expect(error?.problems.map(\.field) == ["reason"])
        #expect(try RequestStanding.list(in: province.yinchuan.store).count == 4)
    }

    @Test("where the standard permits no refunds none is asked for")
    func noRefunds() throws {
        let province = try DeskProvince(isReady: false)
        try province.publish(.changed(version: "2026.0") { $0["refund"] = nil })
        try province.converge()
        let ticket = try province.open(at: province.yinchuan)
        #expect(deskError { try ask("C", on: ticket, at: province.yinchuan, province) }?.kind == .notAllowed)
        try province.force(
            [.request(OnceRequest(purpose: "refund", key: "C", amount: 1))], on: ticket, at: province.yinchuan)
        try province.converge()
        #expect(try province.refusals(of: ticket, at: province.hub).count == 1)
    }

    @Test("of two branches that ask for one charge one is granted, the other refused with the reason, and paid is once")
    func twoBranches() throws {
        let province = try DeskProvince()
        let one = try province.open(at: province.yinchuan)
        let two = try province.open(at: province.guyuan)
        let first = try ask("CH-1", on: one, at: province.yinchuan, province)
        let second = try ask("CH-1", on: two, at: province.guyuan, province)
        #expect(try standing(first, at: province.yinchuan) == .open)
        try province.converge()
        #expect(try RequestStanding.list(in: province.hub.store, state: .open).count == 2)
        #expect(try province.decide(first, .granted) == .marked)
        #expect(try standing(first, at: province.hub) == .marked)
        #expect(try payments(province) == [])
        guard case .answered(let answer) = try province.decide(second, .granted) else {
            Issue.record("the second request was not answered")
            return
        }
        #expect(answer.outcome == .refused)
        #expect(answer.reason == "The same refund has been granted to another request already.")
        try province.converge()
        #expect(try standing(first, at: province.yinchuan) == .granted)
        #expect(try standing(second, at: province.guyuan) == .refused)
        #expect(try RequestStanding.find(second, in: province.guyuan.store)?.answer?.reason == answer.reason)
        #expect(try payments(province) == [5_000])
        try province.checkAgreement()
    }

    @Test("asking again gives what was decided, and a further request for the charge is refused")
    func askedAgain() throws {
        let province = try DeskProvince()
        let ticket = try province.open(at: province.yinchuan)
        let first = try ask("CH-1", on: ticket, at: province.yinchuan, province)
        try province.converge()
        try province.decide(first, .granted)
        try province.converge()
        for outcome: Answer.Outcome in [.granted, .refused] {
            guard case .answered(let answer) = try province.decide(first, outcome) else {
                Issue.record("asked again, there is no answer")
                continue
            }
            #expect(answer.outcome == .granted)
        }
        let again = try ask("CH-1", on: ticket, at: province.yinchuan, province)
        try province.converge()
        try province.decide(again, .granted)
        try province.converge()
        #expect(try standing(again, at: province.yinchuan) == .refused)
        #expect(try payments(province) == [5_000])
    }

    @Test("a refusal uses up no charge")
    func refusedFirst() throws {
        let province = try DeskProvince()
        let ticket = try province.open(at: province.yinchuan)
        let first = try ask("CH-1", on: ticket, at: province.yinchuan, province)
        let other = try ask("CH-2", on: ticket, at: province.yinchuan, province)
        try province.converge()
        try province.decide(first, .refused, reason: "No receipt")
        try province.converge()
        #expect(try RequestStanding.find(first, in: province.yinchuan.store)?.answer?.reason == "No receipt")
        let second = try ask("CH-1", on: ticket, at: province.yinchuan, province)
        try province.converge()
        try province.decide(second, .granted)
        try province.converge()
        #expect(try standing(second, at: province.yinchuan) == .granted)
        let lists: [(RequestStanding.State, [ChangeReference])] = [
            (.open, [other]), (.marked, []), (.granted, [second]), (.refused, [first]),
        ]
        for (state, expected) in lists {
            let listed = try RequestStanding.list(in: province.yinchuan.store, state: state)
            #expect(listed.map(\.change.reference) == expected)
        }
    }

    @Test("an answer needs no standard: what was granted is paid though the ticket's standard is lost")
    func standardLost() throws {
        let province = try DeskProvince()
        let ticket = try province.open(at: province.yinchuan)
        let request = try ask("CH-1", on: ticket, at: province.yinchuan, province)
        try province.converge()
        // A hub that was rebuilt, and to which nobody could bring the standard back.
        province.hub.domain = DeskDomain()
        try province.hub.database.run(
            "UPDATE entity SET id = zeroblob(16) WHERE kind = ?", Int64(EntityKind.standard.rawValue))
        try province.decide(request, .granted)
        try province.converge()
        #expect(try standing(request, at: province.yinchuan) == .granted)
        #expect(try payments(province) == [5_000])
    }

    @Test("only the hub answers, and the hub refuses what no desk would have asked")
    func forged() throws {
        let province = try DeskProvince()
        let ticket = try province.open(at: province.yinchuan)
        let lawful = try ask("CH-1", on: ticket, at: province.yinchuan, province)
        func refund(_ charge: String, _ amount: Int64, _ reason: String = "") -> Edit {
            .request(OnceRequest(purpose: "refund", key: charge, amount: amount, reason: reason))
        }
        let forged: [[Edit]] = [
            [refund("CH-2", 50_001)], [refund("CH-2", 0)], [refund("", 1)],
            [refund(String(repeating: "c", count: DeskLimits.chargeLength + 1), 1)],
            [refund("CH-2", 1, String(repeating: "r", count: DeskLimits.reasonLength + 1))],
            [refund("CH-2", 1), refund("CH-3", 1)],
            [.request(OnceRequest(purpose: "promotion", key: "me", amount: 1))],
        ]
        let answer = Edit.answer(Answer(request: lawful, outcome: .granted, reason: "mine"))
        #expect(replicationError { try province.force([answer], on: ticket, at: province.yinchuan) }?.kind == .refused)
        for edits in forged { try province.force(edits, on: ticket, at: province.yinchuan) }
        #expect(try RequestStanding.list(in: province.yinchuan.store).count > 1)
        try province.converge()
        #expect(try province.refusals(of: ticket, at: province.hub).count == forged.count)
        for site in [province.hub, province.yinchuan] {
            #expect(try RequestStanding.list(in: site.store).map(\.change.reference) == [lawful])
        }
        try province.checkAgreement()
    }
}
