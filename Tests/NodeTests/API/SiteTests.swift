import Node
import Standards
import Testing

@Suite struct SiteTests {
    private static let lingwu: JSONValue = [
        "site": "nx-lingwu", "name": ["zh": "灵武", "en": "Lingwu"], "divisionCode": "640181", "letters": "LW",
    ]

    @Test("the directory lists the hub and every branch, and who has joined")
    func directory() throws {
        let (hub, branch) = try TestNode.pair()
        for node in [hub, branch] {
            let sites = try node.get("/api/sites").json["sites"]?.arrayValue ?? []
            #expect(sites.map { $0["site"] } == ["nx-hub", "nx-wuzhong", "nx-yinchuan"])
            #expect(sites.map { $0["role"] } == ["hub", "branch", "branch"])
            #expect(sites.map { $0["joined"] } == [true, false, true])
            #expect(sites[2]["name"]?["zh"] == "银川")
            #expect(sites[2]["letters"] == "YC")
            #expect(sites[2]["divisionCode"] == "640100")
            #expect(sites[2]["revoked"] == false)
        }
    }

    @Test("a site is added once, and the next ticket may be for it")
    func add() throws {
        let hub = try TestNode.hub()
        let answer = try hub.post("/api/sites", Self.lingwu)
        #expect(answer.status == 201)
        #expect(answer.json["site"]?["name"]?["zh"] == "灵武")
        #expect(try hub.post("/api/sites", Self.lingwu).status == 409)
        let ticket = try hub.post(
            "/api/tickets", ["type": "complaint", "home": "nx-lingwu", "fields": ["subject": "a"]])
        #expect(ticket.status == 201)
    }

    @Test("a hub that was rebuilt where no site has the directory any more is entered with the first site")
    func rebuilt() throws {
        let hub = try TestNode.rebuilt(try TestNode.hub())
        #expect(try hub.get("/api/sites").json["sites"]?.arrayValue?.isEmpty == true)
        #expect(try hub.post("/api/sites", Self.lingwu).status == 201)
        let sites = try hub.get("/api/sites").json["sites"]?.arrayValue ?? []
        #expect(sites.map { $0["site"] } == ["nx-hub", "nx-lingwu"])
        #expect(sites.map { $0["role"] } == ["hub", "branch"])
        #expect(sites.first?["name"]?["zh"]?.stringValue?.isEmpty == false)
        #expect(try hub.post("/api/sites/nx-lingwu/lost", [:]).json["gathering"] == false)
    }

    @Test("a site that is not rightly described is refused with 422, by member")
    func wrongDescriptions() throws {
        let hub = try TestNode.hub()
        let answer = try hub.post(
            "/api/sites", ["site": "Lingwu", "name": ["zh": "灵武"], "divisionCode": "64", "letters": "lw"])
        #expect(answer.status == 422)
        let fields = (answer.json["errors"]?.arrayValue ?? []).compactMap { $0["field"]?.stringValue }
        #expect(Set(fields) == ["site", "name.en", "divisionCode", "letters"])
        var taken = Self.lingwu.objectValue ?? [:]
        taken["letters"] = "YC"
        #expect(try hub.post("/api/sites", .object(taken)).json["errors"]?[0]?["field"] == "letters")
    }

    @Test("a token is new each time, runs out within a day, and its hash alone is kept")
    func tokens() throws {
        let hub = try TestNode.hub()
        let first = try hub.post("/api/sites/nx-yinchuan/token", [:])
        let second = try hub.post("/api/sites/nx-yinchuan/token", [:])
        #expect(first.status == 201)
        let token = try #require(first.json["token"]?.stringValue)
        #expect(token.utf8.count == 64)
        #expect(second.json["token"]?.stringValue != token)
        #expect(first.json["expires"]?.stringValue?.hasSuffix("+08:00") == true)
        let kept = try hub.site.read { store in
            try store.database.all("SELECT token, expires FROM enrolment WHERE site = 'nx-yinchuan'") {
                ($0.blob(0), $0.int64(1))
            }
        }
        #expect(kept.count == 2)
        #expect(kept.allSatisfy { $0.0.count == 32 && $0.0 != Array(token.utf8) })
        #expect(kept.allSatisfy { $0.1 > hub.site.now() && $0.1 <= hub.site.now() + 24 * 3_600_000 })
    }

    @Test("a revoked site is shown so, its unused tokens are void, and a new token lets it in again")
    func revoke() throws {
        let hub = try TestNode.hub()
        _ = try hub.post("/api/sites/nx-wuzhong/token", [:])
        let answer = try hub.post("/api/sites/nx-wuzhong/revoke", [:])
        #expect(answer.status == 200)
        #expect(answer.json["site"]?["revoked"] == true)
        let tokens = try hub.site.read { try $0.database.first("SELECT count(*) FROM enrolment") { $0.int(0) } }
        #expect(tokens == 0)
        #expect(try hub.post("/api/sites/nx-wuzhong/token", [:]).status == 201)
        let sites = try hub.get("/api/sites").json["sites"]?.arrayValue ?? []
        #expect(sites.first { $0["site"] == "nx-wuzhong" }?["revoked"] == false)
    }

    @Test("the hub cannot be revoked, an unknown site is 404, and a branch does none of it")
    func refusals() throws {
        let (hub, branch) = try TestNode.pair()
        for action in ["token", "revoke"] {
            #expect(try hub.post("/api/sites/nx-hub/\(action)", [:]).status == 409)
            #expect(try hub.post("/api/sites/nx-nowhere/\(action)", [:]).status == 404)
            #expect(try branch.post("/api/sites/nx-wuzhong/\(action)", [:]).status == 409)
        }
        #expect(try branch.post("/api/sites", Self.lingwu).status == 409)
    }
}
