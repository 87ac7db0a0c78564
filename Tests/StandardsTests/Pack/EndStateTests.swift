import Foundation
import Standards
import Testing

@Suite("What a pack says of a ticket's end")
struct EndStateTests {
    /// As a hub publishes: each word has a number of its own.
    private var numbering: FieldNumbering {
        var given: [String: UInt16] = [:]
        return { word in
            let number = given[word] ?? UInt16(given.count + 1)
            given[word] = number
            return number
        }
    }

    /// Orders that wait in one state and are done in another.
    private func pack(_ waiting: [String: JSONValue], _ done: [String: JSONValue]) -> [UInt8] {
        PackSamples.order(
            "states",
            [
                PackSamples.named("open", ["status": "acknowledged"]), PackSamples.named("waiting", waiting),
                PackSamples.named("done", done),
            ])
    }

    @Test("a state of which status and \"final\" disagree is not published; the finding names its type and itself")
    func disagreeing() {
        let bytes = pack(["status": "rejected"], ["status": "resolved", "final": true])
        let found = StandardPack.check(bytes, numbering: numbering)
        #expect(found.0 == nil)
        #expect(
            found.1.map(\.description) == [
                "/ticketTypes/0/states/1: the state \"waiting\" of the type \"order\" has the status \"rejected\", "
                    + "which is an end, but is not final; mark it \"final\": true, or give it a status that is none of "
                    + "rejected, closed, cancelled",
                "/ticketTypes/0/states/2: the state \"done\" of the type \"order\" is final, but its status "
                    + "\"resolved\" is not an end; give it one of the statuses rejected, closed, cancelled, or leave "
                    + "\"final\" out",
            ])
    }

    @Test("of a pack that sites hold already nobody asks it, so that its tickets can still be read")
    func published() throws {
        let (read, findings) = StandardPack.check(pack(["status": "rejected"], ["status": "resolved", "final": true]))
        #expect(findings == [])
        #expect(try #require(read).ticketType("order")?.state("done")?.isFinal == true)
    }

    @Test("each status is an end or none, and a state that agrees with it is published")
    func agreeing() {
        for status in TicketStatus.allCases {
            let word = JSONValue.string(status.rawValue)
            let done: [String: JSONValue] = ["status": status.isEnd ? word : "closed", "final": true]
            let bytes = pack(["status": status.isEnd ? "held" : word], done)
            #expect(StandardPack.check(bytes, numbering: numbering).1 == [], "\(status)")
        }
        #expect(TicketStatus.allCases.filter(\.isEnd) == [.rejected, .closed, .cancelled])
    }

    @Test("the project's own standards can be published")
    func own() throws {
        let first = try ProjectFiles.bytes("Topology/standards/first.json")
        #expect(PackFolder.check(first, numbering: numbering).findings == [])
        let folder = "Topology/standards/province"
        let path = ProjectFiles.root.appendingPathComponent(folder).path
        let names = try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasSuffix(".json") }
        let files = try names.map { name in
            PackFolder.File(name: name, bytes: try ProjectFiles.bytes("\(folder)/\(name)"))
        }
        #expect(PackFolder.check(files, numbering: numbering).findings == [])
    }
}
