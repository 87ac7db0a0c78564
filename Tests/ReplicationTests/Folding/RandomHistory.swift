@testable import Replication

/// A history of one entity as a few sites might make it: each writes what it likes on what it holds, and now and then
/// hears all that another holds. Clocks tick together, so stamps tie often.
struct RandomHistory {
    fileprivate struct Site {
        let origin: Int
        var held: [Change] = []
        var clock = HybridClock()
        var written: UInt64 = 0
    }

    private(set) var changes: [Change] = []

    init(upTo count: Int, origins: Int, using random: inout SplitMix64) {
        var sites = (0..<origins).map { Site(origin: $0) }
        var time: Int64 = 1
        while changes.count < count {
            let writer = random.below(origins)
            if random.chance(30) { time += 1 }
            if random.chance(45) {
                let source = random.below(origins)
                for change in sites[source].held where !sites[writer].held.contains(change) {
                    sites[writer].held.append(change)
                    sites[writer].clock.observe(change.stamp)
                }
            } else {
                changes.append(sites[writer].write(at: time, edits: edits(using: &random)))
            }
        }
    }

    /// One to three edits, at most one of them a creation and one a transition.
    private func edits(using random: inout SplitMix64) -> [Edit] {
        var edits: [Edit] = changes.isEmpty || random.chance(5) ? [.create(Creation(state: "new"))] : []
        for _ in 0...random.below(3) { edits.append(edit(using: &random)) }
        if random.chance(20) {
            edits.append(
                Changes.moves(
                    from: random.pick(["new", "open"]), random.pick(["", "done"]), to: random.pick(["open", "done"])))
        }
        return edits
    }

    private func edit(using random: inout SplitMix64) -> Edit {
        let reference = changes.isEmpty ? Changes.reference(0, 1) : random.pick(changes).reference
        let field = random.pick([Changes.field, Changes.other])
        let element = Value.text(random.pick(["x", "y"]))
        let grant = Grant(person: random.pick(["li", "wang"]), role: "clerk")
        return switch random.below(14) {
        case 0, 1: .assign(field, .integer(Int64(random.below(4))))
        case 2: .add(Changes.set, element)
        case 3: .remove(Changes.set, element)
        case 4: .count(Changes.counter, Int64(random.below(9)) - 4)
        case 5: Changes.votes(random.pick([.approve, .reject, .veto]), by: "d", round: UInt32(random.below(2)))
        case 6: .grant(grant)
        case 7: .revoke(grant)
        case 8: Changes.notes("n")
        case 9: Changes.attaches("a")
        case 10: Changes.asks("k")
        case 11: Changes.answers(reference, counted: [reference])
        case 12: .settle(Settlement(losing: reference))
        default: .unknown(tag: 200, body: random.bytes(random.below(4)))
        }
    }
}

extension RandomHistory.Site {
    fileprivate mutating func write(at time: Int64, edits: [Edit]) -> Change {
        written += 1
        let change = Change(
            origin: Changes.origin(origin), sequence: written, stamp: clock.tick(milliseconds: time),
            entity: Changes.entity,
            seen: VersionVector(held.map(\.reference).filter { $0.origin != Changes.origin(origin) }), edits: edits)
        held.append(change)
        return change
    }
}
