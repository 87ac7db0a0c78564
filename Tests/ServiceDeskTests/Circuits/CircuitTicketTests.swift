import Replication
import ServiceDesk
import Standards
import Testing

@Suite("Tickets of circuits")
struct CircuitTicketTests {
    /// The province's standard, by which faults of unknown circuits are refused.
    private func refusing() throws -> DeskProvince {
        let province = try FlowProvince.made()
        try province.publish(
            FlowProvince.changed(version: "2027.2") { type in
                if type["id"] as? String == "fault" { type["unknownCircuit"] = "refuse" }
            })
        try province.converge()
        return province
    }

    @Test("A11: choosing a circuit fills customer, grade, route, both ends and team, and dispatches by it, offline")
    func filled() throws {
        let province = try FlowProvince.made()
        let site = province.yinchuan
        let first = try province.open(at: site, customer: NewTicket.Customer(name: "某银行", phone: "13900000001"))
        let customer = try #require(try province.customer(of: first, at: site))
        try province.set(
            "C-1", DeskProvince.usual.merging(["customer": .text(customer.text)]) { _, new in new }, at: site)
        let ticket = try province.fault(" c-1", at: site)
        let expected = [
            "circuit": "C-1", "addressA": "银川机房", "addressZ": "石嘴山机房", "circuitRoute": "环网一东",
            "protectionGrade": "aaa", "accessClass": "fibreSdh", "assignedTeam": "传输三班",
        ]
        for (word, text) in expected.sorted(by: { $0.key < $1.key }) {
            #expect(try province.text(word, of: ticket, at: site) == text, "\(word)")
        }
        #expect(try province.customer(of: ticket, at: site) == customer)
        #expect(try province.department(of: ticket, at: site) == "transmission")
        #expect(try province.circuit(of: ticket, at: site)?.isKnown == true)
        try province.converge()
        #expect(try province.department(of: ticket, at: province.hub) == "transmission")
        #expect(try province.text("circuitRoute", of: ticket, at: province.hub) == "环网一东")
        try province.checkAgreement()
    }

    @Test("A11: the limits of its grade count for the ticket")
    func limits() throws {
        let province = try FlowProvince.made()
        let site = province.yinchuan
        try province.set("C-1", at: site)
        func decisive(_ ticket: EntityID) throws -> String? {
            let row = try province.row(ticket, at: site)
            let timing = try #require(try TicketTiming(of: row, in: site.store, shelf: PackShelf(), at: province.now))
            return timing.readings.first { $0.kind == .solution }?.decisive?.rule.id
        }
        #expect(try decisive(province.fault("C-1", at: site)) == "faultSolutionAaa")
        #expect(try decisive(province.fault("C-2", at: site)) != "faultSolutionAaa")
    }

    @Test("nothing that somebody has filled in is written over, and a route still decides where no circuit does")
    func keeps() throws {
        let province = try FlowProvince.made()
        let site = province.yinchuan
        try province.set("C-1", at: site)
        let ticket = try province.fault("C-1", at: site, ["assignedTeam": .text("夜班"), "protectionGrade": .text("a")])
        #expect(try province.text("assignedTeam", of: ticket, at: site) == "夜班")
        #expect(try province.text("protectionGrade", of: ticket, at: site) == "a")
        #expect(try province.text("circuitRoute", of: ticket, at: site) == "环网一东")
        try province.set("C-2", ["team": .text("二班"), "grade": .text("platinum")], at: site)
        let other = try province.fault("C-2", at: site)
        #expect(try province.department(of: other, at: site) == "customerResponse")
        #expect(try province.text("assignedTeam", of: other, at: site) == "二班")
        // The form offers no such grade.
        #expect(try province.text("protectionGrade", of: other, at: site) == nil)
        let plain = try province.open("fault", at: site, ["subject": .text("x")])
        #expect(try province.circuit(of: plain, at: site) == nil)
    }

