import Node
import Simulator

/// The first and the last line of a run.
enum RehearsalLines {
    static func first(_ files: RehearsalFiles, _ seed: UInt64) -> String {
        "seed \(SeedText.text(seed))  tributary \(Software.version)  scenario \(files.scenario.digest)  format "
            + "\(Scenario.format)  \(files.path)"
    }

    static func last(_ outcome: RehearsalOutcome) -> String {
        "\(outcome.verdict.rawValue)  events \(outcome.events)  simulated \(DurationText.text(outcome.simulated))  "
            + "digest \(outcome.digest)"
    }

    static func again(_ outcome: RehearsalOutcome, until stop: VirtualTime?) -> String {
        let until = stop.map { " --until \(DurationText.clock($0))" } ?? ""
        return "tributary simulate replay \(outcome.file) --seed \(SeedText.text(outcome.seed))\(until)"
    }
}
