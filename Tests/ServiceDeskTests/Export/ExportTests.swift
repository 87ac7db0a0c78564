import Replication
import SQLite
import Standards
import Testing

@testable import ServiceDesk

@Suite("Exports")
struct ExportTests {
    @Test("a ticket's row has what every ticket has and the fields of every form, empty ones too")
    func tickets() throws {
        let province = try DeskProvince()
        let site = province.yinchuan
        let id = try province.open(
            at: site, ["subject": .text("断网"), "disputedFen": .integer(-5), "onBehalf": .bool(true)],
            category: "billing-dispute", customer: .init(name: "李", phone: "130"))
        try province.open("fault", at: site, ["subject": .text("光缆")])
        let run = try ExportRun(.tickets, at: site)
        #expect(run.rows == 2)
        let line = try #require(try run.lines.first { $0["id"]?.stringValue == id.text })
        #expect(line["number"]?.stringValue?.hasPrefix("YC-") == true)
        #expect(line["state"] == "acknowledged")
        #expect(line["home"] == "nx-yinchuan")
        #expect(line["customer.name"] == "李")
        #expect(line["customer.id"]?.stringValue?.utf8.count == 32)
        #expect(line["disputedFen"] == -5)
        #expect(line["onBehalf"] == true)
        #expect(line["isRural"] == .null)
        #expect(line["standard"] == "2026.1")
        #expect(line["onlyHere"] == true)
        #expect(line["openedAt"]?.stringValue.flatMap(InstantText.milliseconds) == province.now - 1_000)
        let keys = Set(try run.lines.flatMap { ($0.objectValue ?? [:]).keys })
        #expect(try run.lines.allSatisfy { Set(($0.objectValue ?? [:]).keys) == keys })
    }

    @Test("an export is the same at every site that holds the same, in the order of the numbers")
    func same() throws {
        let province = try DeskProvince()
        for index in 0..<30 {
            try province.open(
                at: province.branches[index % 3], for: province.yinchuan, ["subject": .text("\(index)")])
        }
        try province.converge()
        for format in ExportQuery.Format.allCases {
            let there = try ExportRun(.tickets, format, at: province.hub) { $0.tickets.home = "nx-yinchuan" }
            #expect(try ExportRun(.tickets, format, at: province.yinchuan).bytes == there.bytes)
            #expect(there.rows == 30)
        }
        let numbers = try ExportRun(.tickets, at: province.hub).texts("number")
        #expect(numbers == numbers.sorted())
        let timelines = try ExportRun(.timelines, at: province.hub) { $0.tickets.home = "nx-yinchuan" }
        #expect(try ExportRun(.timelines, at: province.yinchuan).bytes == timelines.bytes)
    }

    /// Tickets of one branch, their types in turn.
    private func fill(_ site: DeskSite, of province: DeskProvince, types: [String], count: Int) throws {
        try site.session { session in
            for index in 0..<count {
                let ticket = NewTicket(
                    type: types[index % types.count], home: site.id,
                    fields: ["subject": .text("\(index)"), "description": .text(String(repeating: "长", count: 300))])
                _ = try site.desk(at: province.now).open(
                    ticket, key: nil, identifier: province.newIdentifier(),
                    customerIdentifier: province.newIdentifier(),
                    in: &session)
            }
        }
    }

    @Test("more tickets than a page holds go out once each, in pieces that no row is divided over")
    func pages() throws {
        let province = try DeskProvince()
        let site = province.yinchuan
        let count = 2 * Export.pageTickets
        try fill(site, of: province, types: ["complaint"], count: count)
        let run = try ExportRun(.tickets, at: site)
        #expect(Set(try run.texts("subject")) == Set((0..<count).map(String.init)))
        #expect(run.rows == count)
        #expect(run.pieces.count > 5)
        for piece in run.pieces {
            #expect(piece.last == UInt8(ascii: "\n"))
            #expect(piece.count < Export.pieceBytes + 8_192)
        }
    }

    @Test("whatever is asked for, all of it goes out once and in the order of the numbers, also beyond a page")
    func filteredPages() throws {
        let province = try DeskProvince()
        let site = province.yinchuan
        let half = Export.pageTickets + 1
        try fill(site, of: province, types: ["complaint", "fault"], count: 2 * half)
        try province.learn(site)
        let choices: [(rows: Int, choose: (inout TicketQuery) -> Void)] = [
            (2 * half, { _ in }), (2 * half, { $0.home = "nx-yinchuan" }), (half, { $0.type = "fault" }),
            (half, { ($0.type, $0.isOpen) = ("complaint", true) }), (2 * half, { $0.status = "acknowledged" }),
            (0, { $0.status = "closed" }), (0, { $0.home = "nx-guyuan" }), (0, { $0.assignee = "王芳" }),
        ]
        for (place, choice) in choices.enumerated() {
            let run = try ExportRun(.tickets, at: site) { choice.choose(&$0.tickets) }
            let numbers = try run.texts("number")
            #expect(run.rows == choice.rows, "choice \(place)")
            #expect(Set(numbers).count == choice.rows, "choice \(place)")
            #expect(numbers == numbers.sorted(), "choice \(place)")
        }
    }

