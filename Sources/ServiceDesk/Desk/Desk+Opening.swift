import Replication
import SQLite
import Standards

extension Desk {
    /// Opens a ticket, and takes down its customer with it.
    /// - Parameters:
    ///   - identifier: 16 bytes with at least 64 random bits, for a ticket without a key.
    ///   - customerIdentifier: the same for the customer.
    public func open(
        _ ticket: NewTicket, key: IdempotencyKey?, identifier: [UInt8], customerIdentifier: [UInt8],
        in session: inout Session
    ) throws -> Written {
        let key = ticket.source?.idempotencyKey ?? key
        if let key, let replay = try session.replay(of: key) { return replay }
        let (name, pack) = try standard()
        guard let type = pack.ticketType(ticket.type) else {
            let hint = NearestWord.nearest(to: ticket.type, among: pack.ticketTypes.map(\.id))
            throw DeskError(
                .invalid, "Standard \(pack.version) has no ticket type \(ticket.type).",
                remedy: hint.map { "Did you mean \($0)?" }
                    ?? "Types: \(pack.ticketTypes.map(\.id).joined(separator: ", ")).")
        }
        try check(ticket, pack, type)
        let form = try Form(pack: pack, type: type).check(
            ticket.fields, for: ticket.source == nil ? .opening : .importing)
        guard let entity = key?.entity(kind: .ticket) ?? EntityID(kind: .ticket, bytes: identifier) else {
            throw DeskError(.invalid, "A ticket's identifier is 16 bytes.", remedy: "Correct the caller.")
        }
        var edits: [Edit] = [
            .create(Creation(state: ticket.state ?? type.initial, label: try freeNumber(of: entity))),
            .assign(TicketField.type, .text(type.id)), .assign(TicketField.pack, .bytes(name.bytes)),
            .assign(TicketField.home, .text(ticket.home.text)),
        ]
        edits += form.map { .assign($0.0, $0.1) }
        if ticket.fields["openedAt"] == nil { edits.append(.assign(TicketField.openedAt, .integer(now))) }
        if let category = ticket.category { edits.append(.assign(TicketField.category, .text(category))) }
        if let source = ticket.source {
            edits.append(.assign(TicketField.source, .text(source.name)))
            edits.append(.assign(TicketField.sourceKey, .text(source.key)))
        }
        if let customer = ticket.customer {
            let id = key?.entity(kind: .customer) ?? EntityID(kind: .customer, bytes: customerIdentifier)
            if let id {
                try takeDown(customer, as: id, for: ticket.home, in: &session)
                edits.append(.assign(TicketField.customer, .bytes(id.bytes)))
            }
        }
        return try written(session.write(Draft(entity: entity, edits: edits, actor: actor, key: key), at: now))
    }

    private func check(_ ticket: NewTicket, _ pack: StandardPack, _ type: TicketType) throws {
        if let state = ticket.state, type.state(state) == nil {
            throw DeskError(
                .invalid, "\(type.id) has no state \(state).",
                remedy: "States: \(type.states.map(\.id).joined(separator: ", ")).",
                problems: [.init(field: "state", problem: "is not one of the type's")])
        }
        if let category = ticket.category, pack.category(category)?.types.contains(type.id) != true {
            throw DeskError(
                .invalid, "\(type.id) has no category \(category).", remedy: "List them: GET /api/standards.",
                problems: [.init(field: "category", problem: "is not one of the type's")])
        }
        guard try store.directoryEntry(of: ticket.home)?.isHub == false else {
            throw DeskError(
                .invalid, "The ticket's branch is not in the directory.", remedy: "List them: GET /api/sites.",
                problems: [.init(field: "home", problem: "is not a branch of this province")])
        }
        if let customer = ticket.customer { try check(customer) }
    }

    private func check(_ customer: NewTicket.Customer) throws {
        var problems: [DeskError.Problem] = []
        let limits = [
            ("name", customer.name, NewTicket.Customer.nameLengthMax),
            ("phone", customer.phone, NewTicket.Customer.phoneLengthMax),
        ]
        for (field, text, limit) in limits where text.unicodeScalars.count > limit {
            problems.append(.init(field: "customer.\(field)", problem: "is longer than \(limit) characters"))
        }
        if customer.name.isEmpty && customer.phone.isEmpty {
            problems.append(.init(field: "customer", problem: "has neither a name nor a phone"))
        }
        guard problems.isEmpty else {
            throw DeskError(
                .invalid, "The customer cannot be taken down.", remedy: "Correct name and phone.", problems: problems)
        }
    }

    /// A number that no ticket here has. Two sites never give one out, since each has letters of its own.
    private func freeNumber(of entity: EntityID) throws -> String {
        for length in 8...24 {
            let number = TicketNumber.number(letters: letters, of: entity, length: length)
            let isTaken = try store.database.first("SELECT 1 FROM ticket WHERE number = ?", number) { _ in true }
            if isTaken == nil { return number }
        }
        throw DeskError(.invalid, "No ticket number is free for this identifier.", remedy: "Try again.")
    }

    private func takeDown(
        _ customer: NewTicket.Customer, as id: EntityID, for home: SiteID, in session: inout Session
    ) throws {
        if let row = try store.row(id), row.state.exists { return }
        let site = session.life.isHub ? home : session.life.site
        let edits: [Edit] = [
            .create(Creation()), .assign(CustomerField.name, .text(customer.name)),
            .assign(CustomerField.phone, .text(customer.phone)), .add(CustomerField.sites, .text(site.text)),
        ]
        _ = try session.write(Draft(entity: id, edits: edits, actor: actor), at: now)
    }

    func written(_ outcome: WriteOutcome) throws -> Written {
        guard case .written(let written) = outcome else {
            throw DeskError(.invalid, "A new ticket was compared with an older one.", remedy: "Leave out If-Match.")
        }
        return written
    }
}
