import Foundation
import Replication
import ServiceDesk
import Standards
import Testing

@Suite("Local control")
struct OverlayTests {
    private let hour = ClockPack.hour

    private func document(_ hours: Int64) -> [UInt8] {
        let limit: JSONValue = ["limit": "ours", "time": ["unit": "naturalHours", "value": .integer(hours)]]
        return JSONValue.object(["format": 1, "limits": [limit]]).bytes()
    }

    @discardableResult
    private func settle(_ document: [UInt8], at site: DeskSite, _ province: DeskProvince) throws -> [Finding] {
        province.now += 1_000
        return try site.session {
            try site.desk(at: province.now).settle(overlay: document, shown: nil, key: nil, in: &$0).findings
        }
    }

    private func reading(_ ticket: EntityID, at site: DeskSite, _ province: DeskProvince) throws -> ClockReading {
        let row = try site.desk(at: province.now).ticket(ticket.text)
        let timing = try #require(
            try TicketTiming(of: row, in: site.store, shelf: PackShelf(), at: province.now))
        return try #require(timing.readings.first { $0.kind == .solution })
    }

    @Test("D2: a branch's stricter limit decides for its own tickets, at the hub too, and for no other branch's")
    func stricter() throws {
        let province = try ClockPack.province()
        try settle(document(6), at: province.yinchuan, province)
        let own = try province.open(at: province.yinchuan)
        let opened = province.now
        let other = try province.open(at: province.guyuan)
        try province.converge()
        for site in [province.yinchuan, province.hub] {
            let reading = try reading(own, at: site, province)
            #expect(reading.decisive?.rule.source == .branch)
            #expect(reading.due?.milliseconds == opened + 6 * hour)
            #expect(reading.lines.count == 3)
        }
        #expect(try reading(other, at: province.hub, province).decisive?.rule.source == .province)
        try province.checkAgreement()
    }

    @Test("D2: a looser limit is refused, and nothing is changed")
    func looser() throws {
        let province = try ClockPack.province()
        let findings = try settle(document(25), at: province.yinchuan, province)
        #expect(findings.map(\.problem) == ["is looser than the province's, which is 24 hours"])
        #expect(try OverlayBook.current(of: province.yinchuan.id, in: province.yinchuan.store) == nil)
    }

    @Test("a ticket is measured by the overlay that its branch had when it was opened")
    func ofItsTime() throws {
        let province = try ClockPack.province()
        let before = try province.open(at: province.yinchuan)
        let opened = province.now
        try settle(document(6), at: province.yinchuan, province)
        #expect(try reading(before, at: province.yinchuan, province).due?.milliseconds == opened + 24 * hour)
        let after = try province.open(at: province.yinchuan)
        let second = province.now
        try settle(document(3), at: province.yinchuan, province)
        #expect(try reading(after, at: province.yinchuan, province).due?.milliseconds == second + 6 * hour)
    }

    @Test("a limit of the province that has become stricter decides, whatever the overlay still says")
    func overtaken() throws {
        let province = try ClockPack.province()
        try settle(document(6), at: province.yinchuan, province)
        try province.publish(ClockPack.made(version: "2026.6", solution: 4))
        try province.converge()
        let ticket = try province.open(at: province.yinchuan)
        let reading = try reading(ticket, at: province.yinchuan, province)
        #expect(reading.decisive?.rule.source == .province)
        #expect(reading.due?.milliseconds == province.now + 4 * hour)
        let current = try #require(try OverlayBook.current(of: province.yinchuan.id, in: province.yinchuan.store))
        let overlay = try #require(BranchOverlay.read(Array(current.document.utf8)))
        let pack = try #require(try PackShelf().current(in: province.yinchuan.store, at: province.now)?.pack)
        #expect(overlay.overtaken(by: pack).map(\.limit.limit) == ["ours"])
    }

    @Test("promise 7: an overlay goes to the hub and to no other branch")
    func audience() throws {
        let province = try ClockPack.province()
        try settle(document(6), at: province.yinchuan, province)
        try province.converge()
        let name = OverlayBook.name(of: province.yinchuan.id)
        #expect(try province.hub.store.row(name)?.state.exists == true)
        #expect(try province.guyuan.store.row(name) == nil)
    }

    @Test("only the branch itself writes its overlay; neither another branch nor the hub does")
    func authority() throws {
        let province = try ClockPack.province()
        try settle(document(6), at: province.yinchuan, province)
        try province.converge()
        let error = deskError { try settle(document(5), at: province.hub, province) }
        #expect(error?.kind == .notAllowed)
        let name = OverlayBook.name(of: province.yinchuan.id)
        let forged = try province.force(
            [
                .create(Creation(label: "nx-yinchuan")), .assign(OverlayField.site, .text("nx-yinchuan")),
                .assign(OverlayField.document, .text(#"{"format":1}"#)),
            ], on: name, at: province.guyuan)
        try province.converge()
        #expect(try province.hub.store.refusedChange(forged) != nil)
        let text = try OverlayBook.current(of: province.yinchuan.id, in: province.hub.store)?.document
        #expect(text == String(decoding: document(6), as: UTF8.self))
        let firstOfAll = try province.force(
            [
                .create(Creation(label: "nx-wuzhong")), .assign(OverlayField.site, .text("nx-wuzhong")),
                .assign(OverlayField.document, .text(#"{"format":1}"#)),
            ], on: OverlayBook.name(of: province.wuzhong.id), at: province.guyuan)
        try province.converge()
        #expect(try province.hub.store.refusedChange(firstOfAll) != nil)
        let broken = try province.force(
            [.assign(OverlayField.document, .text("{"))], on: name, at: province.yinchuan)
        try province.converge()
        #expect(try province.hub.store.refusedChange(broken) != nil)
    }
}
