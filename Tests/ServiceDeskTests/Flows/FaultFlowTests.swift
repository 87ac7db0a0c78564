import Replication
import ServiceDesk
import Testing

@Suite("Faults and technical support, at a branch without its line")
struct FaultFlowTests {
    @Test("A1: a fault goes through its stages one after the other, and each shows since when")
    func stages() throws {
        let province = try FlowProvince.made()
        let site = province.yinchuan
        let ticket = try province.open("fault", at: site, ["subject": .text("断网")])
        let skipped = deskError { try province.take("repair", ticket, at: site, ["resolution": .text("x")]) }
        #expect(skipped?.kind == .wrongState)
        let steps: [(name: String, fields: [String: Value])] = [
            ("accept", [:]), ("dispatch", ["assignedTeam": .text("一班")]),
            ("locate", ["faultLocation": .text("杆 12"), "faultCause": .text("断纤")]),
            ("repair", ["resolution": .text("熔接")]), ("confirm", ["confirmedBy": .text("用户")]),
            ("close", ["satisfaction": .text("satisfied")]),
        ]
        var times: [Int64] = []
        for step in steps {
            province.now += 600_000
            try province.take(step.name, ticket, at: site, step.fields)
            times.append(province.now)
        }
        try province.converge()
        for place in [site, province.hub] {
            let row = try province.row(ticket, at: place)
            let timing = try #require(
                try TicketTiming(of: row, in: place.store, shelf: PackShelf(), at: province.now))
            #expect(
                timing.course.stays.map(\.state)
                    == ["reported", "accepted", "dispatched", "located", "repaired", "confirmed", "closed"])
            #expect(timing.course.stays.dropFirst().map(\.from) == times)
        }
        try province.checkAgreement()
    }

    @Test("P8: support is asked for, has a clock of its own, and is answered with a solution that is attached")
    func support() throws {
        let province = try FlowProvince.made()
        let site = province.yinchuan
        let kinds = try #require(try FlowProvince.standard().ticketType("technicalSupport")?.field("supportKind"))
        let ticket = try province.open(
            "technicalSupport", at: site,
            ["subject": .text("组网方案"), "supportKind": .text(try #require(kinds.options.first).id)])
        #expect(try province.row(ticket, at: site).state[TicketField.department] == .text("solution"))
        let timing = try #require(
            try TicketTiming(
                of: province.row(ticket, at: site), in: site.store, shelf: PackShelf(), at: province.now))
        #expect(timing.readings.contains { $0.kind == .response && $0.due != nil })
        try province.take("accept", ticket, at: site)
        let missing = deskError { try province.take("answer", ticket, at: site, ["answer": .text("见附件")]) }
        #expect(missing?.problems.map(\.field) == ["solutionFile"])
        let content = Array("two routes".utf8)
        let hash = ContentHash(of: content)
        let answer: [String: Value] = ["answer": .text("见附件"), "solutionFile": .text(hash.text)]
        #expect(deskError { try province.take("answer", ticket, at: site, answer) }?.problems.isEmpty == false)
        _ = try site.session { try $0.store.putIn(content, at: 0, of: hash, size: content.count, at: province.now) }
        let file = Attachment(
            hash: hash.bytes, name: "solution.txt", size: UInt64(content.count), mediaType: "text/plain")
        try province.act(.attach(file), on: ticket, at: site)
        try province.take("answer", ticket, at: site, answer)
        try province.converge()
        #expect(try province.state(ticket, at: province.hub) == "resolved")
    }

    @Test("D1: roles, duties and indicators are the province's: a branch has them as published, and cannot change them")
    func oneSystem() throws {
        let province = try FlowProvince.made()
        let name = try #require(try PackShelf().current(in: province.hub.store, at: province.now)).name
        for place in province.sites {
            let held = try #require(try PackShelf().current(in: place.store, at: province.now))
            #expect(held.name == name)
            #expect(held.pack.organisation.roles.allSatisfy { $0.duties != nil })
            #expect(!held.pack.indicators.isEmpty)
        }
        #expect(throws: (any Error).self) { try province.publish(.first(), at: province.yinchuan) }
        let forged = try province.force(
            [.assign(StandardField.version, .text("ours"))], on: name, at: province.yinchuan)
        try province.converge()
        #expect(try province.isRefused(forged))
        #expect(try PackShelf().current(in: province.hub.store, at: province.now)?.name == name)
    }
}
