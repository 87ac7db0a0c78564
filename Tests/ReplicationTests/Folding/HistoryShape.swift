@testable import Replication

/// Who wrote each of a few changes, in fold order, and which of the earlier ones its author had seen.
struct HistoryShape {
    /// The origin of each change, numbered in the order in which they first appear.
    var origins: [Int] = []
    /// For each change, a bit for each earlier one that its author held: closed under causality.
    var pasts: [Int] = []

    /// Every consistent shape of `count` changes by at most `originLimit` origins.
    static func all(_ count: Int, originLimit: Int) -> [HistoryShape] {
        var shapes = [HistoryShape()]
        for _ in 0..<count { shapes = shapes.flatMap { $0.extensions(originLimit: originLimit) } }
        return shapes
    }

    private func extensions(originLimit: Int) -> [HistoryShape] {
        let index = origins.count
        let known = (origins.max() ?? -1) + 1
        return (0..<min(known + 1, originLimit)).flatMap { origin in
            (0..<1 << index).compactMap { past in
                guard isConsistent(past, origin: origin) else { return nil }
                return HistoryShape(origins: origins + [origin], pasts: pasts + [past])
            }
        }
    }

    /// Whoever has seen a change has seen what its author had seen, and an author has seen what is its own.
    private func isConsistent(_ past: Int, origin: Int) -> Bool {
        origins.indices.allSatisfy { earlier in
            let isSeen = past & 1 << earlier != 0
            return isSeen ? pasts[earlier] & ~past == 0 : origins[earlier] != origin
        }
    }

    /// The change at `index`, stamped later than those before it.
    func change(_ index: Int, _ edits: [Edit]) -> Change {
        let seen = origins.indices.prefix(index).filter { pasts[index] & 1 << $0 != 0 && origins[$0] != origins[index] }
        return Change(
            origin: Changes.origin(origins[index]), sequence: sequence(index),
            stamp: Stamp(milliseconds: Int64(index) + 1), entity: Changes.entity,
            seen: VersionVector(seen.map(reference)), edits: edits)
    }

    func reference(_ index: Int) -> ChangeReference { Changes.reference(origins[index], sequence(index)) }

    private func sequence(_ index: Int) -> UInt64 {
        UInt64(origins[...index].count { $0 == origins[index] })
    }
}
