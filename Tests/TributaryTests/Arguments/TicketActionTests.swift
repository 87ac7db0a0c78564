import Standards
import Testing

@testable import tributary

/// How the words of `ticket act` become the body of a request.
@Suite struct TicketActionTests {
    private func body(_ arguments: [String]) throws -> JSONValue {
        let all = ["ticket", "act", "T"] + arguments + ["--node", "http://127.0.0.1:1", "--token", "t"]
        guard case .run(_, let invocation) = try CommandParser(root: Tributary.command).parse(all) else { return .null }
        return try TicketAction.body(invocation)
    }

    @Test("each action becomes what the API calls it, with its parts")
    func actions() throws {
        #expect(try body(["transition", "--name", "accept"]) == ["action": "transition", "name": "accept"])
        #expect(
            try body(["assign", "--field", "customerGrade=gold", "--field", "isRural:=true", "--field", "n:=3"])
                == ["action": "assign", "fields": ["customerGrade": "gold", "isRural": true, "n": 3]])
        #expect(
            try body(["note", "--text", "回访"]) == ["action": "note", "text": "回访", "visibility": "internal"])
        #expect(try body(["offer-transfer", "--to", "nx-wuzhong"]) == ["action": "offerTransfer", "to": "nx-wuzhong"])
        #expect(try body(["accept-transfer"]) == ["action": "acceptTransfer"])
        #expect(
            try body(["request-refund", "--charge", "C", "--amount", "3600", "--reason", "r"])
                == ["action": "requestRefund", "charge": "C", "amountFen": 3600, "reason": "r"])
        #expect(try body(["use-article", "--article", "a"]) == ["action": "useArticle", "article": "a"])
        #expect(try body(["reinstate", "--losing", "a-1"]) == ["action": "reinstate", "losing": "a-1"])
    }

    @Test("a part that is missing, foreign to the action or malformed is refused by name")
    func refusals() {
        let cases = [
            (["transition"], "--name"), (["note", "--text", "x", "--charge", "C"], "--charge"),
            (["assign", "--field", "novalue"], "novalue"), (["assign", "--field", "a:=nojson"], "JSON"),
            (["assign", "--field", "a=1", "--field", "a=2"], "twice"), (["dance"], "dance"),
            (["note", "--text", "x", "--visibility", "secret"], "--visibility"),
            (["request-refund", "--charge", "C", "--amount", "0", "--reason", "r"], "--amount"),
        ]
        for (arguments, word) in cases {
            let error = #expect(throws: CommandError.self, "\(arguments)") { try body(arguments) }
            #expect(error?.reason.contains(word) == true, "\(arguments): \(error?.reason ?? "")")
            #expect(error?.exitCode == .usage)
        }
    }
}
