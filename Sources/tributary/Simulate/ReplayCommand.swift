import Foundation
import Simulator
import Standards

/// `tributary simulate replay`
enum ReplayCommand {
    static let command = Command(
        "replay", "Runs a scenario again and tells what the sites said, or what became of one ticket",
        explanation: [
            "Prints every line that the sites would have logged, with the moment of the run. With --trace it follows "
                + "one ticket instead: who did what to it, and which messages carried it.",
            "Each seed has tickets of its own. To see which there are, ask for one that there is not, as --trace "
                + "ticket=any: the refusal names some that were worked on at several sites.",
        ],
        parameters: [ParameterRule("FILE", "the scenario, a JSON file")],
        options: [
            OptionRule("seed", "S", "in place of the scenario's own"),
            OptionRule("until", "T", "stops at this moment, counted from the start, as 6d04:11:09 or 18h"),
            OptionRule("site", "SITE", "only what this site said"),
            OptionRule("trace", "ticket=NUMBER", "follows a ticket, by its number or its identifier"),
            OptionRule("diagram", "OUT.svg", "with --trace: draws the followed ticket's messages"),
            OptionRule("disks", "DIR", "writes each site's database there as it is in the end, for sqlite3"),
        ],
        examples: [
            "tributary simulate replay Simulations/wrong-clock.json --until 1d06:00:00",
            "tributary simulate replay Simulations/wrong-clock.json --trace ticket=WZ-DVP666WC --diagram ticket.svg",
        ],
        exits: RehearsalExits.all, action: run)

    private static func run(_ invocation: Invocation) throws -> ExitCode {
        let files = try RehearsalFiles(try invocation.requiredWord("FILE"), seed: try SeedOption.read(invocation))
        let seed = files.scenario.seed
        let stop = try moment(invocation)
        let ticket = try ticket(invocation)
        let site = try site(invocation, files.topology)
        if let path = invocation.text("diagram") {
            guard ticket != nil else {
                throw invocation.refusal("--diagram draws a followed ticket", "name one with --trace ticket=NUMBER")
            }
            try OutputFile.check(path)
        }
        let disks = invocation.text("disks")
        if let disks, FileManager.default.fileExists(atPath: disks) {
            throw invocation.refusal("\(disks) is there already", "name a folder that is to be made")
        }
        Terminal.say(RehearsalLines.first(files, seed))
        let runner = RehearsalRunner(files)
        let (outcome, trace) = try runner.follow(ticket, seed: seed, until: stop, disks: disks) { time, place, line in
            guard ticket == nil, site == nil || site == place else { return }
            Terminal.say("\(DurationText.clock(time))  \(place)  \(PlainText.line(line))")
        }
        for line in trace?.lines ?? [] { Terminal.say(line) }
        if let trace, trace.lines.isEmpty { throw noTicket(ticket ?? "", trace, outcome) }
        if let path = invocation.text("diagram"), let trace { try OutputFile.write(trace.diagram.svg, to: path) }
        let isStopped = isStopped(outcome, at: stop)
        Terminal.say(RehearsalLines.last(outcome, isStopped: isStopped))
        return isStopped ? .done : RehearsalExits.code(outcome.verdict)
    }

    /// Whether it was ended before its time and nothing had broken by then; not being level at that moment is no fault.
    private static func isStopped(_ outcome: RehearsalOutcome, at stop: VirtualTime?) -> Bool {
        guard let stop, stop <= outcome.simulated, outcome.verdict != .safetyBroken else { return false }
        return !outcome.invariants.contains { $0.breaches.contains { $0.at < outcome.simulated } }
    }

    private static func noTicket(_ ticket: String, _ trace: TicketTrace, _ outcome: RehearsalOutcome) -> CommandError {
        let some = trace.some
        return CommandError(
            .usage, "follow ticket \(ticket)",
            reason: "nothing was done to a ticket of that number in \(DurationText.text(outcome.simulated))",
            remedy: some.isEmpty
                ? "let the run go further" : "name one that this run has, such as \(some.joined(separator: ", "))")
    }

    private static func site(_ invocation: Invocation, _ topology: Topology) throws -> String? {
        guard let site = invocation.text("site") else { return nil }
        let sites = topology.sites.map(\.id)
        guard sites.contains(site) else {
            throw invocation.refusal(
                "no site \"\(PlainText.line(site))\" takes part", NearestWord.hint(for: site, among: sites))
        }
        return site
    }

    private static func moment(_ invocation: Invocation) throws -> VirtualTime? {
        guard let text = invocation.text("until") else { return nil }
        guard let time = DurationText.parse(text) else {
            throw invocation.refusal("--until is no moment of a run", "write it as 6d04:11:09 or 18h")
        }
        return time
    }

    private static func ticket(_ invocation: Invocation) throws -> String? {
        guard let text = invocation.text("trace") else { return nil }
        guard text.hasPrefix("ticket="), text.count > "ticket=".count else {
            throw invocation.refusal("--trace names no ticket", "write it as ticket=NUMBER")
        }
        return String(text.dropFirst("ticket=".count))
    }
}
