import Replication

extension NewTicket {
    /// What tells an imported row from every other; nil for a ticket that a person opens.
    var importKey: IdempotencyKey? {
        source.map { source in event.map(source.idempotencyKey(of:)) ?? source.idempotencyKey }
    }

    /// The ticket that an imported row is of; nil for one that a person opens.
    public var importedEntity: EntityID? { identity?.id ?? source?.entity }

    /// The ticket that the request creates; nil when only chance names it.
    func entity(_ key: IdempotencyKey?) -> EntityID? { importedEntity ?? key?.entity(kind: .ticket) }

    /// What an imported row says of its past.
    var historyEdits: [Edit] {
        var edits: [Edit] = []
        // What was exported from here keeps the source that it had, or none.
        if let origin = identity == nil ? source : identity?.source {
            edits.append(.assign(TicketField.source, .text(origin.name)))
            edits.append(.assign(TicketField.sourceKey, .text(origin.key)))
        }
        if let sourceColumns { edits.append(.assign(TicketField.sourceColumns, .text(sourceColumns))) }
        let (version, time) = (event?.version ?? identity?.version, event?.time ?? identity?.time)
        if let version { edits.append(.assign(TicketField.sourceVersion, .integer(version))) }
        if let time { edits.append(.assign(TicketField.sourceTime, .integer(time))) }
        if let note = event?.note { edits.append(.note(note)) }
        return edits
    }
}
