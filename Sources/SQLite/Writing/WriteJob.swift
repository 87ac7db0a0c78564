/// One job in the writer's queue, with its result type hidden.
struct WriteJob: Sendable {
    let name: String?
    /// Does the work and gives back what tells the caller of its success, to be called after the commit.
    let run: @Sendable (Database) throws -> @Sendable () -> Void
    /// Tells the caller that nothing was saved, or that this is unknown.
    let fail: @Sendable (any Error) -> Void
}
