import Replication
import ServiceDesk
import Standards
import Testing

struct OpeningTests {
    private static let firstStates = [
        ("complaint", "acknowledged"), ("fault", "reported"), ("enquiry", "acknowledged"),
    ]

    @Test("a ticket of each family begins where its procedure does, here and at the hub", arguments: firstStates)
    func begins(type: String, state: String) throws {
        let province = try DeskProvince()
        let ticket = try province.open(
            type, at: province.yinchuan,
            ["subject": .text("宽带不通"), "channel": .text("counter"), "address": .text("解放街 1 号")])
        try province.converge()
        for site in [province.yinchuan, province.hub] {
            let row = try site.desk(at: province.now).ticket(ticket.text)
            #expect(row.state.stageName == state)
            #expect(row.state[TicketField.type] == .text(type))
            #expect(row.state[TicketField.home] == .text("nx-yinchuan"))
            #expect(row.state[TicketField.subject] == .text("宽带不通"))
            #expect(row.state[FieldNumbers.field("address")] == .text("解放街 1 号"))
            #expect(row.state[TicketField.openedAt].integerValue != nil)
            #expect(try site.desk(at: province.now).type(of: row).type.id == type)
        }
        try province.checkAgreement()
    }

    @Test("a form without its required field is refused", arguments: ["complaint", "fault", "enquiry"])
    func required(type: String) throws {
        let province = try DeskProvince()
        for fields: [String: Value] in [[:], ["subject": .null], ["subject": .text("")]] {
            let error = deskError { try province.open(type, at: province.yinchuan, fields) }
            #expect(error?.kind == .invalid)
            #expect(error?.problems == [.init(field: "subject", problem: Flaw("is required", .required))])
        }
        #expect(try TicketQuery().count(in: province.yinchuan.store) == 0)
    }

