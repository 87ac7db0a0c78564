/// That a key has been decided, as every site holds it: in keyed hashes what was decided, and in which epoch.
///
/// A key may have several. A hub that was lost may have marked it at so few sites that nothing was final; the hub of
/// the next epoch could not know and has marked it again. A decision that was final its successor does know, so that of
/// several the highest epoch's counts, in whatever order they come. A hub that did not know that it was put back may
/// have marked a key twice in one epoch: what it did before it was lost is the earlier of the two, and counts.
struct Marker {
    let change: ChangeReference
    let outcome: Value
    let epoch: Epoch

    /// Nil if the change does not say in which epoch it decides.
    init?(_ change: Change) {
        func assigned(_ field: Field) -> Value? {
            for case .assign(field, let value) in change.edits { return value }
            return nil
        }
        guard case .integer(let number)? = assigned(MarkerField.epochNumber),
            case .integer(let random)? = assigned(MarkerField.epochRandom)
        else { return nil }
        self.change = change.reference
        outcome = assigned(MarkerField.outcome) ?? .null
        epoch = Epoch(number: UInt32(clamping: number), random: UInt64(bitPattern: random))
    }
}

extension SiteStore {
    /// The marker of a key that counts; nil where it has none.
    func marker(of row: EntityRow) throws -> Marker? {
        var counting: Marker?
        for marker in try changes(of: row.number).compactMap({ Marker($0) }) {
            if counting.map({ marker.epoch > $0.epoch }) ?? true { counting = marker }
        }
        return counting
    }
}
