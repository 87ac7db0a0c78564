import Dispatch
import HTTP
import Replication
import SQLite
import ServiceDesk
import Standards
import Synchronization

/// Checking the whole database while the node works: on a connection and a queue of its own, one at a time.
struct VerifyRoutes {
    /// Checks that may wait for the one that runs.
    static let waitingMax = 4

    private final class Turns: Sendable {
        let queue = DispatchQueue(label: "tributary.verify", qos: .utility)
        let count = Mutex(0)
    }

    let gate: Gate
    private let turns = Turns()

    init(gate: Gate) { self.gate = gate }

    var routes: [Route] {
        let turns = turns
        return [
            gate.route(.get, "/api/verify", for: .administrator, bodyBytesMax: 0) { call in
                let site = try Self.site(call)
                try Self.begin(turns)
                turns.queue.async {
                    call.site.jobs.move(.verify)
                    defer { call.site.jobs.end(.verify) }
                    let result = Result { Answers.json(try Self.verify(call.site, for: site)) }
                    turns.count.withLock { $0 -= 1 }
                    call.answer(result)
                }
            }
        ]
    }

    private static func begin(_ turns: Turns) throws {
        try turns.count.withLock { count in
            guard count <= waitingMax else {
                throw NodeError(.busy, "Other checks are under way.", remedy: "Try again when they are done.")
            }
            count += 1
        }
    }

    private static func site(_ call: Call) throws -> SiteID? {
        guard let text = try QueryReader(call.request, ["site"]).text("site") else { return nil }
        let (asked, configuration) = (SiteID(text), call.site.configuration)
        if asked == configuration.site { return asked }
        try call.requireHub("What another site may see is known")
        guard try call.site.read({ try $0.directoryEntry(of: asked) }) != nil else {
            throw NodeError(.notFound, "The directory has no such site.", remedy: "List them: GET /api/sites.")
        }
        return asked
    }

    /// A long read on a shared connection would hold up the counter.
    private static func verify(_ site: Site, for asked: SiteID?) throws -> JSONValue {
        let database = try Database(path: site.storage.path, mode: .readOnly)
        defer { database.close() }
        return try database.transaction(.deferred) {
            let store = SiteStore(database, domain: site.domain)
            return VerificationView.json(try DeskVerification.run(store, for: asked ?? site.configuration.site))
        }
    }
}
