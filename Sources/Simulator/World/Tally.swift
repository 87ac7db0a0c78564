/// How often a promise was held against what happened, and where it broke.
final class Tally {
    /// Breaches that are kept; more are only counted.
    static let breachesMax = 5

    private(set) var checked: Int64 = 0
    private(set) var broken: Int64 = 0
    private(set) var breaches: [Breach] = []

    /// - Parameters:
    ///   - sites: where it is seen.
    ///   - subject: what it is about, so that the story can say who did what to it.
    func expect(
        _ holds: Bool, _ world: World, _ sites: [SimulatedSite],
        about subject: @autoclosure () -> Journal.Subject? = nil,
        _ text: @autoclosure () -> String
    ) {
        checked += 1
        guard !holds else { return }
        broken += 1
        guard breaches.count < Self.breachesMax else { return }
        let deeds = subject().map { world.journal.words(about: $0) { world.sites[$0].id.text } }
        breaches.append(
            Breach(at: world.kernel.now, sites: sites.map(\.id.text), text: text(), deeds: deeds ?? []))
    }

    var finding: Finding { broken > 0 ? .broken : checked > 0 ? .holds : .notExercised }
}
