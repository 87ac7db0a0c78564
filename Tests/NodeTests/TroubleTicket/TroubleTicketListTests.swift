import Node
import Standards
import Testing

@Suite struct TroubleTicketListTests {
    private static func list(_ node: TestNode, _ query: String) throws -> RawAnswer {
        try node.get(TroubleTicketTests.v5 + "?" + query)
    }

    /// Five tickets, one a day from 1 January 2026, named 1 to 5; the first two are in progress.
    private static func filled() throws -> TestNode {
        let (_, branch) = try TestNode.pair()
        for day in 1...5 {
            let ticket: JSONValue = [
                "description": "d", "severity": .string(day.isMultiple(of: 2) ? "Minor" : "Major"),
                "ticketType": "complaint", "name": .string("\(day)"),
                "creationDate": .string("2026-01-0\(day)T08:00:00+08:00"),
                "relatedParty": [["id": .string("c-\(day)"), "@referredType": "Customer"]],
            ]
            let answer = try branch.post(TroubleTicketTests.v4, ticket)
            #expect(answer.status == 201, "\(answer.text)")
            guard day < 3, let path = answer.headers["location"] else { continue }
            _ = try RawClient.send(
                port: branch.port, "PATCH", path, headers: [branch.token], body: Array(#"{"status":"inProgress"}"#.utf8)
            )
        }
        return branch
    }

    private static func names(_ answer: RawAnswer) -> String {
        (answer.json.arrayValue ?? []).map { $0["name"]?.stringValue ?? "?" }.joined()
    }

    @Test("conditions choose, a comma is an or, and comparisons know times")
    func conditions() throws {
        let branch = try Self.filled()
        let queries = [
            "": "54321", "status=inProgress": "21", "status=acknowledged,inProgress": "54321",
            "status=acknowledged&status=inProgress": "54321", "severity=Minor": "42",
            "severity=Minor&status=inProgress": "2",
            "creationDate.gt=2026-01-03T00:00:00Z": "54", "creationDate.gte=2026-01-03T00:00:00Z": "543",
            "creationDate.lt=2026-01-02": "1", "creationDate.lte=2026-01-02T08:00:00%2B08:00": "21",
            "name=3,5": "53", "relatedParty.partyOrPartyRole.id=c-4": "4", "ticketType=fault": "", "status=held": "",
            "severity.gt=Major": "42", "troubleTicketCharacteristic.value=nx-yinchuan": "54321", "id=0": "",
        ]
        for (query, names) in queries.sorted(by: { $0.key < $1.key }) {
            let answer = try Self.list(branch, query)
            #expect(answer.status == 200, "\(query): \(answer.text)")
            #expect(Self.names(answer) == names, "\(query)")
            #expect(answer.headers["x-total-count"] == "\(names.count)", "\(query)")
        }
    }

    @Test("a list is sorted and paged, with its counts and the way to the other pages")
    func pages() throws {
        let branch = try Self.filled()
        #expect(Self.names(try Self.list(branch, "sort=creationDate")) == "12345")
        #expect(Self.names(try Self.list(branch, "sort=-severity,name")) == "24135")
        let page = try Self.list(branch, "offset=1&limit=2&sort=creationDate&fields=name")
        #expect(Self.names(page) == "23")
        #expect(page.headers["x-total-count"] == "5")
        #expect(page.headers["x-result-count"] == "2")
        #expect(page.json[0]?["severity"] == nil)
        #expect(page.json[0]?["href"] != nil)
        let base = "<\(TroubleTicketTests.v5)?sort=creationDate&fields=name"
        #expect(
            page.headers["link"]
                == "\(base)&offset=0&limit=2>; rel=\"first\", \(base)&offset=0&limit=2>; rel=\"prev\", "
                + "\(base)&offset=3&limit=2>; rel=\"next\", \(base)&offset=4&limit=2>; rel=\"last\"")
        #expect(try Self.list(branch, "limit=0").headers["x-total-count"] == "5")
        #expect(try Self.list(branch, "fields=none").json[0]?.objectValue?.count == 3)
    }

    @Test("a query that cannot be answered is refused and says why, up to every limit")
    func refused() throws {
        let branch = try Self.filled()
        let value = String(repeating: "a", count: 3_996)
        let wrong = [
            "colour=red", "fields=colour", "sort=colour", "limit=501", "limit=-1", "offset=x", "limit=1&limit=2",
            "filter=note", "after=x", "name.regex=a", "name=a\(value)", "name..x=1",
            (0..<21).map { "note.x\($0)=1" }.joined(separator: "&"),
        ]
        for query in wrong {
            let answer = try Self.list(branch, query)
            #expect(answer.status == 400, "\(query.prefix(40)): \(answer.status)")
            #expect(answer.json["code"] == "invalidRequest")
        }
        let right = [
            "limit=500", "name=\(value)", (0..<20).map { "note.x\($0)=1" }.joined(separator: "&"), "offset=1000000000",
        ]
        for query in right { #expect(try Self.list(branch, query).status == 200, "\(query.prefix(40))") }
    }
}
