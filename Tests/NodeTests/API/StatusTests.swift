import Node
import Replication
import Standards
import Testing

@Suite struct StatusTests {
    @Test("a branch says what waits to be sent and since when, and nothing once it is sent")
    func branchBacklog() throws {
        let (hub, branch) = try TestNode.pair()
        _ = try branch.openTicket()
        _ = try branch.openTicket()
        let before = try branch.get("/api/status").json
        #expect(before["site"] == "nx-yinchuan")
        #expect(before["role"] == "branch")
        #expect(before["backlog"] == 2)
        #expect(before["oldestUnsent"]?.stringValue?.hasSuffix("+08:00") == true)
        #expect(before["tickets"] == 2)
        #expect(before["ownChanges"] == 2)
        #expect(before["mode"] == "writing")
        #expect(before["modeReason"] == .null)
        #expect(before["standard"]?["version"] == "2026.1")
        #expect(before["peers"] == nil)
        try TestExchange(hub: hub, branch: branch).sync()
        let after = try branch.get("/api/status").json
        #expect(after["backlog"] == 0)
        #expect(after["oldestUnsent"] == .null)
        #expect(after["watermark"]?.stringValue != nil)
        #expect(after["epoch"]?["number"] == 1)
    }

    @Test("the hub says of each branch how far it is behind and when it was heard")
    func hubPeers() throws {
        let (hub, branch) = try TestNode.pair()
        _ = try hub.openTicket()
        var status = try hub.get("/api/status").json
        var peers = status["peers"]?.arrayValue ?? []
        #expect(peers.map { $0["site"] } == ["nx-wuzhong", "nx-yinchuan"])
        #expect(peers[0]["joined"] == false)
        #expect(peers[0]["origin"] == .null)
        #expect(peers[0]["lastHeard"] == .null)
        #expect(peers[1]["joined"] == true)
        #expect(peers[1]["lag"]?.intValue == 1)
        #expect(peers[1]["software"] == "test")
        #expect(peers[1]["skew"] == "ok")
        #expect(peers[1]["revoked"] == false)
        try TestExchange(hub: hub, branch: branch).sync()
        status = try hub.get("/api/status").json
        peers = status["peers"]?.arrayValue ?? []
        #expect(peers[1]["lag"] == 0)
        #expect(status["waitingChanges"] == 0)
        #expect(status["backlog"] == 0)
        #expect(status["cursor"]?.intValue ?? 0 > 0)
    }

    @Test("what the exchange has to tell is told, with the skew in a word")
    func exchangeReport() throws {
        let hub = try TestNode.hub()
        var report = ExchangeReport()
        report.phase = "open"
        report.lastError = "the line is down"
        report.measured = true
        report.latency = [SiteID("nx-wuzhong"): .init(p50: 12, p95: 40, samples: 9)]
        let words: [(Int64, JSONValue)] = [
            (119_999, "ok"), (120_000, "warning"), (-120_000, "warning"), (86_399_999, "warning"),
            (86_400_000, "alarm"), (-86_400_000, "alarm"),
        ]
        for (offset, word) in words {
            report.offsetMilliseconds = offset
            hub.report.value = report
            let exchange = try hub.get("/api/status").json["exchange"]
            #expect(exchange?["skew"] == word)
            #expect(exchange?["offsetMilliseconds"]?.intValue == Int(offset))
        }
        let status = try hub.get("/api/status").json
        #expect(status["exchange"]?["phase"] == "open")
        #expect(status["exchange"]?["lastError"] == "the line is down")
        #expect(status["exchange"]?["measured"] == true)
        #expect(status["peers"]?[0]?["latencyMilliseconds"] == ["p50": 12, "p95": 40, "samples": 9])
        #expect(status["peers"]?[1]?["latencyMilliseconds"] == .null)
    }

    @Test("a change is only here, then sent, then admitted")
    func changeStates() throws {
        let (hub, branch) = try TestNode.pair()
        let path = try branch.openTicket()
        let exchange = TestExchange(hub: hub, branch: branch)
        func state() throws -> (JSONValue?, JSONValue?) {
            let ticket = try branch.get(path).json["ticket"]
            return (ticket?["timeline"]?[0]?["state"], ticket?["onlyHere"])
        }
        #expect(try state() == ("onlyHere", true))
        try exchange.exchange(.hello)
        try exchange.exchange(.push)
        #expect(try state() == ("sent", false))
        try exchange.exchange(.poll)
        #expect(try state() == ("admitted", false))
    }

    @Test("a site whose writer has stopped says so, is not ready, refuses writes with 503 and goes on reading")
    func stoppedWriter() throws {
        let hub = try TestNode.hub()
        let path = try hub.openTicket()
        hub.site.storage.close()
        let status = try hub.get("/api/status").json
        #expect(status["mode"] == "readOnly")
        #expect(status["modeReason"]?.stringValue?.isEmpty == false)
        #expect(try RawClient.send(port: hub.port, "GET", "/readyz").status == 503)
        let refused = try hub.open()
        #expect(refused.status == 503)
        #expect(refused.isProblem)
        #expect(try hub.get(path).status == 200)
    }
}
