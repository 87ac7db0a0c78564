import Standards
import Testing

@testable import tributary

/// Due times on the command line.
@Suite struct DueLinesTests {
    private func query(_ arguments: [String]) throws -> [String] {
        let all = ["ticket", "list"] + arguments + ["--node", "http://127.0.0.1:1", "--token", "t"]
        guard case .run(_, let invocation) = try CommandParser(root: Tributary.command).parse(all) else { return [] }
        return try DueLines.query(invocation).map { "\($0.0)=\($0.1)" }
    }

    @Test("each narrowing becomes what the API calls it, and two that exclude one another are refused")
    func queries() throws {
        #expect(try query([]) == [])
        #expect(try query(["--overdue", "--sort", "due"]) == ["due=overdue", "sort=due"])
        #expect(try query(["--at-risk", "--department", "network"]) == ["due=atRisk", "department=network"])
        #expect(try query(["--paused"]) == ["due=paused"])
        #expect(try query(["--unconfirmed"]) == ["due=unconfirmed"])
        let error = #expect(throws: CommandError.self) { try query(["--paused", "--overdue"]) }
        #expect(error?.reason.contains("--overdue and --paused") == true)
        #expect(error?.exitCode == .usage)
    }

    @Test("a list says when each ticket is due and how it stands, and how many are to be computed again")
    func list() {
        let late: JSONValue = [
            "number": "YC-1", "subject": "a",
            "due": ["at": "2026-11-27T10:00:00+08:00", "overdue": true, "unconfirmed": true, "stale": true],
        ]
        let still: JSONValue = ["number": "YC-2", "subject": "b", "due": ["at": nil, "paused": true]]
        let closed: JSONValue = ["number": "YC-3", "subject": "c"]
        let page: JSONValue = ["tickets": [late, still, closed], "total": 3, "staleDueTimes": 7]
        let text = TicketSheet.list(page)
        #expect(text[0].contains("due"))
        #expect(text[1].contains("2026-11-27T10:00:00+08:00  overdue, unconfirmed, stale"))
        #expect(text[2].contains("paused"))
        #expect(text[3].contains("–"))
        #expect(text.last == "the due times of 7 tickets are still to be computed again")
        let plain = TicketSheet.list(["tickets": [closed], "total": 1, "staleDueTimes": 0])
        #expect(!plain[0].contains("due"))
        #expect(plain.count == 3)
    }

    @Test("the counters are a table by department with a sum")
    func counts() {
        let json: JSONValue = [
            "open": 3, "overdue": 1, "atRisk": 1, "paused": 0, "stale": 2,
            "departments": [
                ["department": nil, "open": 1, "overdue": 0, "atRisk": 1, "paused": 0],
                ["department": "network", "open": 2, "overdue": 1, "atRisk": 0, "paused": 0],
            ],
        ]
        let lines = DueLines.counts(json)
        #expect(lines[2].contains("network"))
        #expect(lines[3].hasPrefix("in all"))
        #expect(lines[4] == "the due times of 2 tickets are still to be computed again")
    }
}