    @Test("a choice that the form does not offer is refused with those it offers")
    func wrongChoice() throws {
        let province = try DeskProvince()
        let error = deskError {
            try province.open(
                "enquiry", at: province.yinchuan, ["subject": .text("x"), "customerGrade": .text("iron")])
        }
        #expect(
            error?.problems
                == [
                    .init(
                        field: "customerGrade",
                        problem: Flaw(
                            "is none of diamond, gold, silver, ordinary", .noOption,
                            ["diamond", "gold", "silver", "ordinary"]))
                ])
    }

    @Test("a text may have as many characters as the form says and not one more")
    func tooLong() throws {
        let province = try DeskProvince()
        let longest = String(repeating: "慢", count: 300)
        let ticket = try province.open(at: province.yinchuan, ["subject": .text(longest)])
        #expect(try province.value(TicketField.subject, of: ticket, at: province.yinchuan) == .text(longest))
        let error = deskError { try province.open(at: province.yinchuan, ["subject": .text(longest + "慢")]) }
        let flaw = Flaw("is longer than 300 characters", .tooLong, ["300"])
        #expect(error?.problems == [.init(field: "subject", problem: flaw)])
        let change = deskError {
            try province.act(.assign(["subject": .text(longest + "慢")]), on: ticket, at: province.yinchuan)
        }
        #expect(change?.problems == error?.problems)
    }

    @Test("an unknown field is refused with the one that was probably meant")
    func unknownField() throws {
        let province = try DeskProvince()
        let near = deskError {
            try province.open(at: province.yinchuan, ["subject": .text("x"), "chanel": .text("web")])
        }
        let hint = Flaw("is not on the form; did you mean channel?", .notOnForm)
        #expect(near?.problems == [.init(field: "chanel", problem: hint)])
        let far = deskError {
            try province.open(at: province.yinchuan, ["subject": .text("x"), "zodiac": .text("ox")])
        }
        #expect(far?.problems == [.init(field: "zodiac", problem: Flaw("is not on the form", .notOnForm))])
        // A circuit is a fault's, not a complaint's.
        let other = deskError {
            try province.open(at: province.yinchuan, ["subject": .text("x"), "circuit": .text("Y1")])
        }
        #expect(other?.problems.map(\.field) == ["circuit"])
    }

    @Test("all that is wrong with a form is said at once")
    func everythingAtOnce() throws {
        let province = try DeskProvince()
        let error = deskError {
            try province.open(
                "fault", at: province.yinchuan,
                ["impact": .text("total"), "isRural": .text("yes"), "siteCod": .text("N"), "startedAt": .text("noon")])
        }
        let time = "2026-01-01T10:00:00+08:00"
        let impacts = ["down", "degraded", "intermittent"]
        #expect(
            error?.problems == [
                .init(field: "subject", problem: Flaw("is required", .required)),
                .init(field: "impact", problem: Flaw("is none of down, degraded, intermittent", .noOption, impacts)),
                .init(field: "isRural", problem: Flaw("is neither true nor false", .wrongKind, ["boolean"])),
                .init(field: "siteCod", problem: Flaw("is not on the form; did you mean siteCode?", .notOnForm)),
                .init(field: "startedAt", problem: Flaw("is not a time: write it as \(time)", .notATime, [time])),
            ])
    }

    private static let wrongKinds: [(String, Value, String)] = [
        ("onBehalf", .integer(1), "is neither true nor false"), ("disputedFen", .text("12"), "is not of kind integer"),
        (
            "occurredAt", .text("now"),
            "is not a time: write it as "
                + "2026-01-01T10:00:00+08:00"
        ), ("subject", .integer(7), "is not of kind text"),
        ("assignee", .bool(true), "is not a text"),
        (
            "openedAt", .text("now"),
            "is not a time: write it as "
                + "2026-01-01T10:00:00+08:00"
        ),
        (
            "openedAt", .null,
            "is not a time: write it as "
                + "2026-01-01T10:00:00+08:00"
        ), ("supervised", .text("yes"), "is neither true nor false"),
    ]

    @Test("a value of another kind than its field is refused when opening and later", arguments: wrongKinds)
    func wrongKind(field: String, value: Value, problem: String) throws {
        let province = try DeskProvince()
        let ticket = try province.open(at: province.yinchuan)
        let change = deskError { try province.act(.assign([field: value]), on: ticket, at: province.yinchuan) }
        #expect(change?.problems.map(\.field) == [field] && change?.problems.first?.problem == problem)
        #expect(change?.problems.first?.flaw.code != nil)
        let opening = deskError {
            try province.open(
                at: province.yinchuan, ["subject": .text("x")].merging([field: value]) { _, new in new })
        }
        #expect(opening?.problems == change?.problems)
    }

    @Test("a required field is not emptied later, and others are")
    func emptied() throws {
        let province = try DeskProvince()
        let ticket = try province.open(at: province.yinchuan, ["subject": .text("x"), "area": .text("West")])
        for empty in [Value.null, .text("")] {
            let error = deskError {
                try province.act(.assign(["subject": empty]), on: ticket, at: province.yinchuan)
            }
            #expect(error?.problems == [.init(field: "subject", problem: Flaw("is required", .required))])
        }
        try province.act(.assign(["area": .null]), on: ticket, at: province.yinchuan)
        #expect(try province.value(FieldNumbers.field("area"), of: ticket, at: province.yinchuan) == .null)
        let nothing = deskError { try province.act(.assign([:]), on: ticket, at: province.yinchuan) }
        #expect(nothing?.kind == .invalid)
    }

    @Test("a category of another family is refused wherever it is named")
    func category() throws {
        let province = try DeskProvince()
        let ticket = try province.open(at: province.yinchuan, category: "billing-error")
        #expect(try province.value(TicketField.category, of: ticket, at: province.yinchuan) == .text("billing-error"))
        let opening = deskError { try province.open(at: province.yinchuan, category: "fibre-broken") }
        #expect(opening?.problems.map(\.field) == ["category"])
        let typed = deskError { try province.open(at: province.yinchuan, category: "billing-eror") }
        #expect(typed?.remedy == "Did you mean billing-error?")
        let later = deskError {
            try province.act(.assign(["category": .text("fibre-broken")]), on: ticket, at: province.yinchuan)
        }
        #expect(later?.problems.map(\.field) == ["category"])
    }

    @Test("an unknown type is refused with the one that was probably meant, or with all")
    func unknownType() throws {
        let province = try DeskProvince()
        #expect(deskError { try province.open("complain", at: province.yinchuan) }?.remedy == "Did you mean complaint?")
        #expect(
            deskError { try province.open("wish", at: province.yinchuan) }?.remedy
                == "Types: complaint, fault, enquiry, incident.")
    }

    @Test("nothing is opened for a place that is not a branch of the directory")
    func unknownHome() throws {
        let province = try DeskProvince()
        for home in ["nx-hub", "nx-nowhere", ""] {
            let ticket = NewTicket(type: "complaint", home: SiteID(home), fields: ["subject": .text("x")])
            #expect(deskError { try province.open(ticket, at: province.yinchuan) }?.problems.map(\.field) == ["home"])
        }
    }

    @Test("a customer's name and phone are taken down up to their limits")
    func customerLimits() throws {
        let province = try DeskProvince()
        let name = String(repeating: "李", count: DeskLimits.customerNameLength)
        let phone = String(repeating: "1", count: DeskLimits.customerPhoneLength)
        let ticket = try province.open(at: province.yinchuan, customer: .init(name: name, phone: phone))
        let customer = try #require(try province.customer(of: ticket, at: province.yinchuan))
        #expect(try province.value(CustomerField.name, of: customer, at: province.yinchuan) == .text(name))
        #expect(try province.value(CustomerField.phone, of: customer, at: province.yinchuan) == .text(phone))
        let error = deskError {
            try province.open(at: province.yinchuan, customer: .init(name: name + "李", phone: phone + "1"))
        }
        #expect(error?.problems.map(\.field) == ["customer.name", "customer.phone"])
    }

    @Test("a request that is repeated opens one ticket, and its key does not open another")
    func repeated() throws {
        let province = try DeskProvince()
        let key = IdempotencyKey(client: "web", key: "1", content: [1])
        let ticket = try province.open(at: province.yinchuan, key: key)
        try province.act(.transition("accept", fields: [:]), on: ticket, at: province.yinchuan)
        #expect(try province.open(at: province.yinchuan, key: key) == ticket)
        #expect(try TicketQuery().count(in: province.yinchuan.store) == 1)
        let other = IdempotencyKey(client: "web", key: "1", content: [2])
        #expect(replicationError { try province.open(at: province.yinchuan, key: other) }?.kind == .keyReused)
        try province.converge()
        // The client tries once more, at the hub: there too it is the same request.
        #expect(try province.open(at: province.hub, for: province.yinchuan, key: key) == ticket)
        #expect(replicationError { try province.open(at: province.hub, key: other) }?.kind == .keyReused)
        #expect(try province.stage(of: ticket, at: province.hub) == "inProgress")
    }
}
