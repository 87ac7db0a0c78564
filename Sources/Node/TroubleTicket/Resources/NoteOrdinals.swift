/// Counts the notes of each text, in their order.
struct NoteOrdinals {
    private var counts: [String: Int] = [:]

    /// How many of this text came before.
    mutating func next(_ text: String) -> Int {
        counts[text, default: 0] += 1
        return (counts[text] ?? 1) - 1
    }
}
