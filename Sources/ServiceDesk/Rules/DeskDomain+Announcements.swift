import Replication
import Standards

extension DeskDomain {
    /// At the hub: a fault that is over ends what was announced of it, so that nobody goes on saying it.
    func withdrawals(after change: Change, state: EntityState, in store: SiteStore) throws -> [Draft] {
        guard change.entity.kind == .ticket, change.edits.contains(where: Self.isStep) else { return [] }
        let numbers = try store.database.all(
            "SELECT entity FROM announcement WHERE ticket = ? AND is_withdrawn = 0 ORDER BY entity", change.entity.bytes
        ) { $0.int64(0) }
        guard !numbers.isEmpty, try isOver(state, in: store) else { return [] }
        return try numbers.map { number in
            Draft(
                entity: try store.row(number: number).id,
                edits: [
                    .assign(AnnouncementField.withdrawnAt, .integer(change.stamp.milliseconds)),
                    .assign(AnnouncementField.withdrawnBy, .text(DeskActor.hub)),
                ], actor: DeskActor.hub)
        }
    }

    private static func isStep(_ edit: Edit) -> Bool {
        if case .transition = edit { true } else { false }
    }

    private func isOver(_ ticket: EntityState, in store: SiteStore) throws -> Bool {
        guard let name = ticket[TicketField.pack].bytesValue.flatMap({ EntityID(kind: .standard, bytes: $0) }),
            let pack = try shelf.pack(name, in: store),
            let type = ticket[TicketField.type].textValue.flatMap({ pack.ticketType($0) }),
            let stage = type.state(ticket.stageName)
        else { return false }
        return stage.isFinal || stage.status == .resolved
    }
}
