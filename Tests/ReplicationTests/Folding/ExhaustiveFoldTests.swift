import Testing

@testable import Replication

/// Every way in which a few changes can meet.
///
/// A stored row depends on nothing but its bytes and the set of changes in the log that have effect, and a refusal
/// folds the log again. So walking from every subset of a history to every larger one by one change, once, walks
/// every order of arrival with verdicts at every point: if each step from the row of a subset ends in the one row of
/// the larger subset, every path does.
@Suite("All small histories")
struct ExhaustiveFoldTests {
    @Test("three changes of any kinds, seen in any consistent way, fold to one state by every path")
    func threeChanges() throws {
        let shapes = HistoryShape.all(3, originLimit: 3)
        #expect(shapes.count == 18)
        var walk = Walk(kinds: EditKind.allCases, count: 3, takesSubsets: true)
        for shape in shapes { try walk.run(shape) }
        #expect(walk.steps == 18 * (14 + 14 * 14 * 2 + 14 * 14 * 14 * 4))
    }

    /// Its smaller subsets are histories of three and are walked above.
    @Test("four changes that assign, add, remove, move or vote fold to one state")
    func fourChanges() throws {
        let shapes = HistoryShape.all(4, originLimit: 3)
        var walk = Walk(kinds: [.assign, .add, .remove, .transition, .vote], count: 4, takesSubsets: false)
        for shape in shapes { try walk.run(shape) }
        #expect(walk.steps == shapes.count * (5 + 25 + 125 + 625))
    }
}

/// The walk through all histories of one shape, sharing their beginnings.
private struct Walk {
    /// The row of some of the changes so far.
    private struct Subset {
        let changes: [Change]
        let row: [UInt8]
    }

    private struct Mismatch: Error, CustomStringConvertible {
        let description: String
    }

    let kinds: [EditKind]
    let count: Int
    /// Whether every subset of a history is grown, or only the one without gaps.
    let takesSubsets: Bool
    private(set) var steps = 0

    init(kinds: [EditKind], count: Int, takesSubsets: Bool) {
        self.kinds = kinds
        self.count = count
        self.takesSubsets = takesSubsets
    }

    mutating func run(_ shape: HistoryShape) throws {
        try extend([Subset(changes: [], row: EntityState().encoded)], shape, at: 0)
    }

    private mutating func extend(_ subsets: [Subset], _ shape: HistoryShape, at index: Int) throws {
        guard index < count else { return }
        for kind in kinds {
            let change = shape.change(index, kind.edits(at: index, in: shape))
            let grown = try subsets.map { subset in try step(change, onto: subset) }
            steps += grown.count
            try extend(takesSubsets ? subsets + grown : grown, shape, at: index + 1)
        }
    }

    private func step(_ change: Change, onto subset: Subset) throws -> Subset {
        var state = try EntityState(encoded: subset.row)
        guard Fold.takesFastPath(change, onto: state) else {
            throw Mismatch(description: "\(change.reference) sorts last and is refused the fast path")
        }
        Fold.apply(change, to: &state)
        for earlier in subset.changes where Fold.takesFastPath(earlier, onto: state) {
            throw Mismatch(description: "\(earlier.reference) sorts before the last and is let onto the fast path")
        }
        let changes = subset.changes + [change]
        guard Picture(state) == Oracle.picture(of: changes) else {
            throw Mismatch(description: "\(changes)\n\(Picture(state))\n\(Oracle.picture(of: changes))")
        }
        let row = state.encoded
        if changes.count == count, Fold.state(of: changes.reversed()).encoded != row {
            throw Mismatch(description: "Folded from nothing, \(changes) give another row.")
        }
        return Subset(changes: changes, row: row)
    }
}
