import Node
import Simulator

/// The first and the last line of a run.
enum RehearsalLines {
    static func first(_ files: RehearsalFiles, _ seed: UInt64) -> String {
        "seed \(SeedText.text(seed))  tributary \(Software.version)  scenario \(files.scenario.digest)  format "
            + "\(Scenario.format)  \(files.path)"
    }

    /// - Parameter isStopped: the run was ended before its time, which says nothing of whether it would have held.
    static func last(_ outcome: RehearsalOutcome, isStopped: Bool = false) -> String {
        let verdict = isStopped ? "stopped" : outcome.verdict.rawValue
        return "\(verdict)  events \(outcome.events)  simulated \(DurationText.text(outcome.simulated))  "
            + "digest \(outcome.digest)"
    }

    static func again(_ outcome: RehearsalOutcome, until stop: VirtualTime?) -> String {
        let until = stop.map { " --until \(DurationText.clock($0))" } ?? ""
        return "tributary simulate replay \(outcome.file) --seed \(SeedText.text(outcome.seed))\(until)"
    }
}
