/// How much a run of the bench does.
struct Scale: Hashable, Sendable {
    /// Tickets that are recorded, admitted, fed.
    var tickets: Int
    /// Rounds that count.
    var rounds: Int
    /// Tickets that the clients of `create` take in one round.
    var creations: Int
    /// Unsent changes of `memory`.
    var backlog: Int
    /// How long the rehearsed week is, in hours.
    var weekHours: Int
    /// Tickets a day in it.
    var weekTickets: Int
    /// Rehearsals of a swarm.
    var swarmRuns: Int
    /// Changes that wait at each branch in `catch-up`.
    var catchUpRows: Int
    /// Tickets of a hub whose lists and figures are asked for, and of the small one beside it.
    var boardTickets: Int
    var boardFew: Int

    /// What budgets are judged by.
    static let full = Scale(
        tickets: 100_000, rounds: 5, creations: 8_000, backlog: 1_000_000, weekHours: 168, weekTickets: 2_000,
        swarmRuns: 20, catchUpRows: 10_000, boardTickets: 1_000_000, boardFew: 10_000)
    /// Shows that everything runs; its figures say nothing.
    static let quick = Scale(
        tickets: 600, rounds: 1, creations: 200, backlog: 4_000, weekHours: 4, weekTickets: 200, swarmRuns: 1,
        catchUpRows: 20, boardTickets: 600, boardFew: 200)

    /// One ticket in so many gets an edit.
    static let editStride = 5
    var edits: Int { tickets / Self.editStride }
}
