import Standards
import Testing

@Suite("A pack of the second format")
struct WholePackTests {
    private func problems(_ key: String, _ value: JSONValue) -> [String] {
        PackSamples.problems(PackSamples.changed { $0[key] = value })
    }

    @Test("everything of it is read")
    func everything() throws {
        let (read, findings) = StandardPack.check(PackSamples.changed { _ in })
        #expect(findings == [])
        let pack = try #require(read)
        #expect(pack.organisation.role("clerk")?.authority == [.refundFen: 5_000])
        #expect(pack.procedure.catalogue?.offers("rental", over: "fibre") == true)
        #expect(pack.procedure.catalogue?.offers("vpn", over: "fibre") == false)
        #expect(pack.procedure.mode("cable")?.steps == ["survey", "build"])
        let order = try #require(pack.ticketType("order"))
        #expect(order.field("access")?.options.map(\.id) == ["fibre", "pon"])
        #expect(order.transition("finish")?.guards == [.stepsDone])
        #expect(order.work.rules == [.catalogued(accessClass: "access", business: "business")])
        #expect(pack.ticketType("review")?.work.review?.vetoing == ["quality"])
        #expect(pack.category("slow")?.types == ["order"])
        #expect(pack.lineage(of: "slow") == ["slow", "lines"])
        #expect(pack.descendants(of: ["lines"]) == ["lines", "slow"])
        #expect(pack.descendants(of: ["slow", "gone"]) == ["gone", "slow"])
        #expect(pack.limits.map(\.id) == ["law", "ours"])
    }

    @Test("D7: a grade follows from background, revenue and behaviour")
    func grade() throws {
        let model = try #require(StandardPack.check(PackSamples.changed { _ in }).0?.customers.gradeModel)
        #expect(model.grade(of: .init(customerClass: "bank")).grade == "gold")
        #expect(model.grade(of: .init(monthlyFen: 999)).parts == [0, 0, 0, 0])
        #expect(model.grade(of: .init(monthlyFen: 1_000)).parts == [0, 5, 0, 0])
        #expect(model.grade(of: .init(monthlyFen: 1_000)).grade == "plain")
    }

    @Test("a transition that names no role is refused")
    func noRoles() {
        var transition = PackSamples.transition("finish", "open", "done").objectValue ?? [:]
        transition["roles"] = nil
        let found = PackSamples.problems(PackSamples.order("transitions", [.object(transition)]))
        #expect(found.contains("/ticketTypes/0/transitions/0/roles are missing, so nobody may take this step"))
    }

    @Test("a pause reason that is not declared is refused")
    func pauseReason() {
        let field = PackSamples.field("wait", "choice", ["options": [PackSamples.named("whim")]])
        let report = PackSamples.field("report", "file")
        let found = PackSamples.problems(PackSamples.order("fields", [field, report]))
        #expect(found == ["/ticketTypes/0/pauseField names the pause reason \"whim\", which is not declared"])
    }

    @Test("a step that suspends without asking why is refused")
    func noReason() {
        let found = PackSamples.problems(
            PackSamples.order(
                "transitions",
                [
                    PackSamples.transition("finish", "open", "done"),
                    PackSamples.transition("hold", "open", "waiting", ["kind": "suspend"]),
                    PackSamples.transition("go", "waiting", "open"),
                ]))
        #expect(found == ["/ticketTypes/0/transitions hold suspends without a reason"])
    }

