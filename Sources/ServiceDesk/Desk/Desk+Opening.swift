import Replication
import SQLite
import Standards

extension Desk {
    /// Opens a ticket, and takes down its customer with it.
    ///
    /// The same request again, or a row that was imported before, here or elsewhere, is the ticket as it is now: its
    /// outcome says that it is a replay, and nothing is written.
    /// - Parameters:
    ///   - identifier: 16 bytes with at least 64 random bits, for a ticket without a key.
    ///   - customerIdentifier: the same for the customer.
    public func open(
        _ ticket: NewTicket, key: IdempotencyKey?, identifier: [UInt8], customerIdentifier: [UInt8],
        in session: inout Session
    ) throws -> Written {
        let key = ticket.importKey ?? key
        // Before all checks: what was right then may not be right under the standard of today.
        if let key, let earlier = try earlier(key, ticket, in: session) { return earlier }
        let (name, pack) = try standard()
        guard let type = pack.ticketType(ticket.type) else {
            let hint = NearestWord.nearest(to: ticket.type, among: pack.ticketTypes.map(\.id))
            throw DeskError(
                .invalid, "Standard \(pack.version) has no such ticket type.",
                remedy: hint.map { "Did you mean \($0)?" }
                    ?? "Types: \(pack.ticketTypes.map(\.id).joined(separator: ", ")).",
                problems: [.init(field: "type", problem: Flaw("is not one of the standard's", .noOption))])
        }
        try check(ticket, pack, type)
        var filling: CircuitFilling?
        // What comes from elsewhere is taken down as it was there.
        if ticket.source == nil, type.work.circuit != nil {
            var made = CircuitFilling(ticket.fields, of: EntityState(), type, pack, store)
            try made.fill()
            filling = made
        }
        let (filled, besides) = (filling?.fields ?? ticket.fields, filling?.edits ?? [])
        let fields = try withContacts(filled, ticket, besides, pack, type)
        let form = try Form(pack: pack, type: type).check(fields, isComplete: ticket.source == nil)
        guard let entity = ticket.entity(key) ?? EntityID(kind: .ticket, bytes: identifier),
            let customerID = ticket.customer?.id ?? key?.entity(kind: .customer)
                ?? EntityID(kind: .customer, bytes: customerIdentifier)
        else {
            throw DeskError(
                .invalid, "The identifier of a ticket or customer is 16 bytes.", remedy: "Correct the caller.")
        }
        var edits: [Edit] = [
            .create(Creation(state: ticket.state ?? type.initial, label: try number(of: entity, ticket))),
            .assign(TicketField.type, .text(type.id)), .assign(TicketField.pack, .bytes(name.bytes)),
            .assign(TicketField.home, .text(ticket.home.text)),
        ]
        edits.reserveCapacity(edits.count + form.count + Self.editsBesideForm)
        for (field, value) in form { edits.append(.assign(field, value)) }
        if ticket.fields["openedAt"] == nil {
            edits.append(.assign(TicketField.openedAt, .integer(ticket.event?.time ?? now)))
        }
        if let category = ticket.category { edits.append(.assign(TicketField.category, .text(category))) }
        if let parent = try ticket.parent.map({ try self.parent($0, of: type) }) {
            edits.append(.assign(TicketField.parent, .bytes(parent.bytes)))
        }
        if let department =
            type.work.department ?? filling?.department ?? route(of: ticket, filled, pack, type)
        {
            edits.append(.assign(TicketField.department, .text(department)))
        }
        try check(rulesOf: type, pack, edits, entity, session.life)
        edits += ticket.historyEdits
        if let customer = ticket.customer {
            try takeDown(customer, as: customerID, for: ticket.home, in: &session)
            edits.append(.assign(TicketField.customer, .bytes(customerID.bytes)))
        } else {
            edits += besides
        }
        let draft = Draft(entity: entity, edits: edits, actor: ticket.event?.actor ?? actor, key: key)
        return try written(session.write(draft, at: now))
    }

    /// What a request did when it was carried out before: here, or at another site that this one has heard of it from.
    private func earlier(_ key: IdempotencyKey, _ ticket: NewTicket, in session: Session) throws -> Written? {
        if let replay = try session.replay(of: key) { return replay }
        guard let row = try ticket.entity(key).flatMap(store.row), !row.isWithdrawn, let by = row.state.createdBy,
            let creation = try store.entry(of: by)?.change
        else { return nil }
        guard creation.key == key.bytes else { throw Self.keyReused }
        return Written(change: creation, row: row, isReplay: true)
    }

    /// As many as a new ticket may have besides its form.
    private static let editsBesideForm = 12

    static let keyReused = ReplicationError(
        .keyReused, "This idempotency key was used for another request.",
        remedy: "Use a new key for a new request, and the old one only to repeat the old one.")

    /// The ticket that another is opened for: one whose procedure opens such tickets.
    private func parent(_ name: String, of type: TicketType) throws -> EntityID {
        let row = try ticket(name)
        let (_, parentType) = try self.type(of: row)
        guard parentType.transitions.contains(where: { $0.opens.contains(type.id) }) else {
            throw DeskError(
                .invalid, "No step of \(parentType.id) opens a ticket of type \(type.id).",
                remedy: "Open it by itself.",
                problems: [.init(field: "parent", problem: "opens no such ticket")])
        }
        return row.id
    }

