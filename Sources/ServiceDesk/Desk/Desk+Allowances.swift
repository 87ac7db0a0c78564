import Replication
import Standards

extension Desk {
    /// Grants an allowance to the database that a branch runs on now; the province's.
    /// - Parameters:
    ///   - prefix: what the charges that it covers begin with.
    ///   - identifier: 16 bytes with at least 64 random bits.
    public func grantAllowance(
        to site: SiteID, charges prefix: String, fen: Int64, key: IdempotencyKey?, identifier: [UInt8],
        in session: inout Session
    ) throws -> Written {
        try requireProvince(session.life)
        guard let id = EntityID(kind: .allowance, bytes: identifier) else {
            throw DeskError(.invalid, "The identifier of an allowance is 16 bytes.", remedy: "Correct the caller.")
        }
        guard let origin = try store.peer(site: site)?.origin else {
            throw DeskError(
                .wrongState, "\(site) has never called, so there is no database to grant it to.",
                remedy: "Grant it when the branch has joined.",
                problems: [.init(field: "site", problem: "has not joined")])
        }
        let taken = try AllowanceBook.taken(prefix, in: store)
        guard taken.count <= RefundAllowance.takenLimit else {
            throw DeskError(
                .invalid, "\(taken.count) charges that begin like this have been asked for already.",
                remedy: "At most \(RefundAllowance.takenLimit) may: name more of their beginning.",
                problems: [.init(field: "prefix", problem: "covers too many charges that are decided elsewhere")])
        }
        let edits: [Edit] =
            [
                .create(Creation(label: site.text)), .assign(AllowanceField.site, .text(site.text)),
                .assign(AllowanceField.origin, .integer(Int64(bitPattern: origin.raw))),
                .assign(AllowanceField.prefix, .text(prefix)),
                .count(AllowanceField.granted, fen),
            ] + taken.map { .add(AllowanceField.taken, .text($0)) }
        return try written(session.write(Draft(entity: id, edits: edits, actor: actor, key: key), at: now))
    }

    public func raise(
        allowance name: String, by fen: Int64, key: IdempotencyKey?, in session: inout Session
    ) throws -> Written {
        try requireProvince(session.life)
        return try write(.count(AllowanceField.granted, fen), to: name, key, &session)
    }

    /// At the hub: asks the branch for what is left. At the branch: gives it back; from then on the charges are the
    /// province's again.
    public func returnAllowance(_ name: String, key: IdempotencyKey?, in session: inout Session) throws -> Written {
        let field = session.life.isHub ? AllowanceField.recalled : AllowanceField.returned
        guard try session.life.isHub || allowance(name).origin == session.life.origin else {
            throw DeskError(
                .notAllowed, "The allowance belongs to another database of this branch.",
                remedy: "If that will not come back, the province writes it off.")
        }
        return try write(.assign(field, .bool(true)), to: name, key, &session)
    }

    /// Gives up an allowance whose database will not come back. What that may have paid and never sent could be paid
    /// again from here: somebody answers for that.
    public func writeOff(allowance name: String, key: IdempotencyKey?, in session: inout Session) throws -> Written {
        try requireProvince(session.life)
        let allowance = try allowance(name)
        let peer = try store.peer(site: SiteID(allowance.site))
        guard let peer, peer.isLost || peer.origin != allowance.origin else {
            throw DeskError(
                .wrongState, "The database that holds the allowance is alive.",
                remedy: "Recall it, or declare the site lost first: tributary site lost \(allowance.site).")
        }
        return try write(.assign(AllowanceField.writtenOff, .bool(true)), to: name, key, &session)
    }

    /// Pays a refund at the counter, out of this branch's allowance, and notes it on the ticket.
    public func pay(
        charge: String, fen: Int64, reason: String, for ticket: String, key: IdempotencyKey?,
        in session: inout Session
    ) throws -> Written {
        if let key, let replay = try session.replay(of: key) { return replay }
        let row = try self.ticket(ticket)
        guard let allowance = try AllowanceBook.covering(charge, in: store), !allowance.isRecalled,
            allowance.origin == session.life.origin
        else {
            throw DeskError(
                .notAllowed, "No allowance of this branch covers the charge.",
                remedy: "Ask the province for the refund.",
                problems: [.init(field: "charge", problem: "is not covered by an allowance")])
        }
        if let problem = DeskLimits.problem(reason, longestLength: DeskLimits.reasonLength) {
            throw DeskError(
                .invalid, "The reason is not right.", remedy: "Correct it.",
                problems: [.init(field: "reason", problem: problem)])
        }
        let payment = OnceRequest(purpose: "refund", key: charge, amount: fen, reason: reason)
        let paid = try write(.request(payment), to: allowance.row.id.text, key, &session)
        let text = "Refund paid at the counter: \(fen) fen, charge \(charge). \(reason)"
        let note = Draft(entity: row.id, edits: [.note(Note(text: text))], actor: actor)
        _ = try written(session.write(note, at: now))
        return paid
    }

    public func allowance(_ name: String) throws -> RefundAllowance {
        guard let found = try AllowanceBook.find(name, in: store) else {
            throw DeskError(
                .notFound, "There is no allowance of that identifier here.",
                remedy: "`tributary allowance list` lists those there are.")
        }
        return found
    }

    private func write(
        _ edit: Edit, to name: String, _ key: IdempotencyKey?, _ session: inout Session
    ) throws -> Written {
        let draft = Draft(entity: try allowance(name).row.id, edits: [edit], actor: actor, key: key)
        return try written(session.write(draft, at: now))
    }

    private func requireProvince(_ life: Life) throws {
        guard life.isHub else {
            throw DeskError(.notAllowed, "An allowance is the province's to grant.", remedy: "Do it at the hub.")
        }
    }
}
