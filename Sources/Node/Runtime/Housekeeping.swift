import Dispatch
import Replication
import ServiceDesk
import Synchronization

/// What a node does by itself every minute, whether or not anybody asks: it wipes what was erased, checks a little of
/// what it has stored, and keeps feeds within their budgets; due times also soon after each change.
final class Housekeeping: Sendable {
    private let site: Site
    private let dueTimes: DueKeeper
    private let isEnded = Mutex(false)
    private let queue = DispatchQueue(label: "tributary.housekeeping", qos: .utility)

    init(site: Site) {
        self.site = site
        dueTimes = DueKeeper(site: site)
    }

    func begin() {
        plan(1)
        dueTimes.begin()
    }

    func end() {
        isEnded.withLock { $0 = true }
        dueTimes.end()
    }

    private func plan(_ round: Int) {
        queue.asyncAfter(deadline: .now() + .seconds(Int(Upkeep.roundSeconds))) { [weak self] in
            guard let self, !isEnded.withLock({ $0 }) else { return }
            keep(house: round)
            plan(round + 1)
        }
    }

    private func keep(house round: Int) {
        site.jobs.move(.housekeeping)
        site.wipeErased()
        site.rewriteErased()
        recheck()
        // A standard takes effect, and a customer has been one for another year, without any commit.
        dueTimes.look()
        guard round.isMultiple(of: Upkeep.roundsBetweenFeeds), site.configuration.isHub else { return }
        boundFeeds()
    }

    private func recheck() {
        let fresh = Draws.origin()
        let contents = readContents()
        let shelf = site.domain.shelf
        site.write("recheck") { session, now in
            let found = try session.recheck(atMost: Upkeep.entitiesInRound, fresh: fresh, at: now)
            // A counter cannot tell whether the row was damaged that it counts.
            if found > 0 { try DeskIndex(session.store, shelf: shelf).recount() }
            let files = try contents.map { try session.take($0, at: now) } ?? 0
            return (found, files, try session.store.recheckProgress())
        } completion: { result in
            switch result {
            case .success((let found, let files, let progress)):
                if progress.done > 0 {
                    self.site.jobs.move(.recheck, done: progress.done, of: progress.all)
                } else {
                    self.site.jobs.end(.recheck)
                }
                if found > 0 {
                    self.site.log.line("storage", "\(found) entities were damaged on this disk and are mended")
                }
                if files > 0 {
                    self.site.log.line("storage", "\(files) files were damaged on this disk and are asked for again")
                }
            case .failure(let error):
                self.site.log.line("storage", kind: "recheck", "checking what is stored: \(error)")
            }
        }
    }

    /// Nil when they cannot be read: the entities are checked all the same.
    private func readContents() -> ContentRound? {
        do {
            return try site.read { try $0.nextContents() }
        } catch {
            site.log.line("storage", kind: "recheck", "checking the files that are stored: \(error)")
            return nil
        }
    }

    private func boundFeeds() {
        site.jobs.move(.feeds)
        site.write("feeds") { session, now in
            try session.boundFeeds(at: now)
        } completion: { result in
            self.site.jobs.end(.feeds)
            guard case .success(let dropped) = result else { return }
            for away in dropped {
                self.site.log.line("exchange", "the feed of \(away) is over its budget; it compares when it comes back")
            }
        }
    }
}
