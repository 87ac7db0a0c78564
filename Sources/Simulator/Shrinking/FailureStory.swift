/// A failure in words: where and when, what was wrong in the world, and which promise broke.
public struct FailureStory {
    private let outcome: Outcome
    private let scenario: Scenario

    public init(_ outcome: Outcome, of scenario: Scenario) {
        self.outcome = outcome
        self.scenario = scenario
    }

    /// One paragraph.
    public var text: String {
        guard let broken = outcome.invariants.first(where: { $0.finding == .broken }),
            let breach = broken.breaches.first
        else { return "Every promise held." }
        let branches = outcome.sites.filter { !$0.isHub }.map(\.id)
        let opening =
            "In \(outcome.province.en), with \(Self.list(branches)) and \(Self.count(outcome.changes, "change")) to "
            + "\(Self.count(outcome.tickets, "ticket")), invariant \(broken.number) (\(broken.name)) broke at "
            + "\(DurationText.clock(breach.at)) at \(Self.list(breach.sites)): \(breach.text)."
        return ([opening] + deeds(of: breach) + events(before: breach) + [closing(broken)]).joined(separator: " ")
    }

    private func deeds(of breach: Breach) -> [String] {
        breach.deeds.isEmpty ? [] : ["What was done: " + breach.deeds.joined(separator: "; ") + "."]
    }

    private func events(before breach: Breach) -> [String] {
        let before = scenario.faults.filter { $0.at <= breach.at }
        guard !before.isEmpty else { return ["Nothing had gone wrong before."] }
        let told = before.suffix(Self.faultsTold).map { fault in
            let everywhere = fault.kind.isHubOnly ? "the hub" : "every branch"
            let place = fault.sites.isEmpty ? everywhere : Self.list(fault.sites)
            let numbers = fault.numbers.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
            let span = fault.lasts.map { " for \(DurationText.text($0))" } ?? ""
            let how = numbers.isEmpty ? "" : " (\(numbers.joined(separator: ", ")))"
            return "at \(DurationText.clock(fault.at)) \(fault.kind.rawValue)\(how) at \(place)\(span)"
        }
        let isCut = before.count > Self.faultsTold
        let more = isCut ? "Of \(before.count) faults before it the last were: " : "Before it: "
        return [more + told.joined(separator: "; ") + "."]
    }

    private static let faultsTold = 6

    private func closing(_ broken: InvariantResult) -> String {
        let others = outcome.invariants.filter { $0.finding == .broken && $0.number != broken.number }
        guard !others.isEmpty else { return "Nothing else broke." }
        return "With it broke " + Self.list(others.map { "\($0.number) (\($0.name))" }) + "."
    }

    private static func count(_ count: Int64, _ thing: String) -> String {
        "\(count) \(thing)\(count == 1 ? "" : "s")"
    }

    private static func list(_ words: [String]) -> String {
        guard let last = words.last else { return "nobody" }
        return words.count == 1 ? last : words.dropLast().joined(separator: ", ") + " and " + last
    }
}
