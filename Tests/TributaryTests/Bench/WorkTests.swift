import Replication
import Standards
import Testing

@testable import tributary

@Suite struct WorkTests {
    @Test("the tickets are the same every time, others for another seed, with about 240 bytes of text")
    func tickets() {
        let tickets = SampleTicket.tickets(500)
        #expect(tickets.map(\.identifier) == SampleTicket.tickets(500).map(\.identifier))
        #expect(tickets.map(\.body) == SampleTicket.tickets(500).map(\.body))
        #expect(tickets[0].identifier != SampleTicket.tickets(1, seed: 8)[0].identifier)
        #expect(Set(tickets.map(\.identifier)).count == 500)
        let rows = PlainRows(tickets, home: "bn-one", letters: "BA")
        #expect(rows.count == 500)
        #expect((200...280).contains(rows.bytesInRow))
    }

    @Test("edits fall on different tickets")
    func edits() {
        let edits = SampleEdit.edits(100, of: 500)
        #expect(Set(edits.map(\.ticket)).count == 100)
        #expect(edits.allSatisfy { (0..<500).contains($0.ticket) })
    }

    @Test("the bench's standard is one that may be published")
    func standard() {
        let (pack, findings) = StandardPack.check(SampleStandard.document)
        #expect(findings.isEmpty && pack != nil)
    }

    @Test("batches cover everything once, in order")
    func batches() {
        #expect(Batches.of(4, covering: 10) == [0..<4, 4..<8, 8..<10])
        #expect(Batches.lengths([3, 1, 2]) == [0..<3, 3..<4, 4..<6])
    }

    @Test("a plain table gives back every byte that was put into it")
    func plain() throws {
        let folder = try ScratchFolder(kept: nil)
        defer { folder.remove() }
        let rows = PlainRows(SampleTicket.tickets(50), home: "bn-one", letters: "BA")
        let plain = try PlainDatabase(path: folder.file("plain.db"))
        try plain.insert(rows, batches: Batches.of(7, covering: rows.count))
        #expect(try plain.scan() == rows.bytes.count + rows.integers.count * 8)
    }
}
