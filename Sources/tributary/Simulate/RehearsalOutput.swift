import Simulator

/// Says and writes what a rehearsal found out.
enum RehearsalOutput {
    static func write(_ outcome: RehearsalOutcome, _ invocation: Invocation) throws {
        for result in outcome.invariants where result.finding == .broken {
            for breach in result.breaches {
                Terminal.say(
                    "BROKEN \(result.number) \(result.name): \(breach.sites.joined(separator: ", ")) at "
                        + "\(DurationText.clock(breach.at)): \(breach.text)")
            }
        }
        for line in outcome.missing { Terminal.say("missing: \(line)") }
        for mark in outcome.marks { Terminal.say("\(mark.name): \(mark.count)") }
        Terminal.say("tickets \(outcome.tickets) changes \(outcome.changes) refunds \(outcome.refunds)")
        for site in outcome.sites {
            Terminal.say(
                "\(site.id) changes \(site.changes) lag \(String(describing: site.lag)) crashes \(site.crashes)")
        }
        if let breach = outcome.invariants.flatMap(\.breaches).map(\.at).min() {
            Terminal.say(RehearsalLines.again(outcome, until: breach))
        }
        Terminal.say(RehearsalLines.last(outcome))
    }
}
