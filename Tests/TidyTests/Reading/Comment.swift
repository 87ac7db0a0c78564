/// A line of comment; each line of a block comment is one.
struct Comment: Equatable {
    /// With its slashes.
    let text: String
    let line: Int
    /// Nothing but blanks stands before it on its line.
    let isAlone: Bool
}
