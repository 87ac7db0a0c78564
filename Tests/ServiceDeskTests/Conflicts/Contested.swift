import Replication
import ServiceDesk
import Testing

/// A province with one ticket in progress at Yinchuan on which two sites have worked without knowing of each other.
struct Contested {
    let province: DeskProvince
    let ticket: EntityID
    /// What Yinchuan or the hub wrote and lost, in order.
    private(set) var lost: [ChangeReference] = []

    private init() throws {
        province = try DeskProvince()
        ticket = try province.open(at: province.yinchuan)
        try province.act(.transition("accept", fields: [:]), on: ticket, at: province.yinchuan)
        try province.converge()
    }

    /// The hub's subject lost to Yinchuan's.
    static func field() throws -> Contested {
        var contested = try Contested()
        let province = contested.province
        contested.lost = [
            try province.act(.assign(["subject": .text("lost")]), on: contested.ticket, at: province.hub)
                .change.reference
        ]
        try province.act(.assign(["subject": .text("won")]), on: contested.ticket, at: province.yinchuan)
        try province.converge()
        return contested
    }

    /// The hub put the ticket on hold; Yinchuan, which did not know, asked the customer, had an answer and resolved it.
    static func run() throws -> Contested {
        var contested = try Contested()
        let province = contested.province
        try province.act(
            .transition("hold", fields: ["holdReason": .text("parts")]), on: contested.ticket, at: province.hub)
        let steps: [(String, [String: Value])] = [
            ("askCustomer", ["pendingQuestion": .text("When?")]), ("customerAnswered", [:]),
            ("resolve", ["resolution": .text("Port changed")]),
        ]
        for (name, fields) in steps {
            contested.lost.append(
                try province.act(.transition(name, fields: fields), on: contested.ticket, at: province.yinchuan)
                    .change.reference)
        }
        try province.converge()
        return contested
    }

    var sites: [DeskSite] { [province.hub, province.yinchuan] }

    func step(_ name: String, _ fields: [String: Value] = [:], at site: DeskSite? = nil) throws {
        try province.act(.transition(name, fields: fields), on: ticket, at: site ?? province.yinchuan)
    }

    func items(at site: DeskSite) throws -> [ConflictItem] {
        ConflictItem.list(of: try #require(try province.shown(ticket, at: site)))
    }

    func open(at site: DeskSite) throws -> [ConflictItem] { try items(at: site).filter { !$0.isSettled } }

    @discardableResult
    func settle(
        _ losing: ChangeReference, at site: DeskSite? = nil, shown: RowVersion? = nil, key: IdempotencyKey? = nil
    ) throws -> Resolution {
        let site = site ?? province.yinchuan
        province.now += 1_000
        return try resolution(
            site.session {
                try site.desk(at: province.now).settle(conflict: losing, shown: shown, key: key, in: &$0)
            })
    }

    @discardableResult
    func reinstate(
        _ losing: ChangeReference, at site: DeskSite? = nil, shown: RowVersion? = nil, key: IdempotencyKey? = nil
    ) throws -> Resolution {
        let site = site ?? province.yinchuan
        province.now += 1_000
        return try resolution(
            site.session {
                try site.desk(at: province.now).reinstate(conflict: losing, shown: shown, key: key, in: &$0)
            })
    }

    private func resolution(_ outcome: ResolutionOutcome) throws -> Resolution {
        switch outcome {
        case .resolved(let resolution): return resolution
        case .changedSince(let changed): throw StaleForm(changed: changed)
        }
    }
}
