@testable import Replication

/// One entity as a site keeps it, in memory: a log, what was refused of it, and a row of bytes that each arrival
/// changes by the fast path where that is allowed and by folding the log again where it is not.
struct StoredRow {
    private(set) var log: [Change] = []
    private(set) var refused: Set<ChangeReference> = []
    private(set) var bytes = EntityState().encoded
    private(set) var fastSteps = 0

    /// The changes that have effect.
    var effective: [Change] { log.filter { !refused.contains($0.reference) } }

    mutating func arrive(_ change: Change) throws {
        guard !log.contains(where: { $0.reference == change.reference }) else { return }
        log.append(change)
        guard !refused.contains(change.reference) else { return }
        var state = try EntityState(encoded: bytes)
        if Fold.takesFastPath(change, onto: state) {
            Fold.apply(change, to: &state)
            fastSteps += 1
        } else {
            state = Fold.state(of: effective)
        }
        bytes = state.encoded
    }

    mutating func refuse(_ reference: ChangeReference) {
        refused.insert(reference)
        bytes = Fold.state(of: effective).encoded
    }
}
