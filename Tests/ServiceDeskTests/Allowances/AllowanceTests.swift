import Replication
import ServiceDesk
import Testing

@Suite("R8: what a branch may pay out by itself while it is cut off")
struct AllowanceTests {
    private func grant(
        _ prefix: String = "YC-", _ fen: Int64 = 10_000, to site: DeskSite, _ province: DeskProvince
    ) throws -> String {
        province.now += 1_000
        let identifier = province.newIdentifier()
        return try province.hub.session {
            try province.hub.desk(at: province.now).grantAllowance(
                to: site.id, charges: prefix, fen: fen, key: nil, identifier: identifier, in: &$0)
        }.row.id.text
    }

    @discardableResult
    private func pay(
        _ charge: String, _ fen: Int64, for ticket: EntityID, at site: DeskSite, _ province: DeskProvince,
        key: IdempotencyKey? = nil, by person: String = "clerk"
    ) throws -> Written {
        province.now += 1_000
        return try site.session {
            try site.desk(at: province.now, actor: person).pay(
                charge: charge, fen: fen, reason: "twice", for: ticket.text, key: key, in: &$0)
        }
    }

    private func giveBack(_ name: String, at site: DeskSite, _ province: DeskProvince) throws {
        province.now += 1_000
        _ = try site.session { try site.desk(at: province.now).returnAllowance(name, key: nil, in: &$0) }
    }

    private func allowance(_ name: String, at site: DeskSite, _ province: DeskProvince) throws -> RefundAllowance {
        try site.desk(at: province.now).allowance(name)
    }

    private func made() throws -> (DeskProvince, EntityID) {
        let province = try DeskProvince()
        return (province, try province.open(at: province.yinchuan))
    }

