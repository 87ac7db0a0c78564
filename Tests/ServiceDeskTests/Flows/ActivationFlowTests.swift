import Replication
import ServiceDesk
import Standards
import Testing

@Suite("Resource check and activation, at a branch without its line")
struct ActivationFlowTests {
    private let order: [String: Value] = [
        "subject": .text("专线开通"), "accessClass": .text("fibreSdh"), "business": .text("ethernet"),
        "mode": .text("device"), "accountManager": .text("Zhao"), "serviceManager": .text("Qian"),
    ]

    /// A resource check that was answered.
    private func check(
        _ province: DeskProvince, _ result: String = "available", validFor hours: Int64 = 1_000
    ) throws -> EntityID {
        let site = province.yinchuan
        let check = try province.open("resourceCheck", at: site, ["subject": .text("核查")])
        try province.take("accept", check, at: site)
        try province.take(
            "report", check, at: site,
            [
                "result": .text(result), "port": .text("1/2"), "fibre": .text("12"), "route": .text("east"),
                "validUntil": .integer(province.now + hours * 3_600_000), "buildProposal": .text("duct"),
                "buildDays": .integer(20),
            ])
        return check
    }

    private func accepted(_ province: DeskProvince, _ changes: [String: Value] = [:]) throws -> EntityID {
        let ticket = try province.open(
            "activation", at: province.yinchuan, order.merging(changes) { _, new in new })
        try province.take("accept", ticket, at: province.yinchuan)
        return ticket
    }

    private func start(
        _ ticket: EntityID, _ check: EntityID, _ province: DeskProvince
    ) throws {
        let number = try province.number(check, at: province.yinchuan)
        try province.take(
            "start", ticket, at: province.yinchuan,
            ["resourceCheckNumber": .text(number), "resourceResult": .text("available")])
    }

    @Test("P9, I2: a valid result is built upon, and without building there is no construction")
    func reuses() throws {
        let province = try FlowProvince.made()
        let ticket = try accepted(province, ["mode": .text("cable")])
        let built = try province.steps(of: ticket, at: province.yinchuan).all.map(\.template.id)
        #expect(built.contains("construct"))
        try start(ticket, check(province), province)
        let steps = try province.steps(of: ticket, at: province.yinchuan).all.map(\.template.id)
        #expect(!steps.contains("construct"))
        #expect(try province.state(ticket, at: province.yinchuan) == "inProgress")
        try province.converge()
        #expect(try province.state(ticket, at: province.hub) == "inProgress")
        try province.checkAgreement()
    }

    @Test("P9: a result that is no longer valid, or that says no, is not built upon")
    func expired() throws {
        let province = try FlowProvince.made()
        let ticket = try accepted(province)
        let check = try check(province, validFor: 1)
        province.now += 3_600_000
        let error = deskError { try start(ticket, check, province) }
        #expect(error?.message == "What resourceCheckNumber names is no longer valid.")
        let unknown = deskError {
            try province.take(
                "start", ticket, at: province.yinchuan,
                ["resourceCheckNumber": .text("YC-NOTHING1"), "resourceResult": .text("available")])
        }
        #expect(unknown?.kind == .wrongState)
        #expect(try province.state(ticket, at: province.yinchuan) == "accepted")
    }

    @Test("P12: a business outside its way of access is refused, when the order is opened and later")
    func outside() throws {
        let province = try FlowProvince.made()
        let wrong = order.merging(["accessClass": .text("fibrePon")]) { _, new in new }
        let error = deskError { try province.open("activation", at: province.yinchuan, wrong) }
        #expect(error?.message == "The business is not offered over this way of access.")
        let ticket = try accepted(province)
        let later = deskError {
            try province.act(.assign(["business": .text("mplsVpn")]), on: ticket, at: province.yinchuan)
        }
        #expect(later?.message == error?.message)
        #expect(later?.remedy.contains("ethernet") == true)
    }

    @Test("P10: another access than is recommended to the customer's class needs a reason")
    func scheme() throws {
        let province = try FlowProvince.made()
        let rules = try FlowProvince.standard().customers
        let recommended = try #require(rules.scheme(for: "finance") { _ in nil })
        let other = try #require(rules.schemes.first { $0.id != recommended.id })
        let bank: [String: Value] = ["customerClass": .text("finance")]
        let right = bank.merging(["accessScheme": .text(recommended.id)]) { _, new in new }
        try province.open("activation", at: province.yinchuan, order.merging(right) { _, new in new })
        let wrong = bank.merging(["accessScheme": .text(other.id)]) { _, new in new }
        let error = deskError {
            try province.open("activation", at: province.yinchuan, order.merging(wrong) { _, new in new })
        }
        #expect(error?.message == "To this class of customers \(recommended.id) is recommended.")
        let reasoned = wrong.merging(["schemeReason": .text("they asked for it")]) { _, new in new }
        try province.open("activation", at: province.yinchuan, order.merging(reasoned) { _, new in new })
    }