    @Test("what many tickets are is met in the order of the numbers, and nothing is sorted for a page of it")
    func metInOrder() throws {
        let province = try DeskProvince()
        let site = province.hub
        let many: [(inout TicketQuery) -> Void] = [
            { _ in }, { $0.home = "nx-yinchuan" }, { ($0.type, $0.state) = ("complaint", "closed") },
            { $0.status = "closed" }, { ($0.category, $0.source) = ("a", "b") },
        ]
        for (place, choose) in many.enumerated() {
            var query = TicketQuery()
            choose(&query)
            #expect(!query.isNarrow, "choice \(place)")
            let filter = try query.filter(in: site.store, byNumber: true)
            let plan = try site.database.all(
                "EXPLAIN QUERY PLAN SELECT number, ticket.entity" + filter.sql
                    + " AND (number, ticket.entity) > ('', 0) ORDER BY number, ticket.entity LIMIT 200",
                values: filter.values
            ) { $0.text(3) }
            #expect(plan.contains { $0.contains("ticket_number (number>?)") }, "\(plan)")
            #expect(!plan.contains { $0.contains("TEMP B-TREE") }, "\(plan)")
        }
    }

    @Test("a timeline has a row a change, in words, with the note and the ticket after it")
    func timelines() throws {
        let province = try DeskProvince()
        let site = province.yinchuan
        let id = try province.open(at: site, ["subject": .text("慢")])
        try province.act(.transition("accept", fields: [:]), on: id, at: site)
        try province.act(.assign(["area": .text("金凤区")]), on: id, at: site)
        try province.act(.assign(["area": .text("兴庆区")]), on: id, at: site)
        try province.act(.assign(["area": .null]), on: id, at: site)
        try province.act(.note(Note(text: "回访\n两行", visibility: .public)), on: id, at: site)
        let run = try ExportRun(.timelines, at: site)
        #expect(try run.column("version") == (1...6).map { .integer($0) })
        let words = try run.texts("what")
        #expect(words[0].hasPrefix("created; type: complaint; home: nx-yinchuan; subject: 慢"))
        #expect(
            Array(words[1...]) == [
                "moved acknowledged -> inProgress (accept)", "area: 金凤区", "area: 金凤区 -> 兴庆区", "area: 兴庆区 -> (none)",
                "note",
            ])
        #expect(try run.column("area") == [.null, .null, "金凤区", "兴庆区", .null, .null])
        #expect(try run.texts("state") == ["acknowledged"] + Array(repeating: "inProgress", count: 5))
        #expect(try run.column("note").last == "回访\n两行")
        #expect(try run.column("noteVisibility").last == "public")
        #expect(try run.column("note").dropLast().allSatisfy(\.isNull))
        #expect(try run.texts("site").allSatisfy { $0 == "nx-yinchuan" })
        #expect(try run.column("id").allSatisfy { $0.stringValue == id.text })
        let last = try #require(try run.lines.last)
        let ticket = try #require(try ExportRun(.tickets, at: site).lines.first)
        for (key, value) in ticket.objectValue ?? [:] { #expect(last[key] == value, "\(key)") }
    }

    @Test("a long value is cut in the words and whole in its column")
    func longValue() throws {
        let province = try DeskProvince()
        let text = String(repeating: "断", count: ChangeWords.valueLengthMax + 1)
        try province.open(at: province.yinchuan, ["subject": .text("a"), "description": .text(text)])
        let run = try ExportRun(.timelines, at: province.yinchuan)
        #expect(try run.texts("description") == [text])
        #expect(try run.texts("what")[0].contains("description: \(text.dropLast())…;"))
    }

    @Test("a conflict has both values, who wrote them, the rule, and who settled it")
    func conflicts() throws {
        let province = try DeskProvince()
        let id = try province.open(at: province.yinchuan)
        try province.converge()
        try province.act(.assign(["customerGrade": .text("silver")]), on: id, at: province.yinchuan)
        try province.act(.assign(["customerGrade": .text("gold")]), on: id, at: province.hub)
        try province.converge()
        let run = try ExportRun(.conflicts, at: province.hub)
        let line = try #require(try run.lines.first)
        #expect(run.rows == 1)
        #expect(line["field"] == "customerGrade")
        #expect(line["rule"] == "laterWins")
        #expect(line["losingValue"] == "silver")
        #expect(line["losingSite"] == "nx-yinchuan")
        #expect(line["winningValue"] == "gold")
        #expect(line["winningSite"] == "nx-hub")
        #expect(line["losingActor"] == "clerk")
        #expect(line["settled"] == false)
        #expect(line["settledChange"] == .null)
        let losing = try #require(line["losingChange"]?.stringValue.flatMap { ChangeReference($0) })
        try province.act(.settle(losing), on: id, at: province.hub)
        let settled = try #require(try ExportRun(.conflicts, at: province.hub).lines.first)
        #expect(settled["settled"] == true)
        #expect(settled["settledSite"] == "nx-hub")
        #expect(try ExportRun(.conflicts, at: province.hub) { $0.onlyOpen = true }.rows == 0)
    }

