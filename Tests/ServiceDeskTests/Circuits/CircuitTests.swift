import Replication
import ServiceDesk
import Testing

@Suite("Circuits")
struct CircuitTests {
    @Test("a number is one circuit, however it is written")
    func number() throws {
        let province = try FlowProvince.made()
        let row = try province.set(" yc／szs  10g-0001 ", at: province.yinchuan)
        #expect(row.state[CircuitField.number] == .text("YC/SZS 10G-0001"))
        #expect(row.id == CircuitBook.name(of: "YC/SZS 10G-0001"))
        for spelling in ["YC/SZS 10G-0001", "yc/szs 10g-0001", "ＹＣ/SZS　10G-0001"] {
            #expect(try CircuitBook.circuit(spelling, in: province.yinchuan.store)?.id == row.id)
        }
        #expect(try CircuitBook.circuit("YC/SZS 10G-0002", in: province.yinchuan.store) == nil)
        let longest = String(repeating: "路", count: 60)
        #expect(try province.set(longest, at: province.yinchuan).state[CircuitField.number] == .text(longest))
        for wrong in ["", "  ", longest + "路", "A\u{7}B"] {
            let error = deskError { try province.set(wrong, at: province.yinchuan) }
            #expect(error?.problems.map(\.field) == ["number"])
        }
    }

    @Test("promise 7: a circuit goes to the hub and to the branches that it concerns, and to no other")
    func audience() throws {
        let province = try FlowProvince.made()
        try province.set("C-1", at: province.yinchuan, adding: [province.guyuan])
        try province.converge()
        for site in [province.hub, province.yinchuan, province.guyuan] {
            #expect(try province.fact(CircuitField.team, "C-1", at: site) == .text("传输三班"))
        }
        #expect(try province.wuzhong.store.row(CircuitBook.name(of: "C-1")) == nil)
        #expect(try province.circuits(at: province.wuzhong) == [])
        try province.checkAgreement()
    }

    @Test("what the province takes from a branch is no longer listed or found there")
    func withdrawn() throws {
        let province = try FlowProvince.made()
        try province.set("C-1", at: province.yinchuan, adding: [province.guyuan])
        try province.converge()
        try province.set("C-1", [:], at: province.hub, removing: [province.guyuan], reason: "改由银川维护")
        try province.converge()
        #expect(try province.circuits(at: province.guyuan) == [])
        #expect(try province.fact(CircuitField.team, "C-1", at: province.guyuan) == nil)
        #expect(try province.circuits(at: province.yinchuan) == ["C-1"])
        try province.checkAgreement()
    }

    @Test("two sites that register one number make one circuit, and a conflict shows where they differ")
    func registeredTwice() throws {
        let province = try FlowProvince.made()
        let first = try province.set("C-1", ["team": .text("一班")], at: province.yinchuan, adding: [province.guyuan])
        let second = try province.set("c-1", ["team": .text("二班")], at: province.guyuan, adding: [province.yinchuan])
        #expect(first.id == second.id)
        try province.converge()
        for site in [province.hub, province.yinchuan, province.guyuan] {
            #expect(try province.circuits(at: site) == ["C-1"])
            #expect(try province.fact(CircuitField.team, "C-1", at: site) == .text("二班"))
            let row = try #require(try CircuitBook.circuit("C-1", in: site.store))
            #expect(row.state.conflicts.map(\.subject).contains(.field(CircuitField.team)))
        }
        try province.checkAgreement()
    }

    @Test("a branch that registers a number which is another's is refused, and does not come to see that one's circuit")
    func othersNumber() throws {
        let province = try FlowProvince.made()
        try province.set("C-1", at: province.yinchuan)
        try province.converge()
        try province.set("C-1", ["team": .text("吴忠一班")], at: province.wuzhong)
        try province.converge()
        #expect(try province.fact(CircuitField.team, "C-1", at: province.hub) == .text("传输三班"))
        #expect(try province.circuits(at: province.wuzhong) == [])
        let name = CircuitBook.name(of: "C-1")
        #expect(try province.refusals(of: name, at: province.wuzhong).count == 1)
        try province.checkAgreement()
    }

