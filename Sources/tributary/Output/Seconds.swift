/// Durations in a line of the story.
enum Seconds {
    /// Seconds with one decimal.
    static func text(_ seconds: Double) -> String {
        let tenths = Int((seconds * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}
