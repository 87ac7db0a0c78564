import Standards

/// The demo's result for programs.
struct DemoReport {
    let sites: Int
    let tickets: Int
    let changesAcknowledged: Int
    let lost: Int
    let duplicated: Int
    let conflictsListed: Int
    let refundsRequested: Int
    let refundsPaid: Int
    let secondsToConverge: Double?
    let holds: Bool

    /// - Parameter census: nil when the story broke before everything was counted; the counts are then null, since
    ///   what was not counted is not zero.
    init(_ telling: Telling, holds: Bool) {
        sites = telling.province.sites.count
        tickets = telling.census?.tickets ?? 0
        changesAcknowledged = telling.ledger.count
        lost = telling.census?.lost ?? -1
        duplicated = telling.census?.duplicated ?? -1
        conflictsListed = telling.conflictsListed
        refundsRequested = telling.refundsRequested
        refundsPaid = telling.refundsPaid
        secondsToConverge = telling.secondsToConverge
        self.holds = holds
    }

    var json: JSONValue {
        [
            "sites": .integer(Int64(sites)), "tickets": .integer(Int64(tickets)),
            "changesAcknowledged": .integer(Int64(changesAcknowledged)),
            "lost": lost < 0 ? .null : .integer(Int64(lost)),
            "duplicated": duplicated < 0 ? .null : .integer(Int64(duplicated)),
            "conflictsListed": .integer(Int64(conflictsListed)),
            "refundsRequested": .integer(Int64(refundsRequested)), "refundsPaid": .integer(Int64(refundsPaid)),
            "converged": .bool(secondsToConverge != nil),
            "secondsToConverge": secondsToConverge.map(JSONValue.number) ?? .null,
            "verdict": holds ? "held" : "broken",
        ]
    }
}
