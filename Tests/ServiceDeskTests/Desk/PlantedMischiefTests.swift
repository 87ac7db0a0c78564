import Replication
import ServiceDesk
import Testing

/// What the desk's own rules prevent, and the bug against each.
struct PlantedMischiefTests {
    @Test("a ticket is judged by the standard that it was opened under, and a hub that takes the newest is found out")
    func judgesByNewest() throws {
        try story(.none)
        withKnownIssue { try story(.judgesByNewest) }
    }

    /// The first standard permits refunds, the next one none.
    private func story(_ bug: Mischief) throws {
        let province = try DeskProvince()
        let ticket = try province.open(at: province.yinchuan)
        try province.publish(.changed(version: "2026.9") { $0["refund"] = nil })
        try province.converge()
        province.hub.domain = DeskDomain(shelf: province.hub.shelf, mischief: bug)
        try province.act(
            .requestRefund(charge: "C", amount: 100, reason: "billed twice"), on: ticket, at: province.yinchuan)
        try province.converge()
        #expect(try province.refusals(of: ticket, at: province.hub) == [])
        try province.checkAgreement()
    }
}