    @Test("P12: the hub refuses it too, from a branch whose software does not ask")
    func outsideAtHub() throws {
        let province = try FlowProvince.made()
        let ticket = try accepted(province)
        try province.converge()
        let forged = try province.force(
            [.assign(FieldNumbers.field("business"), .text("mplsVpn"))], on: ticket, at: province.yinchuan)
        try province.converge()
        #expect(try province.hub.store.refusedChange(forged) != nil)
        #expect(try province.row(ticket, at: province.hub).state[FieldNumbers.field("business")] == .text("ethernet"))
    }

    @Test("I1, I5: a leased circuit is complete only with all steps done and its test report attached")
    func testReport() throws {
        let province = try FlowProvince.made()
        let site = province.yinchuan
        let ticket = try accepted(province)
        try start(ticket, check(province), province)
        let done: [String: Value] = [
            "circuit": .text("NX-1"), "completedAt": .integer(province.now), "resolution": .text("open"),
        ]
        #expect(
            deskError { try province.take("complete", ticket, at: site, done) }?.message.hasPrefix(
                "Steps are not done: ") == true)
        for step in try province.steps(of: ticket, at: site).all {
            try province.act(.step(step.template.id, .done, text: ""), on: ticket, at: site)
        }
        let missing = deskError { try province.take("complete", ticket, at: site, done) }
        #expect(missing?.message == "For what business says, these are missing: testReport.")
        let content = Array("attenuation 3 dB".utf8)
        let hash = ContentHash(of: content)
        let named = done.merging(["testReport": .text(hash.text)]) { _, new in new }
        let unattached = deskError { try province.take("complete", ticket, at: site, named) }
        #expect(unattached?.problems.map(\.field) == ["testReport"])
        _ = try site.session { try $0.store.putIn(content, at: 0, of: hash, size: content.count, at: province.now) }
        let file = Attachment(
            hash: hash.bytes, name: "report.txt", size: UInt64(content.count), mediaType: "text/plain")
        try province.act(.attach(file), on: ticket, at: site)
        try province.take("complete", ticket, at: site, named)
        #expect(try province.state(ticket, at: site) == "resolved")
        try province.converge()
        #expect(try province.state(ticket, at: province.hub) == "resolved")
    }

    @Test("I4: of each department it is known how many replies came in time, and how many nobody sent back")
    func replies() throws {
        let province = try FlowProvince.made()
        let site = province.yinchuan
        let began = province.now
        let tickets = try (0..<3).map { _ in
            let ticket = try accepted(province)
            try start(ticket, check(province), province)
            return ticket
        }
        let step = try #require(try province.steps(of: tickets[0], at: site).step("resourceAssign")).template
        func figures() throws -> DepartmentReplies? {
            try DepartmentReplies.list(
                opened: began..<province.now, in: site.store, shelf: PackShelf(), at: province.now
            ).departments.first { $0.department == step.department }
        }
        // In time and accurate; in time, sent back and done again; not given yet.
        for ticket in tickets.prefix(2) {
            try province.act(.step("resourceAssign", .done, text: ""), on: ticket, at: site)
        }
        let soon = try #require(try figures())
        #expect([soon.due, soon.timely, soon.given, soon.accurate] == [2, 2, 2, 2])
        try province.act(.step("resourceAssign", .returned, text: "wrong port"), on: tickets[1], at: site)
        try province.act(.step("resourceAssign", .done, text: ""), on: tickets[1], at: site)
        // Long after the time of every step.
        province.now += 60 * 86_400_000
        let late = try #require(try figures())
        #expect([late.timely, late.given, late.accurate] == [2, 3, 2])
        #expect(late.due > late.timely)
        try province.act(.step("resourceAssign", .done, text: ""), on: tickets[2], at: site)
        let last = try #require(try figures())
        #expect([last.due, last.timely, last.given, last.accurate] == [late.due, 2, 4, 3])
        // What was opened before is not looked at.
        let none = try DepartmentReplies.list(opened: 0..<began, in: site.store, shelf: PackShelf(), at: province.now)
        #expect(none.departments.isEmpty && !none.isCut)
    }

    @Test("I2: how long orders were open is known by the result of the resource check")
    func durations() throws {
        let province = try FlowProvince.made()
        let site = province.yinchuan
        let began = province.now
        let none = try accepted(province)
        let ticket = try accepted(province)
        try start(ticket, check(province), province)
        func figures() throws -> [OpenDurations] {
            try OpenDurations.list(
                of: "activation", by: "resourceResult", opened: began..<province.now, in: site.store,
                shelf: PackShelf(), at: province.now
            ).values
        }
        #expect(try figures().isEmpty)
        try province.act(
            .transition("cancel", fields: ["cancelReason": .text("withdrawn")]), on: none, at: site)
        for step in try province.steps(of: ticket, at: site).all {
            try province.act(.step(step.template.id, .done, text: ""), on: ticket, at: site)
        }
        let opened = try #require(
            try province.row(ticket, at: site).state[TicketField.openedAt].integerValue)
        province.now += 3 * 86_400_000
        let content = Array("report".utf8)
        let hash = ContentHash(of: content)
        _ = try site.session { try $0.store.putIn(content, at: 0, of: hash, size: content.count, at: province.now) }
        let file = Attachment(hash: hash.bytes, name: "r.txt", size: UInt64(content.count), mediaType: "text/plain")
        try province.act(.attach(file), on: ticket, at: site)
        try province.take(
            "complete", ticket, at: site,
            [
                "circuit": .text("NX-1"), "completedAt": .integer(province.now), "resolution": .text("open"),
                "testReport": .text(hash.text),
            ])
        let found = try figures()
        #expect(found.map(\.value) == ["available"])
        #expect(found.first?.tickets == 1)
        #expect(found.first?.average == province.now - opened)
    }

    @Test("I1: a step waits for those before it, and shows who does it")
    func stepOrder() throws {
        let province = try FlowProvince.made()
        let ticket = try accepted(province)
        try start(ticket, check(province), province)
        let early = deskError {
            try province.act(.step("circuitTest", .begun, text: ""), on: ticket, at: province.yinchuan)
        }
        #expect(early?.message.hasPrefix("Step circuitTest waits for ") == true)
        let steps = try province.steps(of: ticket, at: province.yinchuan)
        #expect(steps.all.allSatisfy { !$0.template.department.isEmpty })
        try province.act(.step("resourceAssign", .done, text: ""), on: ticket, at: province.yinchuan)
        #expect(
            deskError {
                try province.act(.step("resourceAssign", .begun, text: ""), on: ticket, at: province.yinchuan)
            }?.kind == .wrongState)
    }

    @Test("I1: a step has a clock of its own, from when it can begin until it is reported back; sent back it runs anew")
    func stepClock() throws {
        let province = try FlowProvince.made()
        let site = province.yinchuan
        let ticket = try accepted(province)
        let early = deskError { try province.act(.step("resourceAssign", .begun, text: ""), on: ticket, at: site) }
        #expect(early?.message == "No step is worked while the ticket is accepted.")
        try start(ticket, check(province), province)
        let started = province.now
        func run(_ id: String) throws -> TicketCourse.StepRun? {
            let row = try province.row(ticket, at: site)
            let timing = try #require(
                try TicketTiming(of: row, in: site.store, shelf: PackShelf(), at: province.now))
            return timing.course.steps.first { $0.step == id }
        }
        let ready = try #require(try run("resourceAssign")).ready
        #expect(ready == started)
        #expect(try run("deviceInstall") == nil)
        province.now += 3_600_000
        try province.act(.step("resourceAssign", .done, text: ""), on: ticket, at: site)
        #expect(try run("resourceAssign")?.ready == ready)
        #expect(try run("resourceAssign")?.done == province.now)
        #expect(try run("deviceInstall")?.ready == province.now)
        try province.act(.step("resourceAssign", .returned, text: "wrong port"), on: ticket, at: site)
        #expect(try run("resourceAssign")?.ready == province.now)
        #expect(try run("resourceAssign")?.done == nil)
        let row = try province.row(ticket, at: site)
        let timing = try #require(try TicketTiming(of: row, in: site.store, shelf: PackShelf(), at: province.now))
        let clock = try #require(timing.readings.first { $0.step == "resourceAssign" })
        #expect(clock.kind == .step)
        #expect(clock.due.map { $0.milliseconds > province.now } == true)
    }

    @Test("I10: whoever meets an obstacle says which, and it is seen at the hub until it is cleared")
    func exception() throws {
        let province = try FlowProvince.made()
        let ticket = try accepted(province)
        try start(ticket, check(province), province)
        let site = province.yinchuan
        #expect(
            deskError {
                try province.act(.step("resourceAssign", .exception, text: ""), on: ticket, at: site)
            }?.problems.map(\.field) == ["reason"])
        try province.act(.step("resourceAssign", .exception, text: "no port"), on: ticket, at: site)
        try province.converge()
        #expect(try province.steps(of: ticket, at: province.hub).step("resourceAssign")?.state == .exception)
        try province.act(.step("resourceAssign", .begun, text: ""), on: ticket, at: site)
        try province.converge()
        #expect(try province.steps(of: ticket, at: province.hub).step("resourceAssign")?.state == .begun)
    }

    @Test("a check can be opened for its order, and only where a step of the order says so")
    func children() throws {
        let province = try FlowProvince.made()
        let site = province.yinchuan
        let ticket = try accepted(province)
        var child = NewTicket(type: "resourceCheck", home: site.id, fields: ["subject": .text("核查")])
        child.parent = try province.number(ticket, at: site)
        let opened = try province.open(child, at: site).row.id
        try province.converge()
        for place in [site, province.hub] {
            let family = try TicketFamily(of: province.row(ticket, at: place), in: place.store)
            #expect(family.children.map(\.id) == [opened])
            let back = try TicketFamily(of: province.row(opened, at: place), in: place.store)
            #expect(back.parent?.id == ticket)
        }
        child.type = "complaint"
        #expect(deskError { try province.open(child, at: site) }?.problems.map(\.field) == ["parent"])
        try province.checkAgreement()
    }
}
