import Simulator

/// A later edit of one of the sample tickets: its status, one field.
struct SampleEdit: Sendable {
    /// Which of the tickets.
    let ticket: Int
    let status: String

    /// Edits of different tickets in no order of theirs.
    static func edits(_ count: Int, of tickets: Int, seed: UInt64 = 11) -> [SampleEdit] {
        var random = SplitMix64(seed: seed)
        var all = Array(0..<tickets)
        return (0..<min(count, tickets)).map { place in
            let other = place + Int(random.next() % UInt64(tickets - place))
            all.swapAt(place, other)
            return SampleEdit(ticket: all[place], status: "closed\(random.next() % 9)")
        }
    }
}
