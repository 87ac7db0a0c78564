import Replication
import ServiceDesk

/// What a node does by itself every now and then, on a simulated machine: it wipes what was erased, computes due times
/// that something has moved, checks a little of what it has stored, and a hub keeps its feeds within their budgets.
// Safe: a rehearsal has one thread.
final class UpkeepShell: @unchecked Sendable {
    private unowned let process: SiteProcess
    private var rounds = 0

    init(_ process: SiteProcess) { self.process = process }

    func begin() {
        wipeSoon()
        plan()
        process.after(.milliseconds(Upkeep.firstRewriteMilliseconds), "rewrite") { [unowned self] in rewrite() }
    }

    private func rewrite() {
        process.rewrite()
        process.after(.milliseconds(Upkeep.rewriteMilliseconds), "rewrite") { [unowned self] in rewrite() }
    }

    private func plan() {
        process.after(.seconds(process.site.settings.upkeepSeconds), "upkeep") { [unowned self] in
            recheck()
            rounds += 1
            if process.site.isHub, rounds.isMultiple(of: SiteSettings.upkeepsBetweenFeeds) { boundFeeds() }
            plan()
        }
    }

    /// A reader may be in the way; then again a round later.
    func wipeSoon() {
        process.after(.seconds(Upkeep.roundSeconds), "wipe") { [unowned self] in
            process.wipeLog()
            if process.hasToWipe { wipeSoon() }
        }
    }

    private func recheck() {
        let (limit, fresh) = (process.site.settings.entitiesInUpkeep, OriginID(raw: process.site.draw()))
        process.write("recheck") { [unowned process] session, now in
            // A node computes them at once; here a round does, which costs no events of its own.
            let shelf = process.desk(session.store, actor: process.site.id.text, now: now).shelf
            try DueBook(session.store, shelf: shelf).freshen(at: now)
            let index = DeskIndex(session.store, shelf: shelf)
            try index.advance(at: now)
            let contents = try session.store.nextContents()
            let found = try session.recheck(atMost: limit, fresh: fresh, at: now)
            if found > 0 { try index.recount() }
            return (found, try session.take(contents, at: now))
        } completion: { [self] result in
            guard case .success((let found, let files)) = result, found + files > 0 else { return }
            process.site.log("\(found) entities and \(files) files were damaged on this disk and are mended")
            process.site.watcher?.mended(at: process.site)
        }
    }

    private func boundFeeds() {
        process.write("feeds") { session, now in
            try session.boundFeeds(at: now)
        } completion: { [self] result in
            guard case .success(let dropped) = result else { return }
            for away in dropped { process.site.log("the feed of \(away) is over its budget") }
        }
    }
}
