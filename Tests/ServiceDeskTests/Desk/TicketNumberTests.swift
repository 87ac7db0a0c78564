import Replication
import ServiceDesk
import Testing

struct TicketNumberTests {
    private static let alphabet = Set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

    private func number(_ ticket: EntityID, at site: DeskSite) throws -> String {
        let row = try #require(try site.store.row(ticket))
        return TicketSummary(row).number
    }

    @Test("a number is the letters of the site that opened the ticket and eight characters that are read without doubt")
    func shape() throws {
        let province = try DeskProvince()
        let ticket = try province.open(at: province.guyuan, for: province.yinchuan)
        let own = try province.open(at: province.yinchuan)
        try province.converge()
        for (ticket, letters) in [(ticket, "GY-"), (own, "YC-")] {
            let number = try number(ticket, at: province.yinchuan)
            #expect(number.hasPrefix(letters))
            #expect(number.dropFirst(3).count == 8)
            #expect(number.dropFirst(3).allSatisfy { Self.alphabet.contains($0) })
            #expect(try self.number(ticket, at: province.hub) == number)
        }
    }

    @Test("a number comes from the random bits of the identifier, five to a character")
    func fromBits() {
        let zero = EntityID(kind: .ticket, high: .max, low: 0)
        #expect(TicketNumber.number(letters: "YC", of: zero) == "YC-00000000")
        for bit in 0..<40 {
            let entity = EntityID(kind: .ticket, high: 0, low: 1 << UInt64(bit))
            var expected = Array("00000000")
            expected[bit / 5] = Array("1248G")[bit % 5]
            #expect(TicketNumber.number(letters: "YC", of: entity) == "YC-" + String(expected))
        }
        let full = EntityID(kind: .ticket, high: .max, low: .max)
        #expect(TicketNumber.number(letters: "YC", of: full, length: 24) == "YC-" + String(repeating: "Z", count: 24))
    }

    @Test("two sites that have never heard of each other give out no number twice")
    func offline() throws {
        let province = try DeskProvince()
        for index in 0..<20 {
            // The same eight characters at both.
            let bits = Array(repeating: UInt8(index), count: 8)
            try province.open(at: province.yinchuan, identifier: Array(repeating: 1, count: 8) + bits)
            try province.open(at: province.guyuan, identifier: Array(repeating: 2, count: 8) + bits)
            try province.open(at: province.wuzhong)
        }
        try province.converge()
        let numbers = try province.hub.database.all("SELECT number FROM ticket") { $0.text(0) }
        #expect(numbers.count == 60)
        #expect(Set(numbers).count == 60)
    }

    @Test("a number that is taken becomes longer")
    func taken() throws {
        let province = try DeskProvince()
        let lengths = try (0..<3).map { index in
            let ticket = try province.open(
                at: province.yinchuan, identifier: Array(repeating: UInt8(index), count: 8) + [9, 8, 7, 6, 5, 4, 3, 2])
            return try number(ticket, at: province.yinchuan).count
        }
        #expect(lengths == [11, 12, 13])
    }

    @Test("a ticket is found by its number in either case and by its identifier, and not where it is not held")
    func found() throws {
        let province = try DeskProvince()
        let ticket = try province.open(at: province.yinchuan)
        try province.converge()
        let number = try number(ticket, at: province.yinchuan)
        let names = [number, number.lowercased(), ticket.text, ticket.text.uppercased()]
        for name in names {
            #expect(try province.yinchuan.desk(at: province.now).ticket(name).id == ticket)
            #expect(deskError { try province.guyuan.desk(at: province.now).ticket(name) }?.kind == .notFound)
        }
    }
}
