import Node
import ServiceDesk

/// Due times after a change of the calendar.
enum DueMeasure {
    static let measure = Measure(
        name: "due",
        purpose: "seconds until the due times of 100,000 open tickets are computed again after a change of the "
            + "calendar, in slices of \(DueBook.sliceSize); baseline: the longest slice with its commit, for which "
            + "whoever wants to write waits",
        unit: "s", budget: Budget(judged: .figure, better: .lower, must: 5, aim: 2), run: run)

    private static func run(_ bench: Bench) throws -> Outcome {
        let ground = try ServiceGround(bench)
        defer { ground.close() }
        bench.note("a branch takes \(bench.scale.tickets) faults, complaints and enquiries")
        _ = try ground.open(bench.scale.tickets)
        _ = try freshen(ground.branch)
        var longest: [Double] = []
        var totals: [Double] = []
        for _ in 0..<min(bench.scale.rounds, 3) {
            try ground.turnCalendar()
            let (count, slices) = try freshen(ground.branch)
            guard count == bench.scale.tickets else {
                throw CommandError(
                    .no, "compute due times", reason: "\(count) of \(bench.scale.tickets) were computed",
                    remedy: "report this")
            }
            totals.append(slices.reduce(0, +))
            longest.append(slices.max() ?? 0)
        }
        return Outcome(figure: Rounds.median(totals), baseline: longest.max() ?? 0)
    }

    /// - Returns: how many were computed, and the seconds of each slice.
    private static func freshen(_ site: Site) throws -> (count: Int, slices: [Double]) {
        var (all, slices): (Int, [Double]) = (0, [])
        while true {
            var count = 0
            slices.append(
                try Stopwatch.seconds {
                    count = try site.perform("bench") { session, now in
                        try DueBook(session.store, shelf: site.domain.shelf).freshen(at: now)
                    }
                })
            all += count
            if count < DueBook.sliceSize { return (all, slices) }
        }
    }
}
