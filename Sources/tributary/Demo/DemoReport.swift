import Standards

/// The demo's result for programs.
struct DemoReport {
    let sites: Int
    let tickets: Int
    let changesAcknowledged: Int
    /// Acknowledged changes that were not found at the hub. When the hub could not be asked, none was found.
    let lost: Int
    let duplicated: Int
    let conflictsListed: Int
    let refundsRequested: Int
    let refundsPaid: Int
    let secondsToConverge: Double?
    let holds: Bool

    init(_ telling: Telling, holds: Bool) {
        let census = telling.census ?? (try? Census(telling.hubCounter))
        sites = telling.province.sites.count
        tickets = census?.tickets ?? 0
        changesAcknowledged = telling.ledger.count
        lost = census?.lost ?? telling.ledger.count
        duplicated = census?.duplicated ?? 0
        conflictsListed = telling.conflictsListed
        refundsRequested = telling.refundsRequested
        refundsPaid = telling.refundsPaid
        secondsToConverge = telling.secondsToConverge
        self.holds = holds
    }

    /// Without convergence its seconds are 0, and `converged` says that they mean nothing.
    var json: JSONValue {
        [
            "sites": .integer(Int64(sites)), "tickets": .integer(Int64(tickets)),
            "changesAcknowledged": .integer(Int64(changesAcknowledged)), "lost": .integer(Int64(lost)),
            "duplicated": .integer(Int64(duplicated)), "conflictsListed": .integer(Int64(conflictsListed)),
            "refundsRequested": .integer(Int64(refundsRequested)), "refundsPaid": .integer(Int64(refundsPaid)),
            "converged": .bool(secondsToConverge != nil), "secondsToConverge": .number(rounded),
            "verdict": holds ? "held" : "broken",
        ]
    }

    /// Milliseconds are all that was measured.
    private var rounded: Double { ((secondsToConverge ?? 0) * 1_000).rounded() / 1_000 }
}
