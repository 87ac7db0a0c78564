import Testing

@testable import Replication

struct ExchangeTests {
    @Test("what one branch writes is the same at the hub and at those who share it")
    func sharing() throws {
        let province = try TestProvince(branches: 2)
        let one = province.branches[0]
        let two = province.branches[1]
        let ticket = try province.ticket(at: one, sharedWith: [two])
        let own = try province.ticket(at: one, title: "ours alone")
        try province.converge()
        try province.checkAgreement()
        #expect(try province.title(of: ticket, at: two) == "broken line")
        #expect(try province.title(of: own, at: two) == nil)
        #expect(try province.title(of: own, at: province.hub) == "ours alone")
    }
}
