import Standards
import Synchronization

/// The demo's story: what is done with the province, step by step, and how each step is checked.
final class Telling {
    static let ticketsPerBranch = 40
    /// Fewer when a file brings its own.
    static let ticketsBesideImport = 6
    static let settleSeconds = 20.0

    let province: Province
    let cast: Cast
    let ledger = Ledger()
    private let seed: UInt64
    private let importFile: ImportFile?
    private let run: String

    /// Tickets of each branch, by site, open ones of type complaint.
    var complaints: [String: [String]] = [:]
    var contested: Contested?
    var refund: Refund?
    private(set) var secondsToConverge: Double?
    private(set) var conflictsListed = 0
    var refundsRequested = 0
    var refundsPaid = 0
    private(set) var census: Census?

    /// The ticket edited on both sides of the cut.
    struct Contested {
        let ticket: String
        let field: String
        let atHub: String
        let atBranch: String
        /// What each side wrote alone.
        let alone: [String: String]
    }

    /// One charge for which two branches ask a refund.
    struct Refund {
        let charge: String
        let amountFen: Int64
        /// The ticket of each asking branch.
        let tickets: [(site: ProvinceSite, ticket: String)]
    }

    /// - Parameter run: what makes the keys of this telling its own.
    init(_ province: Province, seed: UInt64, run: String, importFile: ImportFile?) {
        self.province = province
        self.seed = seed
        self.run = run
        self.importFile = importFile
        cast = Cast(province.branches)
    }

    /// Tells everything.
    func tell(to story: Story) {
        story.tell { try started() }
        story.tell { try ticketsTaken() }
        if let importFile { story.tell { try imported(importFile) } }
        story.tell { try lineCut() }
        story.tell { try editedOnBothSides() }
        story.tell { try refundsAsked() }
        story.tell { try nodeKilled() }
        story.tell { try repliesLost() }
        story.tell { try lineHealed() }
        story.tell { try conflictShown() }
        story.tell { try refundsDecided() }
        story.tell { try ticketTransferred() }
        story.tell { try everythingFound() }
    }

    func counter(_ site: ProvinceSite) -> Counter { Counter(site: site, ledger: ledger) }

    var hubCounter: Counter { counter(province.hub) }

    /// An idempotency key of this telling.
    func key(_ name: String) -> String { "demo-\(run)-\(name)" }

    /// A generator of tickets for one branch, the same for the same seed.
    func maker(_ site: ProvinceSite, _ chapter: UInt64) -> TicketMaker {
        let index = province.branches.firstIndex { $0 === site } ?? province.branches.count
        let place = chapter == 0 ? site.place.name.zh : "\(site.place.name.zh)\(chapter)区"
        return TicketMaker(seed: seed &* 1_000 &+ UInt64(index) &* 16 &+ chapter, place: place)
    }

    /// How many tickets the hub holds.
    func ticketsAtHub() throws -> Int {
        try province.hub.client.get("/api/tickets", [("limit", "1")]).json["total"]?.intValue ?? 0
    }

    private func started() throws -> String {
        try province.start()
        let standards = try province.sites.map { try $0.status()["standard"] ?? .null }
        let version = standards.first?["version"]?.stringValue
        guard let version, Set(standards).count == 1 else {
            throw CommandError(
                .no, "see that every site has the hub's standard pack", reason: "they differ",
                remedy: "look into the nodes' logs")
        }
        let name = province.topology.province.name.en
        return "\(name) is up: a hub and \(province.branches.count) branches, each its own process; "
            + "standard pack \(version) everywhere"
    }

    private func ticketsTaken() throws -> String {
        let count = importFile == nil ? Self.ticketsPerBranch : Self.ticketsBesideImport
        let start = Environment.steadySeconds()
        let opened = Mutex<[String: [String]]>([:])
        let desks = province.branches.map { (counter: counter($0), maker: maker($0, 0)) }
        try Parallel.each(desks) { desk in
            var maker = desk.maker
            for index in 0..<count {
                let isComplaint = index < Self.ticketsBesideImport
                let id = try desk.counter.take(maker.next(type: isComplaint ? "complaint" : nil))
                if isComplaint { opened.withLock { $0[desk.counter.site.id, default: []].append(id) } }
            }
        }
        let taken = Environment.steadySeconds() - start
        complaints = opened.withLock { $0 }
        let total = count * province.branches.count
        try Patience.wait(until: "the hub has every ticket", seconds: Self.settleSeconds) {
            try ticketsAtHub() == total
        }
        let all = Environment.steadySeconds() - start
        return "\(total) tickets are taken at \(province.branches.count) counters in \(Seconds.text(taken)) s; "
            + "after \(Seconds.text(all)) s the hub has them all"
    }

    private func lineHealed() throws -> String {
        let start = Environment.steadySeconds()
        cast.cutOff.relay?.heal()
        try province.waitUntilAgreed(seconds: Self.settleSeconds)
        let seconds = Environment.steadySeconds() - start
        secondsToConverge = seconds
        return
            "the line to \(cast.cutOff.name) heals; after \(Seconds.text(seconds)) s every branch holds what the hub "
            + "holds for it: \(province.branches.count) digests, all equal"
    }

    private func everythingFound() throws -> String {
        try province.waitUntilAgreed(seconds: Self.settleSeconds)
        for site in province.sites {
            let result = try site.client.get("/api/verify").json
            try Story.check(result["clean"]?.boolValue == true, "\(site.id) is clean when its log is folded again")
        }
        let census = try Census(hubCounter)
        self.census = census
        try Story.check(
            census.lost == 0 && census.duplicated == 0,
            "nothing is lost or doubled (lost \(census.lost), duplicated \(census.duplicated))")
        return
            "\(province.sites.count) sites verified clean; \(ledger.count) acknowledged changes looked for at the hub: "
            + "lost \(census.lost), duplicated \(census.duplicated)"
    }

    func list(conflicts count: Int) { conflictsListed = count }
}
