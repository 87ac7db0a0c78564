import Node
import SQLite
import Standards
import Testing

@Suite struct VerifyTests {
    private static func worked() throws -> (hub: TestNode, branch: TestNode, path: String) {
        let (hub, branch) = try TestNode.pair()
        let path = try branch.openTicket()
        _ = try branch.act(path, ["action": "transition", "name": "accept"])
        _ = try branch.act(path, ["action": "requestRefund", "charge": "C-1", "amountFen": 100, "reason": "a"])
        _ = try hub.post("/api/tickets", ["type": "complaint", "home": "nx-wuzhong", "fields": ["subject": "b"]])
        try TestExchange(hub: hub, branch: branch).sync()
        return (hub, branch, path)
    }

    @Test("a sound site is clean, and hub and branch have one digest of what the branch may see")
    func cleanAndEqual() throws {
        let (hub, branch, path) = try Self.worked()
        let here = try branch.get("/api/verify").json
        let there = try hub.get("/api/verify?site=nx-yinchuan").json
        #expect(here["clean"] == true, "\(here)")
        #expect(there["clean"] == true, "\(there)")
        #expect(here["problems"] == [])
        #expect(here["changes"]?.intValue ?? 0 > 3)
        #expect(here["entities"]?.intValue ?? 0 > 3)
        #expect(here["digest"]?.stringValue?.utf8.count == 64)
        #expect(here["digest"] == there["digest"])
        #expect(try branch.get("/api/verify?site=nx-yinchuan").json["digest"] == here["digest"])
        #expect(try hub.get("/api/verify?site=nx-wuzhong").json["digest"] != there["digest"])
        _ = try branch.act(path, ["action": "note", "text": "only here"])
        #expect(try branch.get("/api/verify").json["digest"] != there["digest"])
    }

    /// What a bad disk or a defect might do, and a word of what is then said.
    struct Damage: Sendable {
        let sql: SQL
        let word: String

        init(_ sql: SQL, _ word: String) {
            self.sql = sql
            self.word = word
        }

        static let all = [
            Damage(
                "UPDATE entity SET last = (SELECT last FROM entity WHERE kind = 1 LIMIT 1) WHERE kind = 16", "fold"),
            Damage("UPDATE entity SET state = x'00' WHERE kind = 16", "fold"),
            Damage("UPDATE log SET previous = position WHERE position = 2", "fold"),
            Damage("UPDATE log SET previous = 0", "lead"),
            Damage("UPDATE entity SET sum = x'00000000000000000000000000000001' WHERE kind = 16", "sum"),
            Damage("UPDATE log SET hash = x'00000000000000000000000000000001' WHERE position = 2", "hash"),
            Damage("UPDATE log SET stamp = stamp + 1 WHERE position = 2", "hash"),
            Damage("UPDATE log SET body = x'FF' WHERE position = 2", "cannot be read"),
            Damage("UPDATE origin SET digest = x'00000000000000000000000000000001' WHERE position > 0", "stream"),
            Damage("UPDATE life SET sequence = sequence + 1", "stream"),
            Damage("UPDATE ticket SET state = 'closed'", "listed otherwise"),
            Damage("DELETE FROM ticket WHERE home = 'nx-wuzhong'", "list"),
            Damage("UPDATE request SET outcome = 1", "Request"), Damage("DELETE FROM request", "Request"),
            Damage(
                "INSERT INTO conflict SELECT entity, 0, 1, 2, 3, 4, 0 FROM ticket LIMIT 1", "conflicts of ticket"),
        ]
    }

    @Test("damage is found, whatever was damaged", arguments: Damage.all)
    func damageIsFound(_ damage: Damage) throws {
        let (hub, _, _) = try Self.worked()
        _ = try hub.site.storage.writer.withDatabase { try $0.run(damage.sql) }
        let result = try hub.get("/api/verify").json
        #expect(result["clean"] == false)
        let problems = (result["problems"]?.arrayValue ?? []).compactMap(\.stringValue)
        #expect(problems.contains { $0.contains(damage.word) }, "\(problems)")
    }

    @Test("a site that the directory does not name is 404; a branch knows only its own view")
    func whoseView() throws {
        let (hub, branch) = try TestNode.pair()
        #expect(try hub.get("/api/verify?site=nx-nowhere").status == 404)
        #expect(try branch.get("/api/verify?site=nx-wuzhong").status == 409)
    }
}
