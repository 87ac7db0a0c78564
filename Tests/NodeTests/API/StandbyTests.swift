import Node
import Replication
import Standards
import Testing

@Suite struct StandbyTests {
    private static let standby: JSONValue = [
        "site": "nx-standby", "role": "standby", "name": ["zh": "备用中心", "en": "Standby"],
    ]

    @Test("a standby is entered with a role and without letters, and is shown with it")
    func add() throws {
        let hub = try TestNode.hub()
        #expect(try hub.post("/api/sites", Self.standby).status == 201)
        let sites = try hub.get("/api/sites").json["sites"]?.arrayValue ?? []
        #expect(sites.first { $0["site"] == "nx-standby" }?["role"] == "standby")
        let peers = try hub.get("/api/status").json["peers"]?.arrayValue ?? []
        #expect(peers.filter { $0["role"] == "standby" }.map { $0["site"] } == ["nx-standby"])
        #expect(try hub.post("/api/sites/nx-standby/token", [:]).status == 201)
        let remark = try Doctor.examine(hub.site.folder).first { $0.subject == "standby nx-standby" }
        #expect(remark?.level == .warning)
        #expect(remark?.text.contains("never joined") == true)
    }

    @Test("a role that there is not, and letters for a standby, are refused with 422, by member")
    func wrongDescriptions() throws {
        let hub = try TestNode.hub()
        var wrong = Self.standby.objectValue ?? [:]
        wrong["letters"] = "SB"
        #expect(try hub.post("/api/sites", .object(wrong)).json["errors"]?[0]?["field"] == "letters")
        wrong["role"] = "spare"
        let answer = try hub.post("/api/sites", .object(wrong))
        #expect(answer.status == 422)
        #expect((answer.json["errors"]?.arrayValue ?? []).contains { $0["field"] == "role" })
    }

    @Test("no ticket is opened for a standby, and none is offered to it")
    func noOwner() throws {
        let hub = try TestNode.hub()
        _ = try hub.post("/api/sites", Self.standby)
        let opened = try hub.post(
            "/api/tickets", ["type": "complaint", "home": "nx-standby", "fields": ["subject": "a"]])
        #expect(opened.status == 422)
        let ticket = try hub.openTicket()
        let offered = try hub.post("\(ticket)/actions", ["action": "offerTransfer", "to": "nx-standby"])
        #expect(offered.status == 422, "\(offered.json)")
    }

    @Test("a backup of this hub's epoch is noted and shown; another's, and one from the future, are not")
    func backups() throws {
        let hub = try TestNode.hub()
        let life = try hub.site.read { try $0.life() }
        func body(_ admission: UInt64, _ random: UInt64) -> JSONValue {
            [
                "admission": .integer(Int64(admission)), "epoch": .integer(Int64(life.cursor.epoch.number)),
                "epochRandom": .string(OriginID(raw: random).description), "time": 1_790_000_000_000,
                "place": "/mnt/backup/hub-monday",
            ]
        }
        let random = life.cursor.epoch.random
        #expect(try hub.post("/api/backups", body(life.admission, random ^ 1)).json["noted"] == false)
        #expect(try hub.post("/api/backups", body(life.admission + 1, random)).json["noted"] == false)
        #expect(try hub.get("/api/status").json["backup"] == .null)
        #expect(try hub.post("/api/backups", body(life.admission, random)).json["noted"] == true)
        #expect(try hub.get("/api/status").json["backup"]?["place"] == "/mnt/backup/hub-monday")
        #expect(try hub.post("/api/backups", ["admission": "x"]).status == 422)
        let branch = try TestNode.branch(of: hub)
        #expect(try branch.post("/api/backups", body(1, random)).status == 409)
    }
}
