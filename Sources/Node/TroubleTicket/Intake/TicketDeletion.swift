import Replication
import ServiceDesk
import Standards

/// What deleting a trouble ticket comes to. A ticket is a record that several sites keep, and have to keep: it is
/// cancelled, by the step of its procedure.
enum TicketDeletion {
    /// What is written where the step asks for words: a request to delete brings none.
    static let reason = "由 TMF621 接口删除 (deleted through TMF621)"

    /// - Returns: nil for a ticket that is cancelled already.
    /// - Throws: ``NodeError`` when no step leads from where the ticket is to `cancelled`.
    static func revision(of resource: TicketResource) throws -> TicketRevision? {
        guard resource.status != .cancelled else { return nil }
        guard let type = resource.type else {
            throw NodeError(
                .notNow, "The standard of this ticket is not here, so that nobody knows how it is cancelled.",
                remedy: "Wait until the standard has come from the hub.")
        }
        let before = try resource.members(["status"])
        let after = before.merging(["status": .string(TicketStatus.cancelled.rawValue)]) { $1 }
        var patch = TicketPatch(resource, before: before, after: after, isExact: true)
        var revision = try patch.revision()
        let rule = type.transitions(from: resource.state.stageName).first { $0.name == revision.step }
        for name in rule?.requires ?? [] {
            let value = resource.state[FieldNumbers.field(name)]
            guard value == .null || value == .text("") else { continue }
            guard let field = type.field(name), field.kind == .text else {
                throw NodeError(
                    .notNow, "The step that cancels the ticket asks for \(name), which a deletion does not say.",
                    remedy: "PATCH the status to cancelled, with that characteristic.")
            }
            revision.fields[name] = .text(String(reason.prefix(field.maximumLength ?? reason.count)))
        }
        return revision
    }
}