    @Test("a change needs a reason, and everything that is wrong with it is found at once")
    func problems() throws {
        let province = try FlowProvince.made()
        let site = province.yinchuan
        try province.set("C-1", at: site)
        let reasonless = deskError { try province.set("C-1", ["team": .text("二班")], at: site) }
        #expect(reasonless?.problems.map(\.field) == ["reason"])
        let wrong = deskError {
            try province.set(
                "C-1",
                [
                    "team": .text(String(repeating: "班", count: 201)), "department": .text("pirates"),
                    "colour": .text("blue"), "retired": .text("yes"), "customer": .text("somebody"),
                    "business": .text("piracy"), "accessClass": .integer(1),
                ], at: site, removing: [site], reason: "x")
        }
        #expect(
            wrong?.problems.map(\.field) == [
                "accessClass", "business", "colour", "customer", "department", "retired", "team", "remove",
            ])
        let stranger = deskError {
            try province.set("C-1", ["customer": .text(String(repeating: "0", count: 32))], at: site, reason: "x")
        }
        #expect(stranger?.problems.map(\.field) == ["customer"])
        let nowhere = deskError { try province.set("C-2", at: province.hub) }
        #expect(nowhere?.problems.map(\.field) == ["add"])
        #expect(deskError { try province.set("C-1", [:], at: site, reason: "x") }?.problems.map(\.field) == ["facts"])
        #expect(try province.fact(CircuitField.team, "C-1", at: site) == .text("传输三班"))
        try province.set("C-1", ["team": .text(""), "grade": .null], at: site, reason: "撤班")
        #expect(try province.fact(CircuitField.team, "C-1", at: site) == .null)
        #expect(try province.fact(CircuitField.grade, "C-1", at: site) == .null)
    }

    @Test("a request that is repeated does nothing twice, and a page that is too old writes nothing")
    func repeated() throws {
        let province = try FlowProvince.made()
        let site = province.yinchuan
        let key = IdempotencyKey(client: "test", key: "1", content: [1])
        let row = try province.set("C-1", at: site, key: key)
        #expect(try province.set("C-1", at: site, key: key).version == row.version)
        let shown = try province.version(of: row.id, at: site)
        try province.set("C-1", ["team": .text("二班")], at: site, reason: "x")
        #expect(throws: StaleForm.self) {
            try province.set("C-1", ["team": .text("三班")], at: site, reason: "x", shown: shown)
        }
        #expect(try province.fact(CircuitField.team, "C-1", at: site) == .text("二班"))
    }

    @Test("what software without rules writes of circuits is refused at the hub")
    func forged() throws {
        let province = try FlowProvince.made()
        let (yinchuan, wuzhong) = (province.yinchuan, province.wuzhong)
        try province.set("C-1", at: yinchuan, adding: [province.guyuan])
        try province.converge()
        let name = CircuitBook.name(of: "C-1")
        let own = Edit.add(CircuitField.sites, .text(wuzhong.id.text))
        let other = CircuitBook.name(of: "C-9")
        let lowered = CircuitBook.name(of: "c-8")
        let forgeries: [(edits: [Edit], entity: EntityID, site: DeskSite)] = [
            ([.create(Creation()), .assign(CircuitField.number, .text("C-1")), own], name, wuzhong),
            ([.create(Creation()), .assign(CircuitField.number, .text("C-10")), own], other, wuzhong),
            ([.create(Creation()), .assign(CircuitField.number, .text("c-8")), own], lowered, wuzhong),
            ([.create(Creation()), .assign(CircuitField.number, .text("C-9"))], other, wuzhong),
            ([.assign(CircuitField.number, .text("C-2"))], name, yinchuan),
            ([.remove(CircuitField.sites, .text(province.guyuan.id.text))], name, yinchuan),
            ([.assign(CircuitField.sites, .text(yinchuan.id.text))], name, yinchuan),
            ([.assign(CircuitField.team, .text(String(repeating: "班", count: 201)))], name, yinchuan),
        ]
        for (place, forgery) in forgeries.enumerated() {
            let change = try province.force(forgery.edits, on: forgery.entity, at: forgery.site)
            try province.converge()
            #expect(try province.hub.store.refusedChange(change) != nil, "forgery \(place)")
        }
        #expect(try province.circuits(at: province.hub) == ["C-1"])
        #expect(try province.fact(CircuitField.team, "C-1", at: province.hub) == .text("传输三班"))
        #expect(try province.circuits(at: province.guyuan) == ["C-1"])
    }

    @Test("a list goes by numbers, page by page, and leaves out what is out of service")
    func list() throws {
        let province = try FlowProvince.made()
        let site = province.yinchuan
        for number in ["B-1", "A-2", "A-1", "A-10", "银-1"] { try province.set(number, at: site) }
        try province.set("A-2", ["retired": .bool(true)], at: site, reason: "退租")
        var query = CircuitQuery()
        func numbers() throws -> [String] {
            try query.page(in: site.store).rows.compactMap { $0.state[CircuitField.number].textValue }
        }
        #expect(try numbers() == ["A-1", "A-10", "B-1", "银-1"])
        query.prefix = "a-"
        #expect(try numbers() == ["A-1", "A-10"])
        query.withRetired = true
        query.limit = 2
        #expect(try numbers() == ["A-1", "A-10"])
        query.after = try query.page(in: site.store).next
        #expect(query.after == "A-10")
        #expect(try numbers() == ["A-2"])
        #expect(try query.page(in: site.store).next == nil)
    }

    @Test("a list that is otherwise than the log says is found and mended")
    func damaged() throws {
        let province = try FlowProvince.made()
        let site = province.yinchuan
        try province.set("C-1", at: site)
        func problems() throws -> [String] {
            try site.database.transaction(.deferred) { try DeskVerification.run(site.store, for: site.id) }.problems
        }
        #expect(try problems() == [])
        try site.database.run("UPDATE circuit SET is_retired = 1")
        #expect(try problems().count == 1)
        try site.database.run("DELETE FROM circuit")
        #expect(try problems().count == 2)
    }

    @Test("whose circuits a branch has it may see, as long as it has them")
    func customers() throws {
        let province = try FlowProvince.made()
        let ticket = try province.open(
            at: province.yinchuan, customer: NewTicket.Customer(name: "某银行", phone: "13900000001"))
        let customer = try #require(try province.customer(of: ticket, at: province.yinchuan))
        let facts = DeskProvince.usual.merging(["customer": .text(customer.text)]) { _, new in new }
        try province.set("C-1", facts, at: province.yinchuan, adding: [province.guyuan])
        try province.converge()
        #expect(try province.sites(of: customer) == ["nx-guyuan", "nx-yinchuan"])
        #expect(try province.shown(customer, at: province.guyuan)?[CustomerField.name] == .text("某银行"))
        #expect(try province.shown(customer, at: province.wuzhong) == nil)
        try province.set("C-1", ["customer": .null], at: province.guyuan, reason: "过户")
        try province.converge()
        #expect(try province.sites(of: customer) == ["nx-yinchuan"])
        #expect(try province.shown(customer, at: province.guyuan) == nil)
        try province.checkAgreement()
    }

    @Test("a customer stays where its circuit is, when its ticket leaves")
    func ticketLeaves() throws {
        let province = try FlowProvince.made()
        let (site, other) = (province.yinchuan, province.wuzhong)
        let ticket = try province.open(at: site, customer: NewTicket.Customer(name: "某银行", phone: "13900000001"))
        let customer = try #require(try province.customer(of: ticket, at: site))
        try province.set("C-1", ["customer": .text(customer.text)], at: site)
        try province.act(.offerTransfer(other.id), on: ticket, at: site)
        try province.converge()
        try province.act(.acceptTransfer, on: ticket, at: other)
        try province.converge()
        #expect(try province.shown(ticket, at: site) == nil)
        #expect(try province.shown(customer, at: site)?[CustomerField.name] == .text("某银行"))
        #expect(try province.sites(of: customer) == ["nx-wuzhong", "nx-yinchuan"])
        try province.checkAgreement()
    }

    @Test("it holds no customer's name, only which customer has it")
    func noNames() throws {
        let province = try FlowProvince.made()
        let ticket = try province.open(
            at: province.yinchuan, customer: NewTicket.Customer(name: "独特名称", phone: "13900000001"))
        let customer = try #require(try province.customer(of: ticket, at: province.yinchuan))
        let row = try province.set("C-1", ["customer": .text(customer.text)], at: province.yinchuan)
        let texts = row.state.fields.entries.compactMap(\.value.value.textValue)
        #expect(!texts.contains { $0.contains("独特名称") })
        #expect(row.state[CircuitField.customer] == .bytes(customer.bytes))
    }
}
