import Foundation
import Node
import Standards
import Testing

@Suite("Circuits over the API")
struct CircuitTests {
    private let facts: JSONValue = [
        "endA": "银川", "endZ": "固原", "route": "环网一", "grade": "aa", "department": "transmission", "team": "三班",
    ]

    private func fault(_ number: String, at node: TestNode) throws -> JSONValue {
        let answer = try node.post(
            "/api/tickets", ["type": "fault", "fields": ["subject": "中断", "circuit": .string(number)]])
        #expect(answer.status == 201)
        let path = try #require(answer.headers["location"])
        return try node.get(path).json["ticket"] ?? .null
    }

    @Test("A11: a branch registers a circuit, the hub hears of it, and a fault that names it is filled and dispatched")
    func registered() throws {
        let (hub, branch) = try TestNode.pairByProvince()
        let key = [("Idempotency-Key", "one")]
        let target = "/api/circuits/yc%2F10g%20001"
        let made = try branch.post(target, ["facts": facts], headers: key)
        #expect(made.status == 201)
        #expect(made.json["circuit"]?["number"] == "YC/10G 001")
        #expect(made.json["circuit"]?["sites"] == ["nx-yinchuan"])
        let again = try branch.post(target, ["facts": facts], headers: key)
        #expect(again.status == 200)
        #expect(again.headers["idempotency-replayed"] == "true")
        let ticket = try fault("yc/10g 001", at: branch)
        #expect(ticket["department"] == "transmission")
        #expect(ticket["fields"]?["circuit"] == "YC/10G 001")
        #expect(ticket["fields"]?["assignedTeam"] == "三班")
        #expect(ticket["fields"]?["addressZ"] == "固原")
        #expect(ticket["circuit"]?["known"] == true)
        #expect(ticket["circuit"]?["route"] == "环网一")
        try TestExchange(hub: hub, branch: branch).sync()
        let there = try hub.get(target).json["circuit"]
        #expect(there?["grade"] == "aa")
        #expect(there?["history"]?[0]?["site"] == "nx-yinchuan")
        #expect(try hub.get("/api/circuits?number=yc").json["circuits"]?.arrayValue?.count == 1)
        #expect(try hub.get("/api/circuits?number=gy").json["circuits"] == [])
    }

    @Test("A11: an unknown number is flagged on the ticket, and nowhere else to be found")
    func unknown() throws {
        let (_, branch) = try TestNode.pairByProvince()
        let ticket = try fault("C-404", at: branch)
        #expect(ticket["circuit"] == ["number": "C-404", "known": false])
        #expect(try branch.get("/api/circuits/C-404").status == 404)
    }

    @Test("a change gives a reason, which stays; one who looked too long ago changes nothing")
    func changed() throws {
        let (_, branch) = try TestNode.pairByProvince()
        #expect(try branch.post("/api/circuits/C-1", ["facts": facts]).status == 201)
        let shown = try #require(try branch.get("/api/circuits/C-1").headers["etag"])
        #expect(try branch.post("/api/circuits/C-1", ["facts": ["team": "四班"]]).status == 422)
        let second: JSONValue = ["facts": ["team": "四班"], "reason": "换班"]
        #expect(try branch.post("/api/circuits/C-1", second, headers: [("If-Match", shown)]).status == 200)
        let third: JSONValue = ["facts": ["team": "五班"], "reason": "x"]
        #expect(try branch.post("/api/circuits/C-1", third, headers: [("If-Match", shown)]).status == 412)
        let circuit = try branch.get("/api/circuits/C-1").json["circuit"]
        #expect(circuit?["team"] == "四班")
        #expect(circuit?["history"]?.arrayValue?.compactMap { $0["reason"]?.stringValue } == ["换班"])
    }

    @Test("what is retired takes no ticket, and is listed only for who asks for it")
    func retired() throws {
        let (_, branch) = try TestNode.pairByProvince()
        #expect(try branch.post("/api/circuits/C-1", ["facts": facts]).status == 201)
        #expect(try branch.post("/api/circuits/C-1", ["facts": ["retired": true], "reason": "退租"]).status == 200)
        let answer = try branch.post(
            "/api/tickets", ["type": "fault", "fields": ["subject": "中断", "circuit": "C-1"]])
        #expect(answer.status == 422)
        #expect(answer.text.contains("out of service"))
        #expect(try branch.get("/api/circuits").json["circuits"] == [])
        #expect(try branch.get("/api/circuits?retired=too").json["circuits"]?.arrayValue?.count == 1)
    }

    @Test("what is wrong is refused with the names of the fields and never what they hold")
    func wrong() throws {
        let (hub, branch) = try TestNode.pairByProvince()
        let answer = try branch.post(
            "/api/circuits/C-1", ["facts": ["department": "海盗", "colour": "蓝色"], "add": ["nx-atlantis"]])
        #expect(answer.status == 422)
        #expect(!answer.text.contains("海盗") && !answer.text.contains("蓝色"))
        #expect(try branch.get("/api/circuits/C-1").status == 404)
        #expect(try hub.post("/api/circuits/C-1", ["facts": facts]).status == 422)
        #expect(try hub.post("/api/circuits/C-1", ["facts": facts, "add": ["nx-yinchuan"]]).status == 201)
        #expect(try branch.post("/api/circuits/C-1", ["fact": facts]).status == 422)
        #expect(try branch.get("/api/circuits?colour=blue").status == 400)
    }
}
