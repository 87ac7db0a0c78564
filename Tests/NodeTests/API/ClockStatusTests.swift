import Replication
import SQLite
import Standards
import Testing

@testable import Node

@Suite("What a node says of clocks and jobs")
struct ClockStatusTests {
    private static let year: Int64 = 365 * 86_400_000

    /// A hub of which three branches have been heard, each with a clock that is off by so much.
    private func hub(off: Int64) throws -> TestNode {
        let hub = try TestNode.hub()
        for (number, id) in TestDocuments.branches.enumerated() {
            let site = SiteID(id)
            let origin = OriginID(raw: UInt64(700 + number))
            _ = try hub.write { session, now in try session.join(site, origin: origin, actor: "test", at: now) }
            _ = try hub.write { session, now in
                var request = ExchangeRequest(
                    lane: .hello, origin: origin, number: .init(start: 1, count: 1), acknowledged: .start,
                    cursor: FeedCursor(epoch: .none, chain: .start))
                request.wallClock = now + off
                return try session.take(request, from: site, at: now)
            }
        }
        return hub
    }

    @Test("a branch remembers how far its clock was off, for its status after a stop too")
    func branchRemembers() throws {
        let (_, branch) = try TestNode.pair()
        #expect(try branch.get("/api/status").json["clock"]?["measured"] == .null)
        _ = try branch.write { session, now in try session.noteClock(-130_000, at: now) }
        let clock = try branch.get("/api/status").json["clock"]
        #expect(clock?["offsetMilliseconds"] == -130_000)
        #expect(clock?["skew"] == "warning")
        #expect(clock?["measured"]?.stringValue != nil)
        #expect(clock?["standing"] == nil)
    }

    @Test("a job is shown with how far it is and whether it stands still")
    func jobs() throws {
        let hub = try TestNode.hub()
        hub.site.jobs.move(.recheck, done: 3, of: 10)
        let jobs = try hub.get("/api/status").json["jobs"]?.arrayValue ?? []
        let job = try #require(jobs.first { $0["job"] == "recheck" })
        #expect(job["done"] == 3 && job["of"] == 10 && job["overdue"] == false)
        #expect(job["deadlineSeconds"] == 900)
        #expect(job["since"]?.stringValue != nil)
        hub.site.jobs.end(.recheck)
        #expect(try hub.get("/api/status").json["jobs"]?.arrayValue?.contains { $0["job"] == "recheck" } == false)
    }

    @Test("a hub says what its branches' clocks read, and is believed while they agree")
    func believed() throws {
        let clock = try hub(off: 1_000).get("/api/status").json["clock"]
        #expect(clock?["standing"] == "believed")
        #expect(clock?["doubt"] == .null)
        #expect(clock?["branchesHeard"]?.intValue == TestDocuments.branches.count)
    }

    @Test("a machine that is behind the time given out is said to be so")
    func kept() throws {
        let hub = try TestNode.hub()
        hub.report.value.wallOffsetMilliseconds = -Self.year
        #expect(try hub.get("/api/status").json["clock"]?["keptMilliseconds"]?.intValue == Int(Self.year))
        hub.report.value.wallOffsetMilliseconds = -ReplicationLimits.aheadMilliseconds
        #expect(try hub.get("/api/status").json["clock"]?["keptMilliseconds"] == .null)
    }

    @Test("a hub whose clock is doubted says why and what to do, until an administrator says that it is right")
    func trusted() throws {
        let hub = try TestNode.hub()
        let doubted: SQL = "UPDATE clock SET standing = 2, shift = -3600000"
        _ = try hub.write { session, _ in try session.store.database.run(doubted) }
        let clock = try hub.get("/api/status").json["clock"]
        #expect(clock?["standing"] == "doubted")
        #expect(clock?["doubt"]?.stringValue?.contains("60 min behind") == true)
        #expect(clock?["remedy"]?.stringValue?.contains("tributary hub clock") == true)
        let answer = try hub.post("/api/clock/trust", text: "", headers: [("Tributary-Actor", "li")])
        #expect(answer.status == 200)
        #expect(answer.json["offsetMilliseconds"] == -3_600_000)
        let after = try hub.get("/api/status").json
        #expect(after["clock"]?["standing"] == "believed")
        #expect(after["clock"]?["trustedMilliseconds"] == -3_600_000)
        #expect(after["incidents"]?[0]?["text"]?.stringValue?.hasPrefix("li has looked") == true)
    }

    @Test("a branch cannot trust a clock, and a hub that is believed has none to trust")
    func refused() throws {
        let (hub, branch) = try TestNode.pair()
        #expect(try branch.post("/api/clock/trust", text: "").status == 409)
        #expect(try hub.post("/api/clock/trust", text: "").status == 403)
    }
}
