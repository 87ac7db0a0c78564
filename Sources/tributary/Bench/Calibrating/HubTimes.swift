import Node
import Replication
import Simulator

/// Measures how long a hub takes for what it is asked, for rehearsals.
///
/// Measured is time of the processor: what else the machine does is left out, and so is waiting for the disk, which a
/// rehearsal counts by itself. HTTP and the check of who calls are not in it.
struct HubTimes {
    /// As a ticket of a rehearsal has them: six changes, its creation among them.
    private static let editsEach = 5
    /// Polls for each hundred tickets, and the fewest.
    private static let pollsFewest = 8

    private let bench: Bench
    private let ground: Ground
    private let tickets: [SampleTicket]
    private var polls: Int { max(Self.pollsFewest, tickets.count / 5) }

    init(_ bench: Bench) throws {
        self.bench = bench
        ground = try bench.province()
        tickets = SampleTicket.tickets(max(1, bench.scale.tickets / 10))
    }

    /// - Parameters:
    ///   - date: year, month and day.
    ///   - machine: words about it.
    /// - Returns: the medians of as many rounds as the bench counts.
    func calibration(date: String, machine: String) throws -> Calibration {
        bench.note("a branch takes \(tickets.count) tickets, changes each \(Self.editsEach) times, and sends it all")
        let pushes = try ground.recorded(tickets, editsEach: Self.editsEach).pushes
        bench.note("the hub takes them, polls without changes, and fills answers: \(bench.scale.rounds) rounds")
        var figures: [[Double]] = [[], [], [], []]
        try ground.withCopy(of: ground.file(Ground.hub)) { teller in
            let clerk = BenchClerk(site: teller)
            try clerk.work(on: tickets, for: SiteID(Ground.other), editsEach: Self.editsEach)
            for round in 0...bench.scale.rounds {
                let request = try request()
                let answer = try answer(by: teller)
                let values = [
                    request, try change(of: pushes, request), answer, try entry(by: teller, answer),
                ]
                guard round > 0 else { continue }
                for (number, value) in values.enumerated() { figures[number].append(value) }
            }
        }
        let nanoseconds = figures.map { max(1, Int64((Rounds.median($0) * 1e9).rounded())) }
        return Calibration(
            date: date, machine: machine, requestNanoseconds: nanoseconds[0], changeNanoseconds: nanoseconds[1],
            answerNanoseconds: nanoseconds[2], entryNanoseconds: nanoseconds[3])
    }

    /// Seconds for a request without changes, read and taken in a transaction of its own.
    private func request() throws -> Double {
        try ground.withCopy(of: ground.file(Ground.branch)) { branch in
            try ground.withCopy(of: ground.file(Ground.hub)) { hub in
                var line = DirectLine(branch, hub)
                try line.hello()
                var seconds = 0.0
                for _ in 0..<polls {
                    try line.poll { frame, hub, sender in
                        let start = Environment.processorSeconds()
                        defer { seconds += Environment.processorSeconds() - start }
                        return try DirectLine.take(frame, at: hub, from: sender)
                    }
                }
                return seconds / Double(polls)
            }
        }
    }

    /// Seconds more for each change in a request, new tickets and changes of one field mixed.
    private func change(of pushes: [DirectLine.Push], _ request: Double) throws -> Double {
        try ground.withCopy(of: ground.file(Ground.hub)) { hub in
            let seconds = try Stopwatch.processorSeconds {
                for push in pushes { try DirectLine.take(push.frame, at: hub, from: SiteID(Ground.branch)) }
            }
            let changes = pushes.reduce(0) { $0 + $1.changes }
            return (seconds - request * Double(pushes.count)) / Double(max(1, changes))
        }
    }

    /// Seconds for filling and encoding an answer without entries.
    private func answer(by hub: Site) throws -> Double {
        var reader = try FeedReader(SiteID(Ground.other), at: hub)
        while !reader.isCaughtUp { _ = try reader.next() }
        return try Stopwatch.processorSeconds {
            for _ in 0..<polls { _ = try reader.next() }
        } / Double(polls)
    }

    /// Seconds more for each entry in an answer.
    private func entry(by hub: Site, _ answer: Double) throws -> Double {
        var reader = try FeedReader(SiteID(Ground.other), at: hub)
        var (answers, entries) = (0, 0)
        let seconds = try Stopwatch.processorSeconds {
            while !reader.isCaughtUp {
                entries += try reader.next()
                answers += 1
            }
        }
        return (seconds - answer * Double(answers)) / Double(max(1, entries))
    }
}
