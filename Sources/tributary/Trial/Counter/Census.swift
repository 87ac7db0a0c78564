import Standards
import Synchronization

/// Looks for every acknowledged write at the hub: what is missing is lost, what is there more than once is duplicated.
struct Census: Sendable {
    private static let pageRows = 500
    private static let pagesMax = 2_000
    private static let readers = 4

    let tickets: Int
    let lost: Int
    let duplicated: Int

    init(_ hub: Counter) throws {
        var subjects: [String: Int] = [:]
        var listed: Set<String> = []
        var rows = 0
        try Self.eachTicket(at: hub.site) { ticket in
            rows += 1
            if let id = ticket["id"]?.stringValue { listed.insert(id) }
            if let subject = ticket["subject"]?.stringValue { subjects[subject, default: 0] += 1 }
        }
        let taken = hub.ledger.tickets
        let imported = hub.ledger.imported
        let (lostNotes, doubleNotes) = try Self.notes(hub)
        let lostTickets = (Array(taken.keys) + Array(imported)).filter { !listed.contains($0) }.count
        let doubleTickets = Set(taken.values).reduce(0) { $0 + max(0, (subjects[$1] ?? 0) - 1) }
        // A ticket of no subject we know was made by an import; more of them than were acknowledged are doubles.
        let others = rows - Set(taken.values).reduce(0) { $0 + (subjects[$1] ?? 0) }
        tickets = rows
        lost = lostTickets + lostNotes
        duplicated = doubleTickets + doubleNotes + max(0, others - imported.count)
    }

    private static func eachTicket(at hub: ProvinceSite, _ body: (JSONValue) -> Void) throws {
        var after: String?
        for _ in 0..<pagesMax {
            var query: [NodeClient.Item] = [("limit", String(pageRows))]
            if let after { query.append(("after", after)) }
            let page = try hub.client.get("/api/tickets", query).json
            for ticket in page["tickets"]?.arrayValue ?? [] { body(ticket) }
            after = page["next"]?.stringValue
            if after == nil { return }
        }
    }

    private static func notes(_ hub: Counter) throws -> (lost: Int, double: Int) {
        let byTicket = Dictionary(grouping: hub.ledger.notes, by: \.ticket).sorted { $0.key < $1.key }
        let sums = Mutex((lost: 0, double: 0))
        let shares = (0..<readers).map { reader in
            byTicket.enumerated().filter { $0.offset % readers == reader }.map(\.element)
        }
        try Parallel.each(shares) { share in
            for (ticket, notes) in share {
                let texts = try hub.ticketIfAny(ticket).map(keptTexts) ?? []
                for note in notes {
                    let count = texts.filter { $0 == note.text }.count
                    sums.withLock { sums in
                        sums.lost += count == 0 ? 1 : 0
                        sums.double += max(0, count - 1)
                    }
                }
            }
        }
        return sums.withLock { $0 }
    }

    /// Those, and the ones of changes that the hub refused: they have no effect, and are kept and shown.
    private static func keptTexts(_ ticket: JSONValue) -> [String] {
        noteTexts(ticket) + noteTexts(["timeline": ticket["refused"] ?? .null])
    }

    /// The texts of every note in a ticket's timeline.
    static func noteTexts(_ ticket: JSONValue) -> [String] {
        (ticket["timeline"]?.arrayValue ?? []).flatMap { change in
            (change["effects"]?.arrayValue ?? []).compactMap { effect in
                effect["kind"]?.stringValue == "noted" ? effect["text"]?.stringValue : nil
            }
        }
    }
}
