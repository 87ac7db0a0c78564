/// Something that `tributary bench` measures.
struct Measure: Sendable {
    let name: String
    /// In the words of the help.
    let purpose: String
    /// Of figure and baseline.
    let unit: String
    let budget: Budget
    let run: @Sendable (Bench) throws -> Outcome
}
