/// Which entities one transaction has saved. An object, because the copies of a store share it.
final class ChangedEntities {
    private var rows: [(number: Int64, kind: EntityKind)] = []
    private var known: Set<Int64> = []

    func insert(_ row: EntityRow) {
        if known.insert(row.number).inserted { rows.append((row.number, row.id.kind)) }
    }

    /// The rows' own numbers, in the order of their first change.
    func numbers(of kind: EntityKind) -> [Int64] { rows.filter { $0.kind == kind }.map(\.number) }
}
