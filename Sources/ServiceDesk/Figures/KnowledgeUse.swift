import Replication
import Standards

/// Whether customers whose tickets were solved with the help of an article come back less than others.
public struct KnowledgeUse: Equatable, Sendable {
    /// Tickets looked at for one set of figures.
    public static let ticketLimit = 20_000

    /// Tickets that are solved or ended.
    public private(set) var solved = 0
    /// Of these, those whose customer did not hurry anybody and whose ticket was never opened again.
    public private(set) var atFirstContact = 0

    /// - Parameter opened: from when to when the tickets were opened, in milliseconds since 1970.
    /// - Returns: the tickets that name an article, the others, and whether there were more than are looked at.
    public static func compare(
        opened: Range<Int64>, in store: SiteStore, shelf: PackShelf
    ) throws -> (with: KnowledgeUse, without: KnowledgeUse, isCut: Bool) {
        let numbers = try store.database.all(
            "SELECT entity FROM ticket WHERE opened >= ? AND opened < ? ORDER BY opened DESC, entity DESC LIMIT ?",
            opened.lowerBound, opened.upperBound, Int64(ticketLimit + 1)
        ) { $0.int64(0) }
        var (with, without) = (KnowledgeUse(), KnowledgeUse())
        for number in numbers.prefix(ticketLimit) {
            let state = try store.row(number: number).state
            guard let name = state[TicketField.pack].bytesValue.flatMap({ EntityID(kind: .standard, bytes: $0) }),
                let type = try shelf.pack(name, in: store)?.ticketType(state[TicketField.type].textValue ?? ""),
                let stage = type.state(state.stageName), stage.isFinal || stage.status == .resolved
            else { continue }
            let cameBack = try (state.counts[TicketField.expedites] ?? 0) > 0 || isReopened(number, type, store)
            if ArticleUse.all(of: state).isEmpty { without.add(cameBack) } else { with.add(cameBack) }
        }
        return (with, without, numbers.count > ticketLimit)
    }

    private static func isReopened(_ number: Int64, _ type: TicketType, _ store: SiteStore) throws -> Bool {
        try store.changes(of: number).contains { change in
            change.transition.flatMap { type.transition($0.name) }?.kind == .reopen
        }
    }

    private mutating func add(_ cameBack: Bool) {
        solved += 1
        if !cameBack { atFirstContact += 1 }
    }
}
