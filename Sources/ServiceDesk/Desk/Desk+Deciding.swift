import Replication
import SQLite
import Standards

/// Refunds are decided at the hub: by itself where whoever asked may decide so much, by somebody with the authority
/// otherwise.
extension Desk {
    /// Requests decided in one turn.
    public static let decisionsInTurn = 20

    /// Whether anything was asked for that the hub decides by itself.
    public var hasDueDecisions: Bool {
        get throws { try store.database.first("SELECT 1 FROM due_decision LIMIT 1") { _ in true } ?? false }
    }

    /// Grants what was asked for by people who may decide so much themselves.
    /// - Returns: how many were decided.
    @discardableResult
    public func decideWithinAuthority(hubKey: [UInt8], in session: inout Session) throws -> Int {
        let due = try store.database.all(
            "SELECT origin, sequence FROM due_decision ORDER BY origin, sequence LIMIT ?", Int64(Self.decisionsInTurn)
        ) { ChangeReference(origin: OriginID(raw: $0.uint64(0)), sequence: $0.uint64(1)) }
        var decided = 0
        for request in due {
            try store.database.run(
                "DELETE FROM due_decision WHERE origin = ? AND sequence = ?", request.origin.raw, request.sequence)
            do {
                _ = try session.decide(
                    request, .granted, reason: "Within the authority of whoever asked.", actor: DeskActor.hub,
                    hubKey: hubKey, at: now)
                decided += 1
            } catch let error as ReplicationError where [.refused, .behind, .notFound].contains(error.kind) {
                // It is left to a person, who will be told why.
                continue
            }
        }
        return decided
    }

    /// Whether whoever decides may decide so much.
    public func checkAuthority(over request: OnceRequest, at site: SiteID) throws {
        let check = RoleCheck(store: store, site: site, actor: actor, change: nil)
        guard let most = try check.authority(.refundFen, in: try standard().pack), request.amount > Int64(most) else {
            return
        }
        throw DeskError(
            .notAllowed, "Whoever did this may decide refunds of \(most) fen; this one is of \(request.amount).",
            remedy: "Let somebody decide it who may: `tributary staff list`.")
    }
}
