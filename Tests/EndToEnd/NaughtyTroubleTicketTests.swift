import Standards
import Testing

extension RealProcesses {
    @Suite("Texts that programs are known to spoil, by the way of other systems")
    struct NaughtyTroubleTicketTests {
        private let tickets = "/tmf-api/troubleTicket/v5/troubleTicket"

        @Test(
            "each is a trouble ticket's name, words, note and kept attribute, and comes out by GET at the hub as well")
        func troubleTickets() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let branch = try province.branch("yinchuan")
                let strings = NaughtyStrings.own + NaughtyStrings.marked
                var ids: [String] = []
                for text in strings {
                    let said = JSONValue.string(text)
                    let isShort = NaughtyCheck.length(text) <= 300
                    if !isShort {
                        let refused = try branch.call("POST", tickets, body(name: said, description: "x", said))
                        NaughtyCheck.expectTaken(false, refused, text, "name")
                    }
                    let sent = body(
                        name: isShort ? said : "long", description: NaughtyCheck.length(text) <= 4_000 ? said : "long",
                        said)
                    let answer = try branch.call("POST", tickets, sent)
                    NaughtyCheck.expectTaken(true, answer, text, "trouble ticket")
                    ids.append(try answer.json.text("id"))
                }
                try province.waitUntilLevel()
                for node in [branch, province.hub] {
                    for (text, id) in zip(strings, ids) { try check(text, id, at: node) }
                }
                NaughtyCheck.expectUnlogged([branch, province.hub])
            }
        }

        private func body(name: JSONValue, description: JSONValue, _ said: JSONValue) -> JSONValue {
            [
                "@type": "TroubleTicket", "ticketType": "complaint", "name": name, "description": description,
                "severity": said, "statusChangeReason": said,
                "note": [["@type": "Note", "text": said, "author": said]],
            ]
        }

        private func check(_ text: String, _ id: String, at node: TestNode) throws {
            let ticket = try node.get("\(tickets)/\(id)")
            if NaughtyCheck.length(text) <= 300 { NaughtyCheck.expect(try ticket.text("name"), text, "name") }
            if NaughtyCheck.length(text) <= 4_000 {
                NaughtyCheck.expect(try ticket.text("description"), text, "description")
            }
            NaughtyCheck.expect(try ticket.text("severity"), text, "severity")
            NaughtyCheck.expect(try ticket.text("statusChangeReason"), text, "statusChangeReason")
            let note = try #require(try ticket.list("note").first)
            NaughtyCheck.expect(try note.text("text"), text, "note")
            NaughtyCheck.expect(try note.text("author"), text, "author")
        }
    }
}