    @Test("a limit of the province that can end after the regulation's is refused, in whatever units they are")
    func loose() {
        let law = PackSamples.limit("law", "naturalDays", 15, source: "regulation")
        #expect(problems("limits", [law, PackSamples.limit("ours", "naturalDays", 15, source: "province")]) == [])
        let longer = problems("limits", [law, PackSamples.limit("ours", "naturalDays", 16, source: "province")])
        #expect(longer.count == 1)
        #expect(longer.first?.hasPrefix("/limits/1/limit is looser than the regulation \"law\"") == true)
        #expect(problems("limits", [law, PackSamples.limit("ours", "naturalHours", 360, source: "province")]) == [])
        // From an hour before midnight fifteen days are as long as 361 hours.
        #expect(problems("limits", [law, PackSamples.limit("ours", "naturalHours", 361, source: "province")]) == [])
        #expect(
            problems("limits", [law, PackSamples.limit("ours", "naturalHours", 362, source: "province")]).count == 1)
        // Eleven working days are mostly fifteen days, but not when they begin before a weekend.
        let working = problems("limits", [law, PackSamples.limit("ours", "workingDays", 11, source: "province")])
        #expect(working.count == 1)
        #expect(problems("limits", [law, PackSamples.limit("ours", "workingDays", 9, source: "province")]) == [])
    }

    @Test("a limit is held against a regulation that is for all its tickets, and not against one for some of them")
    func apart() {
        let rural: JSONValue = [["field": "access", "is": ["fibre"]]]
        let urban: JSONValue = [["field": "access", "is": ["pon"]]]
        func found(_ law: [String: JSONValue], _ ours: [String: JSONValue]) -> Int {
            problems(
                "limits",
                [
                    PackSamples.limit("law", "naturalDays", 5, source: "regulation", law),
                    PackSamples.limit("ours", "naturalDays", 7, source: "province", ours),
                ]
            ).count
        }
        #expect(found(["when": rural], ["when": urban]) == 0)
        #expect(found(["when": rural], [:]) == 0)
        #expect(found([:], ["when": urban]) == 1)
        #expect(found(["when": rural], ["when": rural]) == 1)
    }

    @Test("P12: a limit for a business over a way of access that does not carry it is refused")
    func outside() {
        let pair: JSONValue = [["field": "access", "is": ["fibre"]], ["field": "business", "is": ["vpn"]]]
        let found = problems("limits", [PackSamples.limit("a", "naturalDays", 5, source: "province", ["when": pair])])
        #expect(found == ["/limits/0/when the business \"vpn\" is outside fibre"])
    }

    @Test("tickets that can come to open themselves again are refused")
    func loop() {
        let found = PackSamples.problems(
            PackSamples.order(
                "transitions",
                [
                    PackSamples.transition("finish", "open", "done", ["opens": ["order"]]),
                    PackSamples.transition("hold", "open", "waiting"), PackSamples.transition("go", "waiting", "open"),
                ]))
        #expect(found.map { $0.contains("can come to open itself again") } == [true])
    }

    @Test("a step can wait only for one that stands before it, so none waits for itself")
    func stepOrder() {
        let steps: JSONValue = [
            PackSamples.named("survey", ["department": "network", "after": ["build"]]),
            PackSamples.named("build", ["department": "network", "after": ["survey"]]),
        ]
        #expect(problems("steps", steps) == ["/steps/0/after names the step \"build\", which is not declared"])
    }

    @Test("a category hangs below one that stands before it, so the tree has no circle")
    func tree() {
        let found = problems(
            "categories", [PackSamples.named("a", ["parent": "b"]), PackSamples.named("b", ["parent": "a"])])
        #expect(found.contains("/categories/0/parent names the category \"b\", which is not declared"))
    }

    @Test("days cannot be counted without a calendar")
    func noCalendar() {
        let found = PackSamples.problems(PackSamples.changed { $0["calendar"] = nil })
        #expect(found.count == 2)
        #expect(found.allSatisfy { $0.hasSuffix("but this pack has no calendar") })
    }

    @Test("whatever a guard names must be there")
    func guards() {
        func found(_ rule: JSONValue) -> [String] {
            PackSamples.problems(PackSamples.order("rules", [rule]))
        }
        #expect(found(["guard": "covers", "set": "nothing", "of": "count"]).count == 1)
        #expect(found(["guard": "childrenFinal", "types": ["nothing"]]).count == 1)
        #expect(found(["guard": "reviewPassed"]).count == 1)
        #expect(found(["guard": "stepDone"]).first?.contains("\"stepDone\" is not known") == true)
        #expect(
            found(["guard": "requiredFrom", "field": "count", "atLeast": 5, "requires": "wait", "values": ["customer"]])
                == [])
    }

    @Test("there are few enough guards to know them all")
    func fewGuards() { #expect(GuardName.allCases.count <= GuardName.limit) }

    @Test("all that is wrong is found in one pass")
    func allAtOnce() {
        let bytes = PackSamples.changed { members in
            members["departments"] = [PackSamples.named("network")]
            members["limits"] = [
                PackSamples.limit("law", "naturalDays", 1, source: "regulation"),
                PackSamples.limit("ours", "naturalDays", 7, source: "province"),
            ]
            members["routing"] = [["department": "nobody"]]
            members["colour"] = "blue"
        }
        let places = StandardPack.check(bytes).1.map(\.path)
        for place in ["/ticketTypes/1/review/departments", "/limits/1/limit", "/routing/0/department", ""] {
            #expect(places.contains(place), "\(place) in \(places)")
        }
    }
}
