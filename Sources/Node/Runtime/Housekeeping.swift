import Dispatch
import Replication
import Synchronization

/// What a node does by itself every minute, whether or not anybody asks: it wipes what was erased, checks a little of
/// what it has stored, and keeps feeds within their budgets.
final class Housekeeping: Sendable {
    /// Entities checked in one round: a hundred thousand take an hour or so.
    static let entitiesInRound = 1_000
    static let roundSeconds = 60
    /// Feeds are looked at once in so many rounds.
    static let roundsBetweenFeeds = 60

    private let site: Site
    private let isEnded = Mutex(false)
    private let queue = DispatchQueue(label: "tributary.housekeeping", qos: .utility)

    init(site: Site) { self.site = site }

    func begin() { plan(1) }

    func end() { isEnded.withLock { $0 = true } }

    private func plan(_ round: Int) {
        queue.asyncAfter(deadline: .now() + .seconds(Self.roundSeconds)) { [weak self] in
            guard let self, !isEnded.withLock({ $0 }) else { return }
            keep(house: round)
            plan(round + 1)
        }
    }

    private func keep(house round: Int) {
        site.wipeErased()
        let fresh = Draws.origin()
        site.write("recheck") { session, now in
            try session.recheck(atMost: Self.entitiesInRound, fresh: fresh, at: now)
        } completion: { result in
            switch result {
            case .success(let found):
                guard found > 0 else { return }
                self.site.log.line("storage", "\(found) entities were damaged on this disk and are mended")
            case .failure(let error):
                self.site.log.line("storage", kind: "recheck", "checking what is stored: \(error)")
            }
        }
        guard round.isMultiple(of: Self.roundsBetweenFeeds), site.configuration.isHub else { return }
        site.write("feeds") { session, now in
            try session.boundFeeds(at: now)
        } completion: { result in
            guard case .success(let dropped) = result else { return }
            for away in dropped {
                self.site.log.line("exchange", "the feed of \(away) is over its budget; it compares when it comes back")
            }
        }
    }
}
