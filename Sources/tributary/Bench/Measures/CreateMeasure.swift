import Node
import Replication

/// Clerks who all take tickets at once.
enum CreateMeasure {
    static let clients = 32

    static let measure = Measure(
        name: "create",
        purpose: "durable tickets a second at a branch with 32 clients, against one commit for each plain insert",
        unit: "tickets/s", budget: Budget(judged: .ratio, better: .higher, must: 3, aim: 10), run: run)

    private static func run(_ bench: Bench) throws -> Outcome {
        let ground = try bench.province()
        let tickets = SampleTicket.tickets(bench.scale.creations)
        let rows = PlainRows(tickets, home: Ground.branch, letters: "BA")
        let ones = Batches.of(1, covering: rows.count)
        return try Rounds.alternate(
            bench.scale.rounds, baseline: { 1e6 / (try ground.plainInsert(rows, ones)) },
            measured: {
                try ground.withCopy(of: ground.file(Ground.branch)) { site in
                    let seconds = try Stopwatch.seconds { try create(tickets, at: site) }
                    return Double(tickets.count) / seconds
                }
            })
    }

    /// Every client asks for one ticket after the other and waits until each is on the disk.
    private static func create(_ tickets: [SampleTicket], at site: Site) throws {
        try Clients.make(tickets.count, by: clients) { number, answered in
            let ticket = tickets[number]
            let form = ticket.form(home: SiteID(Ground.branch))
            site.write("open") { session, now in
                try site.desk(session.store, actor: "bench", now: now).open(
                    form, key: nil, identifier: ticket.identifier, customerIdentifier: ticket.identifier, in: &session
                ).row.number
            } completion: { result in
                answered(result.map { _ in })
            }
        }
    }
}
