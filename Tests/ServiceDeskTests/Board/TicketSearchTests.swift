import Replication
import SQLite
import Standards
import Testing

@testable import ServiceDesk

@Suite("Whatever stands in a ticket is found, two characters upwards")
struct TicketSearchTests {
    private func find(_ question: String, at site: DeskSite, limit: Int = 50) throws -> [TicketSearch.Found] {
        try TicketSearch(question).find(limit: limit, in: site.store).found
    }

    private func tickets(_ question: String, at site: DeskSite) throws -> [EntityID] {
        try find(question, at: site).map { try site.store.row(number: $0.entity).id }
    }

    @Test(
        "Chinese of two characters, numbers, names, parts of a telephone number, wide letters, words in any order",
        arguments: [
            ("扣费", "2"), ("重复扣费", "2"), ("王小明", "customer"), ("8000", "phone"), ("ＶＰＮ", "2"), ("vpn", "2"),
            ("扣费 vpn", "2"), ("vpn 小明", "2"), ("回访", "note"),
        ])
    func found(question: String, place: String) throws {
        let province = try DeskProvince()
        let site = province.yinchuan
        let ticket = try province.open(
            at: site, ["subject": .text("宽带重复扣费，VPN 不通")], customer: .init(name: "王小明", phone: "13912348000"))
        try province.open(at: site, ["subject": .text("装机")], customer: .init(name: "李四", phone: "13700000001"))
        try province.act(.note(Note(text: "已电话回访")), on: ticket, at: site)
        try province.learn(site)
        #expect(try tickets(question, at: site) == [ticket])
        #expect(try find(question, at: site).map(\.place) == [place])
    }

    @Test("A ticket is found by the name of a file that is attached to it")
    func file() throws {
        let province = try DeskProvince()
        let site = province.yinchuan
        let ticket = try province.open(at: site)
        try province.open(at: site)
        let content = Array("two routes".utf8)
        let hash = ContentHash(of: content)
        _ = try site.session { try $0.store.putIn(content, at: 0, of: hash, size: content.count, at: province.now) }
        let file = Attachment(
            hash: hash.bytes, name: "组网方案.txt", size: UInt64(content.count), mediaType: "text/plain")
        try province.act(.attach(file), on: ticket, at: site)
        try province.learn(site)
        #expect(try tickets("组网方案", at: site) == [ticket])
        #expect(try find("方案", at: site).map(\.place) == ["file"])
    }

    @Test("A ticket is found by its number, and the part around the word is shown")
    func snippet() throws {
        let province = try DeskProvince()
        let site = province.yinchuan
        let long = String(repeating: "甲", count: 50) + "断网" + String(repeating: "乙", count: 50)
        let ticket = try province.open(at: site, ["subject": .text(long)])
        try province.learn(site)
        let number = try #require(try site.store.row(ticket)?.state.creation?.label)
        #expect(try tickets(number, at: site) == [ticket])
        let snippet = try #require(try find("断网", at: site).first?.snippet)
        #expect(snippet == "…" + String(repeating: "甲", count: 20) + "断网" + String(repeating: "乙", count: 20) + "…")
    }

    @Test("Pairs that stand in a ticket without standing together are not what was looked for")
    func falsePairs() throws {
        let province = try DeskProvince()
        let site = province.yinchuan
        try province.open(at: site, ["subject": .text("重复，复扣，扣费")])
        try province.learn(site)
        #expect(try find("复扣", at: site).count == 1)
        #expect(try find("重复扣费", at: site).isEmpty)
    }

    @Test("A letter that is spelled with another accent is looked for as it is spelled now")
    func respelled() throws {
        let province = try DeskProvince()
        let site = province.yinchuan
        let ticket = try province.open(at: site, ["subject": .text("caf\u{E9}")])
        try province.learn(site)
        #expect(try tickets("cafe", at: site).isEmpty)
        try province.act(.assign(["subject": .text("cafe\u{301}")]), on: ticket, at: site)
        try province.learn(site)
        #expect(try tickets("cafe", at: site) == [ticket])
        #expect(try tickets("caf\u{E9}", at: site).isEmpty)
    }

    @Test("What was changed is found as it is now, and no longer as it was")
    func changed() throws {
        let province = try DeskProvince()
        let site = province.yinchuan
        let ticket = try province.open(at: site, ["subject": .text("光猫故障")])
        try province.learn(site)
        try province.act(.assign(["subject": .text("机顶盒故障")]), on: ticket, at: site)
        try province.learn(site)
        #expect(try tickets("光猫", at: site).isEmpty)
        #expect(try tickets("机顶盒", at: site) == [ticket])
        #expect(try site.database.first("SELECT count(*) FROM search('光猫')") { $0.int(0) } == 0)
    }

    @Test("A ticket that went out of a branch's sight is not found there, nor kept in its index")
    func outOfSight() throws {
        let province = try DeskProvince()
        let ticket = try province.open(at: province.yinchuan, ["subject": .text("迁移到固原")])
        try province.converge()
        try province.act(.offerTransfer(province.guyuan.id), on: ticket, at: province.yinchuan)
        try province.converge()
        try province.act(.acceptTransfer, on: ticket, at: province.guyuan)
        for site in province.sites { try province.learn(site) }
        try province.converge()
        for site in province.sites { try province.learn(site) }
        #expect(try tickets("固原", at: province.guyuan) == [ticket])
        #expect(try tickets("固原", at: province.hub) == [ticket])
        #expect(try tickets("固原", at: province.yinchuan).isEmpty)
        let kept = try province.yinchuan.database.first("SELECT count(*) FROM search_text") { $0.int(0) }
        #expect(kept == 0)
    }

    @Test("One character, none, and too many are refused with what to do", arguments: ["网", "", "a b", " ，"])
    func refused(question: String) {
        let error = #expect(throws: DeskError.self) { try TicketSearch(question) }
        #expect(error?.kind == .invalid && error?.remedy.isEmpty == false)
        #expect(throws: DeskError.self) { try TicketSearch(String(repeating: "甲", count: TicketSearch.lengthMax + 1)) }
        #expect(throws: Never.self) { try TicketSearch(String(repeating: "甲", count: TicketSearch.lengthMax)) }
    }

    @Test("Marks of the index's own language are text like any other")
    func hostile() throws {
        let province = try DeskProvince()
        let site = province.yinchuan
        let ticket = try province.open(at: site, ["subject": .text("a\"b OR NEAR(x) 'DROP")])
        try province.learn(site)
        #expect(try tickets("\"OR\" NEAR* (drop)", at: site) == [ticket])
        #expect(try tickets("\"; DROP TABLE ticket; --", at: site).isEmpty)
    }
}