    @Test("a branch pays offline until it is used up, each charge once, and nobody's ledger passes the sum")
    func spending() throws {
        let (province, ticket) = try made()
        let name = try grant(to: province.yinchuan, province)
        try province.converge()
        try pay("YC-1", 6_000, for: ticket, at: province.yinchuan, province)
        #expect(throws: ReplicationError.self) {
            try pay("YC-1", 1, for: ticket, at: province.yinchuan, province)
        }
        #expect(throws: ReplicationError.self) {
            try pay("YC-2", 4_001, for: ticket, at: province.yinchuan, province)
        }
        try pay("YC-2", 4_000, for: ticket, at: province.yinchuan, province)
        #expect(throws: ReplicationError.self) {
            try pay("YC-3", 1, for: ticket, at: province.yinchuan, province)
        }
        #expect(deskError { try pay("GY-1", 1, for: ticket, at: province.yinchuan, province) }?.kind == .notAllowed)
        try province.converge()
        for site in [province.hub, province.yinchuan] {
            let held = try allowance(name, at: site, province)
            #expect(held.spentFen == 10_000 && held.leftFen == 0)
            #expect(held.payments.map(\.charge) == ["YC-1", "YC-2"])
        }
        #expect(try province.row(ticket, at: province.hub).state.notes == 2)
        try province.checkAgreement()
    }

    @Test("the same request again pays once")
    func repeated() throws {
        let (province, ticket) = try made()
        let name = try grant(to: province.yinchuan, province)
        try province.converge()
        let key = IdempotencyKey(client: "counter", key: "1", content: [1])
        for _ in 0..<2 { try pay("YC-1", 100, for: ticket, at: province.yinchuan, province, key: key) }
        #expect(try allowance(name, at: province.yinchuan, province).spentFen == 100)
        #expect(try province.row(ticket, at: province.yinchuan).state.notes == 1)
    }

    @Test("while it is out the hub decides none of its charges; what it paid is refused for good")
    func oneOwner() throws {
        let (province, ticket) = try made()
        let elsewhere = try province.open(at: province.guyuan)
        let name = try grant(to: province.yinchuan, province)
        // Guyuan knows of no allowance.
        let asked = try province.act(
            .requestRefund(charge: "YC-1", amount: 100, reason: "twice"), on: elsewhere, at: province.guyuan
        ).change.reference
        try province.converge()
        #expect(throws: ReplicationError.self) { try province.decide(asked, .granted) }
        #expect(
            deskError {
                try province.act(
                    .requestRefund(charge: "YC-9", amount: 100, reason: "twice"), on: ticket, at: province.yinchuan)
            }?.kind == .wrongState)
        try pay("YC-1", 100, for: ticket, at: province.yinchuan, province)
        try giveBack(name, at: province.yinchuan, province)
        try province.converge()
        guard case .answered(let answer) = try province.decide(asked, .granted) else {
            Issue.record("it was not answered")
            return
        }
        #expect(answer.outcome == .refused)
        #expect(try province.hub.store.effects(in: .pending).isEmpty)
        #expect(deskError { try pay("YC-2", 1, for: ticket, at: province.yinchuan, province) }?.kind == .notAllowed)
    }

    @Test("charges that somebody had asked for before it was granted stay the hub's")
    func taken() throws {
        let (province, ticket) = try made()
        let elsewhere = try province.open(at: province.guyuan)
        let asked = try province.act(
            .requestRefund(charge: "YC-1", amount: 100, reason: "twice"), on: elsewhere, at: province.guyuan
        ).change.reference
        try province.converge()
        let name = try grant(to: province.yinchuan, province)
        try province.converge()
        #expect(try allowance(name, at: province.yinchuan, province).taken == ["YC-1"])
        #expect(deskError { try pay("YC-1", 1, for: ticket, at: province.yinchuan, province) }?.kind == .notAllowed)
        #expect(try province.decide(asked, .granted) == .marked)
    }

    @Test("of charges that begin alike only one allowance is out; after its return they can be granted anew")
    func overlapping() throws {
        let (province, ticket) = try made()
        let name = try grant(to: province.yinchuan, province)
        for prefix in ["YC-", "YC-2026", "Y"] {
            #expect(throws: ReplicationError.self) { try grant(prefix, to: province.guyuan, province) }
        }
        _ = try grant("GY-", to: province.guyuan, province)
        try province.converge()
        try pay("YC-1", 100, for: ticket, at: province.yinchuan, province)
        try giveBack(name, at: province.hub, province)
        try province.converge()
        // Recalled: nothing more is paid, and it is still its owner's.
        #expect(deskError { try pay("YC-2", 1, for: ticket, at: province.yinchuan, province) }?.kind == .notAllowed)
        #expect(throws: ReplicationError.self) { try grant(to: province.guyuan, province) }
        try giveBack(name, at: province.yinchuan, province)
        try province.converge()
        let next = try grant(to: province.guyuan, province)
        try province.converge()
        #expect(try allowance(next, at: province.guyuan, province).taken == ["YC-1"])
        try province.checkAgreement()
    }

    @Test("another database of the branch may not spend it, and a forged payment is refused")
    func forged() throws {
        let (province, ticket) = try made()
        let name = try grant(to: province.yinchuan, province)
        try province.converge()
        let id = try allowance(name, at: province.hub, province).row.id
        func forge(_ charge: String, _ fen: Int64) throws -> ChangeReference {
            try province.force(
                [.request(OnceRequest(purpose: "refund", key: charge, amount: fen))], on: id, at: province.yinchuan)
        }
        let forgeries = [
            try forge("YC-1", 10_001), try forge("GY-1", 1), try forge("YC-2", 0), try forge("YC-3", -5),
            try province.force([.count(AllowanceField.granted, 5)], on: id, at: province.yinchuan),
        ]
        try province.converge()
        for change in forgeries { #expect(try province.isRefused(change)) }
        #expect(try allowance(name, at: province.hub, province).spentFen == 0)
        // A new machine under the old name is another database.
        #expect(try allowance(name, at: province.yinchuan, province).origin == province.yinchuan.store.life().origin)
        try pay("YC-4", 10_000, for: ticket, at: province.yinchuan, province)
        try province.converge()
        #expect(try allowance(name, at: province.hub, province).spentFen == 10_000)
    }

    @Test("it is written off only when its database will not come back")
    func writtenOff() throws {
        let (province, _) = try made()
        let name = try grant(to: province.yinchuan, province)
        let hub = province.hub
        let error = deskError {
            _ = try hub.session { try hub.desk(at: province.now).writeOff(allowance: name, key: nil, in: &$0) }
        }
        #expect(error?.kind == .wrongState)
    }

    @Test("an allowance is of one fen to the limit, for charges that begin with one character or more")
    func limits() throws {
        let (province, _) = try made()
        for fen in [0, -1, RefundAllowance.limitFen + 1] {
            #expect(throws: ReplicationError.self) { try grant("A", fen, to: province.yinchuan, province) }
        }
        let longest = String(repeating: "p", count: RefundAllowance.prefixLength)
        for prefix in ["", longest + "p"] {
            #expect(throws: ReplicationError.self) { try grant(prefix, to: province.yinchuan, province) }
        }
        _ = try grant(longest, RefundAllowance.limitFen, to: province.yinchuan, province)
    }
}