    @Test("a circuit that is named later fills what is empty, and sends a ticket that nobody has taken up")
    func later() throws {
        let province = try FlowProvince.made()
        let site = province.yinchuan
        try province.set("C-1", at: site)
        let ticket = try province.open("fault", at: site, ["subject": .text("x"), "assignedTeam": .text("夜班")])
        #expect(try province.department(of: ticket, at: site) == "customerResponse")
        try province.act(.assign(["circuit": .text("C-1")]), on: ticket, at: site)
        #expect(try province.text("assignedTeam", of: ticket, at: site) == "夜班")
        #expect(try province.text("addressZ", of: ticket, at: site) == "石嘴山机房")
        #expect(try province.department(of: ticket, at: site) == "transmission")
        try province.act(.handOver(to: "network", reason: "光缆"), on: ticket, at: site)
        try province.act(.acceptHandOver, on: ticket, at: site)
        try province.act(.assign(["circuit": .text("C-1")]), on: ticket, at: site)
        #expect(try province.department(of: ticket, at: site) == "network", "it is no other circuit")
        let taken = try province.open("fault", at: site, ["subject": .text("x")])
        try province.take("accept", taken, at: site, ["circuit": .text("C-1")])
        #expect(try province.department(of: taken, at: site) == "transmission")
        let working = try province.open("fault", at: site, ["subject": .text("x")])
        try province.take("accept", working, at: site)
        try province.act(.assign(["circuit": .text("C-1")]), on: working, at: site)
        #expect(try province.text("addressZ", of: working, at: site) == "石嘴山机房")
        #expect(try province.department(of: working, at: site) == "customerResponse")
    }

    @Test("another circuit puts its own in the place of what the first had filled in")
    func another() throws {
        let province = try FlowProvince.made()
        let site = province.yinchuan
        try province.set("C-1", at: site)
        try province.set("C-2", ["team": .text("二班"), "department": .text("network")], at: site)
        let ticket = try province.fault("C-1", at: site)
        try province.act(.assign(["circuit": .text("C-2")]), on: ticket, at: site)
        #expect(try province.text("assignedTeam", of: ticket, at: site) == "二班")
        #expect(try province.text("addressZ", of: ticket, at: site) == nil)
        #expect(try province.text("protectionGrade", of: ticket, at: site) == nil)
        #expect(try province.department(of: ticket, at: site) == "network")
        try province.act(.assign(["circuit": .text("C-404")]), on: ticket, at: site)
        #expect(try province.text("assignedTeam", of: ticket, at: site) == nil)
    }

    @Test("A11: a number that nobody here knows is flagged, and shows as known once the circuit is heard of")
    func flagged() throws {
        let province = try FlowProvince.made()
        let site = province.guyuan
        try province.set("C-1", at: province.yinchuan)
        let ticket = try province.fault("C-1", at: site)
        let version = try province.version(of: ticket, at: site)
        #expect(try province.circuit(of: ticket, at: site)?.isKnown == false)
        #expect(try province.circuit(of: ticket, at: site)?.number == "C-1")
        try province.converge()
        #expect(try province.circuit(of: ticket, at: site)?.isKnown == false, "it does not concern this branch")
        #expect(try province.circuit(of: ticket, at: province.hub)?.isKnown == true)
        try province.set("C-1", [:], at: province.yinchuan, adding: [site], reason: "固原段割接")
        try province.converge()
        #expect(try province.circuit(of: ticket, at: site)?.isKnown == true)
        #expect(try province.circuit(of: ticket, at: site)?.fact(.team) == "传输三班")
        #expect(try province.version(of: ticket, at: site) == version)
    }

