import Replication
import ServiceDesk
import Standards

/// A ticket as lists and pages show it.
struct TicketView {
    /// Shown elsewhere than among the fields of the form.
    private static let shownApart: Set<Field> = [
        TicketField.type, TicketField.home, TicketField.transferTo, TicketField.customer, TicketField.pack,
        TicketField.source, TicketField.sourceKey, TicketField.sourceVersion, TicketField.sourceTime,
        TicketField.sourceColumns, TicketField.department, TicketField.handOverTo, TicketField.heldBy,
        TicketField.escalation, TicketField.parent, TicketField.round,
    ]

    let row: EntityRow
    let wording: Wording

    /// What a list shows.
    var summary: [String: JSONValue] {
        let summary = TicketSummary(row)
        var members: [String: JSONValue] = [
            "id": .string(summary.id.text), "number": .string(summary.number), "type": .string(summary.type),
            "state": .string(summary.state), "home": .string(summary.home), "subject": .string(summary.subject),
            "openedAt": wording.time(summary.opened), "updatedAt": wording.time(summary.updated),
            "openConflicts": .integer(Int64(summary.conflicts)), "onlyHere": .bool(wording.isOnlyHere(row)),
        ]
        if let transferTo = summary.transferTo { members["transferTo"] = .string(transferTo) }
        if let category = summary.category { members["category"] = .string(category) }
        if row.state[TicketField.isSupervised] == .bool(true) { members["supervised"] = .bool(true) }
        return members
    }

    /// What a write answers: the summary and the form. Of a ticket that has left this site since, only its name: a
    /// repeated request must not show what is hidden here.
    func form() throws -> [String: JSONValue] {
        var members = summary
        guard !row.isWithdrawn else { return members.filter { ["id", "number"].contains($0.key) } }
        members["fields"] = try fields(wording.words(of: row))
        return members
    }

    /// Everything.
    /// - Parameters:
    ///   - now: province time, in milliseconds.
    ///   - desk: of whoever looks.
    func whole(at now: Int64, for desk: Desk) throws -> JSONValue {
        let words = try wording.words(of: row)
        var members = summary
        members["fields"] = fields(words)
        members["owner"] = row.state[TicketField.heldBy].textValue.map { .string($0) } ?? members["home"] ?? .null
        if let customer = try customer() { members["customer"] = customer }
        if let source = source() { members["source"] = source }
        members["timeline"] = .array(try TimelineView(row: row, wording: wording, words: words).timeline())
        members["refused"] = .array(try TimelineView(row: row, wording: wording, words: words).refused())
        members["conflicts"] = .array(
            try ConflictListing.list(of: row, in: wording.store).map { try ConflictView($0, wording).json })
        if let timing = try wording.timing(of: row, at: now) {
            let view = TimingView(timing: timing, wording: wording, now: now)
            members["clocks"] = view.clocks
            members["holdings"] = view.holdings
        }
        if let (pack, type) = try wording.standing(of: row) {
            let work = try WorkView(row: row, wording: wording, type: type, pack: pack, desk: desk).members()
            members.merge(work) { first, _ in first }
        }
        members["standard"] = try standard()
        members["requests"] = .array(row.state.requests.map(request))
        members["articles"] = try ArticleView.uses(of: row.state, in: wording.store)
        members["attachments"] = .array(try wording.store.attachments(of: row).map { AttachmentView($0).json })
        return .object(members)
    }

    private func fields(_ words: FieldWords) -> JSONValue {
        let shown = row.state.fields.entries.filter { !Self.shownApart.contains($0.key) && $0.value.value != .null }
        return .object(
            Dictionary(
                shown.map { (words.name($0.key), words.json($0.value.value, of: $0.key)) },
                uniquingKeysWith: { first, _ in first })
        )
    }

    /// The standard that it was opened under, and the one that was in force then where its branch had missed that.
    private func standard() throws -> JSONValue {
        guard let standard = try wording.standard(of: row) else { return .null }
        return [
            "version": .string(standard.version),
            "missed": standard.missed.map { .string($0) } ?? .null,
        ]
    }

    private func source() -> JSONValue? {
        guard let name = row.state[TicketField.source].textValue else { return nil }
        var members: [String: JSONValue] = ["name": .string(name), "key": row.state[TicketField.sourceKey].json]
        if let version = row.state[TicketField.sourceVersion].integerValue { members["version"] = .integer(version) }
        if let time = row.state[TicketField.sourceTime].integerValue { members["at"] = wording.time(time) }
        let columns = row.state[TicketField.sourceColumns].textValue
        if let columns, let json = try? JSONValue(parsing: columns, sizeLimit: DeskLimits.sourceColumnsBytes) {
            members["columns"] = json
        }
        return .object(members)
    }

    private func customer() throws -> JSONValue? {
        guard let id = TicketSummary(row).customer else { return nil }
        guard let customer = try wording.store.row(id), customer.state.exists, !customer.isWithdrawn else {
            return ["id": .string(id.text)]
        }
        return [
            "id": .string(id.text), "name": customer.state[CustomerField.name].json,
            "phone": customer.state[CustomerField.phone].json,
        ]
    }

    private func request(_ requested: EntityState.Requested) -> JSONValue {
        let answer = row.state.answer(to: requested.by)
        var members: [String: JSONValue] = [
            "request": requested.by.json, "purpose": .string(requested.request.purpose),
            "charge": .string(requested.request.key), "amountFen": .integer(requested.request.amount),
            "reason": .string(requested.request.reason), "outcome": answer.map { .string($0.outcome.word) } ?? .null,
        ]
        if let answer { members["answerReason"] = .string(answer.reason) }
        return .object(members)
    }
}

extension Answer.Outcome {
    var word: String {
        switch self {
        case .granted: "granted"
        case .refused: "refused"
        }
    }
}