    /// Who has a new ticket where neither its type nor its circuit says so: the first route that fits.
    private func route(
        of ticket: NewTicket, _ fields: [String: Value], _ pack: StandardPack, _ type: TicketType
    ) -> String? {
        guard !pack.routing.isEmpty else { return nil }
        let lineage = ticket.category.map { pack.lineage(of: $0) } ?? []
        return pack.routing.first { rule in
            (rule.types.isEmpty || rule.types.contains(type.id))
                && (rule.categories.isEmpty || !Set(rule.categories).isDisjoint(with: lineage))
                && rule.conditions.hold { name in
                    switch fields[name] {
                    case .text(let text): text
                    case .bool(let flag): flag ? "true" : "false"
                    case .integer(let number): String(number)
                    default: nil
                    }
                }
        }?.department
    }

    private func check(
        rulesOf type: TicketType, _ pack: StandardPack, _ edits: [Edit], _ entity: EntityID, _ life: Life
    ) throws {
        guard !type.work.rules.isEmpty else { return }
        let check = GuardCheck(
            store: store, ticket: entity, values: TicketValues(state: EntityState(), edits: edits), type: type,
            pack: pack, site: life.site, isHub: life.isHub, actor: actor, time: now)
        guard let failure = try check.failure(of: type.work.rules) else { return }
        throw DeskError(.invalid, failure.reason, remedy: failure.remedy)
    }

    private func check(_ ticket: NewTicket, _ pack: StandardPack, _ type: TicketType) throws {
        if let state = ticket.state, type.state(state) == nil {
            throw DeskError(
                .invalid, "\(type.id) has no such state.",
                remedy: "States: \(type.states.map(\.id).joined(separator: ", ")).",
                problems: [.init(field: "state", problem: Flaw("is not one of the type's", .noOption))])
        }
        if let category = ticket.category, pack.category(category)?.types.contains(type.id) != true {
            let hint = NearestWord.nearest(to: category, among: pack.categories(for: type.id).map(\.id))
            throw DeskError(
                .invalid, "\(type.id) has no such category.",
                remedy: hint.map { "Did you mean \($0)?" } ?? "List them: GET /api/standards.",
                problems: [.init(field: "category", problem: Flaw("is not one of the type's", .noCategory))])
        }
        guard try store.directoryEntry(of: ticket.home)?.isBranch == true else {
            throw DeskError(
                .invalid, "The ticket's branch is not in the directory.", remedy: "List them: GET /api/sites.",
                problems: [.init(field: "home", problem: .noBranch)])
        }
        if let customer = ticket.customer { try check(customer) }
        if let source = ticket.source { try check(source) }
    }

    private func check(_ source: NewTicket.Source) throws {
        let limits = [
            ("source", source.name, DeskLimits.sourceNameLength), ("key", source.key, DeskLimits.sourceKeyLength),
        ]
        let problems = limits.filter { $0.1.isEmpty || $0.1.unicodeScalars.count > $0.2 }.map { field, _, limit in
            DeskError.Problem(field: field, problem: .wrongLength(1...limit))
        }
        guard problems.isEmpty else {
            throw DeskError(
                .invalid, "The row does not say where it comes from.", remedy: "Correct source and key.",
                problems: problems)
        }
    }

    func check(_ customer: NewTicket.Customer) throws {
        var problems: [DeskError.Problem] = []
        let limits = [
            ("name", customer.name, DeskLimits.customerNameLength),
            ("phone", customer.phone, DeskLimits.customerPhoneLength),
        ]
        for (field, text, limit) in limits {
            guard let problem = DeskLimits.problem(text, longestLength: limit) else { continue }
            problems.append(.init(field: "customer.\(field)", problem: problem))
        }
        if customer.name.isEmpty && customer.phone.isEmpty {
            problems.append(.init(field: "customer", problem: .noContact))
        }
        guard problems.isEmpty else {
            throw DeskError(
                .invalid, "The customer cannot be taken down.", remedy: "Correct name and phone.", problems: problems)
        }
    }

    private func number(of entity: EntityID, _ ticket: NewTicket) throws -> String {
        guard let number = ticket.identity?.number else { return try freeNumber(of: entity) }
        guard !number.isEmpty, number.unicodeScalars.count <= DeskLimits.numberLength, try isFree(number) else {
            throw DeskError(
                .invalid, "The ticket cannot have that number.", remedy: "Correct it, or import it without one.",
                problems: [.init(field: "number", problem: "is taken by another ticket, or is not a number of one")])
        }
        return number
    }

    private func isFree(_ number: String) throws -> Bool {
        try store.database.first(
            "SELECT 1 FROM ticket WHERE number = ?", adding: { $0.add(number) }, map: { _ in true }) == nil
    }

    /// A number that no ticket here has. Two sites never give one out, since each has letters of its own.
    private func freeNumber(of entity: EntityID) throws -> String {
        for length in 8...24 {
            let number = TicketNumber.number(letters: letters, of: entity, length: length)
            if try isFree(number) { return number }
        }
        throw DeskError(.invalid, "No ticket number is free for this identifier.", remedy: "Try again.")
    }

    func takeDown(
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