    @Test("A11: a type that takes no unknown circuits refuses one, at opening, later and with a step")
    func refused() throws {
        let province = try refusing()
        let site = province.yinchuan
        let error = deskError { try province.fault("C-1", at: site) }
        #expect(error?.problems.map(\.field) == ["circuit"])
        #expect(error?.message.contains("C-1") == false)
        let ticket = try province.open("fault", at: site, ["subject": .text("x")])
        #expect(deskError { try province.act(.assign(["circuit": .text("C-1")]), on: ticket, at: site) } != nil)
        #expect(deskError { try province.take("accept", ticket, at: site, ["circuit": .text("C-1")]) } != nil)
        #expect(try province.stage(of: ticket, at: site) == "reported")
        try province.set("C-1", at: site)
        try province.act(.assign(["circuit": .text("C-1")]), on: ticket, at: site)
        #expect(try province.text("addressZ", of: ticket, at: site) == "石嘴山机房")
        try province.converge()
        #expect(try province.refusals(of: ticket, at: province.hub) == [])
        try province.checkAgreement()
    }

    @Test("what software without rules says of an unknown circuit is refused at the hub where the type takes none")
    func forged() throws {
        let province = try refusing()
        let site = province.yinchuan
        let ticket = try province.open("fault", at: site, ["subject": .text("x")])
        try province.converge()
        let forged = try province.force(
            [.assign(FieldNumbers.field("circuit"), .text("C-404"))], on: ticket, at: site)
        try province.converge()
        #expect(try province.hub.store.refusedChange(forged) != nil)
        #expect(try province.text("circuit", of: ticket, at: province.hub) == nil)
    }

    @Test("a row that was imported keeps the circuit that it names, known or not, and nothing is filled in")
    func imported() throws {
        let province = try refusing()
        let site = province.yinchuan
        try province.set("C-1", at: site)
        for number in ["c-1", "C-404"] {
            var row = NewTicket(
                type: "fault", home: site.id, fields: ["subject": .text("旧单"), "circuit": .text(number)])
            row.source = NewTicket.Source(name: "old-desk", key: number)
            let ticket = try province.open(row, at: site).row.id
            #expect(try province.text("circuit", of: ticket, at: site) == number)
            #expect(try province.text("addressZ", of: ticket, at: site) == nil)
            try province.converge()
            #expect(try province.text("circuit", of: ticket, at: province.hub) == number)
        }
    }

    @Test("a circuit that is out of service is not chosen; who had chosen it before keeps it")
    func retired() throws {
        let province = try FlowProvince.made()
        let site = province.yinchuan
        try province.set("C-1", at: site)
        let before = try province.fault("C-1", at: site)
        try province.set("C-1", ["retired": .bool(true)], at: site, reason: "客户退租")
        let error = deskError { try province.fault("c-1", at: site) }
        #expect(error?.message == "The circuit is out of service.")
        #expect(error?.problems.map(\.field) == ["circuit"])
        try province.take("accept", before, at: site)
        let named = try #require(try province.circuit(of: before, at: site))
        #expect(named.isKnown && named.isRetired)
        try province.set("C-1", ["retired": .bool(false)], at: site, reason: "误操作")
        _ = try province.fault("c-1", at: site)
        try province.converge()
        try province.checkAgreement()
    }

    @Test("I6: a circuit is not speeded up before it is known, or somebody says why not")
    func knownCircuit() throws {
        let province = try FlowProvince.made()
        let site = province.yinchuan
        func order(_ number: String) throws -> EntityID {
            try province.open(
                "speedUp", at: site,
                ["subject": .text("提速"), "circuit": .text(number), "newBandwidth": .text("100M")])
        }
        let ticket = try order("C-1")
        let error = deskError { try province.take("accept", ticket, at: site) }
        #expect(error?.message == "The circuit that circuit names is not known here.")
        let forged = try province.force(
            [.transition(Transition(name: "accept", from: ["acknowledged"], to: "accepted"))],
            on: try order("C-2"), at: site)
        try province.converge()
        #expect(try province.hub.store.refusedChange(forged) != nil)
        try province.set("C-1", at: site)
        try province.take("accept", ticket, at: site)
        let other = try order("C-3")
        try province.take("accept", other, at: site, ["circuitReason": .text("资料未移交")])
        try province.converge()
        #expect(try province.state(ticket, at: province.hub) == "accepted")
        #expect(try province.state(other, at: province.hub) == "accepted")
    }
}