    @Test("decisions say what was asked, what was answered and where the payment stands")
    func decisions() throws {
        let province = try DeskProvince()
        let id = try province.open(at: province.yinchuan)
        try province.act(.requestRefund(charge: "C-1", amount: 3_600, reason: "重复"), on: id, at: province.yinchuan)
        try province.act(.requestRefund(charge: "C-2", amount: 100, reason: ""), on: id, at: province.yinchuan)
        let granted = try province.act(
            .requestRefund(charge: "C-3", amount: 1, reason: ""), on: id, at: province.yinchuan
        ).change.reference
        try province.converge()
        let requests = try ExportRun(.decisions, at: province.hub)
        #expect(try requests.texts("charge").sorted() == ["C-1", "C-2", "C-3"])
        #expect(try requests.texts("outcome") == ["open", "open", "open"])
        let refused = try #require(
            try requests.lines.first { $0["charge"] == "C-2" }?["request"]?.stringValue.flatMap { ChangeReference($0) })
        _ = try province.decide(refused, .refused, reason: "不符")
        _ = try province.decide(granted, .granted)
        #expect(try ExportRun(.decisions, at: province.hub).texts("outcome").sorted() == ["marked", "open", "refused"])
        try province.converge()
        let lines = try ExportRun(.decisions, at: province.hub).lines
        let answered = try #require(lines.first { $0["charge"] == "C-2" })
        #expect(answered["outcome"] == "refused")
        #expect(answered["answerReason"] == "不符")
        #expect(answered["answeredBy"] == "supervisor")
        #expect(answered["effect"] == .null)
        let paid = try #require(lines.first { $0["charge"] == "C-3" })
        #expect(paid["outcome"] == "granted")
        #expect(paid["effect"] == "pending")
        #expect(paid["amountFen"] == 1)
        let atBranch = try ExportRun(.decisions, at: province.yinchuan)
        #expect(try atBranch.texts("outcome").sorted() == ["granted", "open", "refused"])
        #expect(try atBranch.column("effect").allSatisfy(\.isNull))
    }

    @Test("the filters choose tickets, and with them their changes, conflicts and decisions")
    func filters() throws {
        let province = try DeskProvince()
        let site = province.yinchuan
        let first = try province.open(at: site)
        try province.open("fault", at: site, ["subject": .text("光缆")])
        try province.act(.transition("accept", fields: [:]), on: first, at: site)
        try province.act(.requestRefund(charge: "C-1", amount: 1, reason: ""), on: first, at: site)
        let since = province.now
        func rows(_ subject: ExportQuery.Subject, _ choose: (inout ExportQuery) -> Void) throws -> Int {
            try ExportRun(subject, at: site, choose).rows
        }
        #expect(try rows(.tickets) { $0.tickets.type = "fault" } == 1)
        #expect(try rows(.tickets) { $0.tickets.state = "inProgress" } == 1)
        #expect(try rows(.timelines) { $0.tickets.type = "complaint" } == 3)
        #expect(try rows(.decisions) { $0.tickets.type = "complaint" } == 1)
        #expect(try rows(.decisions) { $0.tickets.type = "fault" } == 0)
        #expect(try rows(.tickets) { $0.updatedSince = since } == 1)
        #expect(try rows(.tickets) { $0.updatedSince = since + 1 } == 0)
        #expect(throws: DeskError.self) { try ExportRun(.tickets, at: site) { $0.tickets.type = "falut" } }
    }

    @Test("a ticket that has left a site is in none of its exports")
    func withdrawn() throws {
        let province = try DeskProvince()
        let id = try province.open(at: province.yinchuan)
        try province.act(.requestRefund(charge: "C-1", amount: 1, reason: ""), on: id, at: province.yinchuan)
        try province.act(.offerTransfer(province.guyuan.id), on: id, at: province.yinchuan)
        try province.converge()
        try province.act(.acceptTransfer, on: id, at: province.guyuan)
        try province.converge()
        for subject in ExportQuery.Subject.allCases {
            #expect(try ExportRun(subject, at: province.yinchuan).rows == 0)
        }
        #expect(try ExportRun(.decisions, at: province.guyuan).rows == 1)
    }

    @Test("a CSV file without rows has its header, and a site without a standard says so")
    func empty() throws {
        let run = try ExportRun(.decisions, .csv, at: try DeskProvince().hub)
        #expect(run.bytes.starts(with: Array("\u{FEFF}id,number,request".utf8)))
        #expect(run.rows == 0)
        let bare = try DeskProvince(isReady: false)
        #expect(throws: DeskError.self) { try ExportRun(.tickets, at: bare.yinchuan) }
    }
}
