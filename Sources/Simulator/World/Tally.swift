/// How often a promise was held against what happened, and where it broke.
final class Tally {
    /// Breaches that are kept; more are only counted.
    static let breachesMax = 5

    private(set) var checked: Int64 = 0
    private(set) var broken: Int64 = 0
    private(set) var breaches: [Breach] = []

    func expect(
        _ holds: Bool, _ world: World, _ sites: [SimulatedSite], _ text: @autoclosure () -> String
    ) {
        checked += 1
        guard !holds else { return }
        broken += 1
        guard breaches.count < Self.breachesMax else { return }
        breaches.append(Breach(at: world.kernel.now, sites: sites.map(\.id.text), text: text()))
    }

    var finding: Finding { broken > 0 ? .broken : checked > 0 ? .holds : .notExercised }
}
