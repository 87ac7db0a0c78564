import Replication
import ServiceDesk

/// Circuits at the counters of the province.
extension DeskProvince {
    static let usual: [String: Value] = [
        "endA": .text("银川机房"), "endZ": .text("石嘴山机房"), "route": .text("环网一东"), "grade": .text("aaa"),
        "department": .text("transmission"), "team": .text("传输三班"), "accessClass": .text("fibreSdh"),
        "business": .text("ethernet"),
    ]

    @discardableResult
    func set(
        _ number: String, _ facts: [String: Value] = DeskProvince.usual, at site: DeskSite,
        adding: [DeskSite] = [], removing: [DeskSite] = [], reason: String = "", shown: RowVersion? = nil,
        key: IdempotencyKey? = nil
    ) throws -> EntityRow {
        now += 1_000
        var change = CircuitChange()
        change.facts = facts
        change.adding = adding.map(\.id)
        change.removing = removing.map(\.id)
        change.reason = reason
        let outcome = try site.session {
            try site.desk(at: now).set(change, of: number, shown: shown, key: key, in: &$0)
        }
        switch outcome {
        case .written(let written): return written.row
        case .changedSince(let changed): throw StaleForm(changed: changed)
        }
    }

    /// A fact of a circuit as a site holds it; nil where it holds no such circuit.
    func fact(_ field: Field, _ number: String, at site: DeskSite) throws -> Value? {
        try CircuitBook.circuit(number, in: site.store)?.state[field]
    }

    func circuits(at site: DeskSite) throws -> [String] {
        var query = CircuitQuery()
        query.withRetired = true
        return try query.page(in: site.store).rows.compactMap { $0.state[CircuitField.number].textValue }
    }

    /// A fault of a circuit.
    func fault(_ number: String, at site: DeskSite, _ more: [String: Value] = [:]) throws -> EntityID {
        let fields: [String: Value] = ["subject": .text("电路中断"), "circuit": .text(number)]
        return try open("fault", at: site, fields.merging(more) { _, new in new })
    }

    func text(_ word: String, of ticket: EntityID, at site: DeskSite) throws -> String? {
        try value(FieldNumbers.field(word), of: ticket, at: site)?.textValue
    }

    func department(of ticket: EntityID, at site: DeskSite) throws -> String? {
        try value(TicketField.department, of: ticket, at: site)?.textValue
    }

    /// The circuit of a ticket, as a site knows it.
    func circuit(of ticket: EntityID, at site: DeskSite) throws -> TicketCircuit? {
        let row = try row(ticket, at: site)
        return try TicketCircuit(of: row.state, site.desk(at: now).type(of: row).type, in: site.store)
    }
}
