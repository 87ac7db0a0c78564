import Node
import Replication
import Standards
import Testing

@Suite struct GatheringTests {
    @Test("a hub in a new epoch says whom it awaits, decides nothing, and goes on when they are given up")
    func gathers() throws {
        let (hub, _) = try TestNode.pair()
        try hub.write { session, now in
            try session.beginEpoch(
                atLeast: 7, random: 1, origin: OriginID(raw: 99), because: "A test", actor: "test", at: now)
        }
        var status = try hub.get("/api/status").json
        #expect(status["gathering"] == true)
        #expect(status["awaited"] == ["nx-yinchuan"])
        #expect(status["epoch"]?["number"] == 7)
        #expect(status["remedy"]?.stringValue?.contains("site lost") == true)
        let refused = try hub.post(
            "/api/decisions", ["request": "0000000000000001-1", "outcome": "granted", "reason": "a"])
        #expect(refused.status == 409)
        #expect(refused.json["detail"]?.stringValue?.contains("nx-yinchuan") == true)
        let lost = try hub.post("/api/sites/nx-yinchuan/lost", [:])
        #expect(lost.status == 200)
        #expect(lost.json["gathering"] == false)
        status = try hub.get("/api/status").json
        #expect(status["gathering"] == false)
        #expect(status["peers"]?.arrayValue?.last?["lost"] == true)
        #expect(status["incidents"]?.arrayValue?.count == 3)
        let incidents = try hub.get("/api/incidents?limit=1").json["incidents"]?.arrayValue
        #expect(incidents?.count == 1)
        #expect(try hub.get("/api/incidents?limit=0").status == 400)
    }

    @Test("a site is given up at the hub only, and only one that there is")
    func wrongSites() throws {
        let (hub, branch) = try TestNode.pair()
        #expect(try branch.post("/api/sites/nx-wuzhong/lost", [:]).status == 409)
        #expect(try hub.post("/api/sites/nx-nowhere/lost", [:]).status == 404)
    }
}
