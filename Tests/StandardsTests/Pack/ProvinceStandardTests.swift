import Foundation
import Standards
import Testing

@Suite("The province's default standard")
struct ProvinceStandardTests {
    private static let result = Result {
        let folder = ProjectFiles.root.appendingPathComponent("Topology/standards/province").path
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".json") }
        return PackFolder.check(
            try names.map {
                PackFolder.File(name: $0, bytes: try ProjectFiles.bytes("Topology/standards/province/" + $0))
            })
    }

    private func pack() throws -> StandardPack {
        let result = try Self.result.get()
        #expect(result.findings == [])
        return try #require(result.pack)
    }

    @Test("A2, D6: it has the thirteen kinds of tickets, each with a procedure that roles of its own take")
    func types() throws {
        let pack = try pack()
        #expect(
            pack.ticketTypes.map(\.name.zh) == [
                "投诉", "故障", "咨询", "内部咨询", "SP问题", "技术支撑", "资源核查", "业务开通", "提速", "迁移", "割接", "巡检", "服务前置",
            ])
        #expect(pack.ticketTypes.allSatisfy { $0.transitions.allSatisfy { !$0.roles.isEmpty } })
        #expect(Set(pack.roles.map(\.id)).isSuperset(of: pack.ticketTypes.flatMap { $0.transitions.flatMap(\.roles) }))
    }

    @Test("P12: five ways of access carry exactly the businesses that they are for")
    func catalogue() throws {
        let catalogue = try #require(try pack().procedure.catalogue)
        let names = Dictionary(
            catalogue.businesses.map { ($0.id, $0.name.zh) }, uniquingKeysWith: { first, _ in first })
        let offered = catalogue.classes.map { ($0.name.zh, Set($0.businesses.compactMap { names[$0] })) }
        let expected: [(String, Set<String>)] = [
            ("光缆", ["光纤出租", "波长出租"]),
            ("光缆与光收发", ["光纤独享互联网专线", "以太网专线", "MPLS VPN", "互联网专线", "主机托管", "综合VPDN"]),
            ("光缆与PON", ["MPLS VPN", "互联网专线", "视频监控"]),
            ("光缆与SDH/MSTP", ["以太网专线", "用户中继线"]),
            ("光缆与UTN", ["以太网专线", "综合VPDN", "呼叫中心", "用户中继线"]),
        ]
        #expect(offered.map(\.0) == expected.map(\.0))
        #expect(offered.map(\.1) == expected.map(\.1))
    }

    @Test("P13, I1: four modes, each with steps; none builds where the resources are there")
    func modes() throws {
        let pack = try pack()
        #expect(pack.procedure.modes.map(\.name.zh) == ["光缆类", "光缆与设备类", "设备类", "综合类"])
        let construct = try #require(pack.procedure.step("construct"))
        #expect(construct.omitted.hold { ["resourceResult": "available"][$0] })
        #expect(!construct.omitted.hold { ["resourceResult": "needsBuild"][$0] })
        #expect(pack.procedure.steps.allSatisfy { !$0.department.isEmpty })
    }

    @Test("A3: the tree of categories has hundreds of entries, all of them examples")
    func categories() throws {
        let pack = try pack()
        #expect(pack.categories.count >= 200)
        #expect(pack.categories.allSatisfy { $0.isIllustrative })
        #expect(pack.categories.contains { $0.parent != nil })
        #expect(pack.ticketTypes.allSatisfy { !pack.categories(for: $0.id).isEmpty })
    }

    @Test("D2, D3: every limit says who set it and how sure that is; what was not looked up is not called verified")
    func limits() throws {
        let pack = try pack()
        #expect(pack.limits.allSatisfy { !$0.reference.isEmpty })
        #expect(pack.limits.filter { $0.source == .province }.allSatisfy { $0.confidence != .verified })
        #expect(pack.limits.contains { $0.source == .regulation && $0.confidence == .verified })
        #expect(pack.limits.contains { $0.limit?.unit == .sameDay })
        let fault = try #require(pack.ticketType("fault"))
        for rural in ["true", "false"] {
            let rules = pack.limits.filter { rule in
                rule.clock == .solution && rule.source == .regulation
                    && rule.applies(to: fault.id) { ["isRural": rural][$0] }
            }
            #expect(rules.compactMap(\.limit?.value).min() == (rural == "true" ? 72 : 48))
        }
    }

    @Test("A10: of a major or difficult fault an analysis report is due, and of no other")
    func reports() throws {
        let rules = try pack().limits.filter { $0.clock == .report }
        #expect(rules.compactMap(\.until) == ["analysisReport"])
        for (level, isDue) in [("general", false), ("major", true), ("difficult", true)] {
            #expect(rules.contains { $0.applies(to: "fault") { ["faultLevel": level][$0] } } == isDue)
        }
    }

    @Test("P10: what is recommended follows from the kind of customer")
    func schemes() throws {
        let rules = try pack().customers
        for name in ["government", "party", "army", "finance"] {
            let scheme = try #require(rules.schemes.first { $0.customerClasses.contains(name) })
            #expect(scheme.isDualRoute)
            #expect(scheme.accessClasses.contains("fibreSdh"))
        }
        #expect(rules.schemes.contains { $0.customerClasses.contains("chainRetail") && !$0.isDualRoute })
    }

    @Test("D7: a bank of long standing is of a higher grade than somebody who is in arrears")
    func grades() throws {
        let rules = try pack().customers
        let model = try #require(rules.gradeModel)
        let bank = model.grade(of: .init(customerClass: "finance", monthlyFen: 10_000_000, years: 10)).grade
        let other = model.grade(of: .init(customerClass: "individual", monthlyFen: 5_000, arrears: 6)).grade
        #expect(bank == rules.grades.first?.id)
        #expect(other == rules.grades.last?.id)
    }

    @Test("R8, A9: what a clerk may decide alone is less than a supervisor may")
    func authority() throws {
        let organisation = try pack().organisation
        let clerk = try #require(organisation.role("clerk")?.authority[.refundFen])
        let supervisor = try #require(organisation.role("supervisor")?.authority[.refundFen])
        #expect(clerk < supervisor)
        #expect(organisation.roles.allSatisfy { $0.duties != nil })
    }

    @Test(
        "A11: a fault is filled from its circuit: grade, route, both ends and team; every form with a circuit says so")
    func circuits() throws {
        let pack = try pack()
        let fault = try #require(pack.ticketType("fault"))
        #expect(fault.work.circuit == CircuitUse(field: "circuit", whenUnknown: .flag))
        #expect(Set(fault.fields.compactMap(\.source)) == [.endA, .endZ, .route, .grade, .team, .accessClass])
        for type in pack.ticketTypes {
            #expect((type.work.circuit != nil) == (type.field("circuit") != nil), "\(type.id)")
        }
        let guarded = pack.ticketTypes.filter { type in
            type.transitions.contains { $0.guards.contains(.knownCircuit(unless: "circuitReason")) }
        }
        #expect(guarded.map(\.id) == ["fault", "speedUp", "move"])
    }

    @Test("it fits into one change, which is how it travels")
    func size() throws {
        let document = try Self.result.get().document
        #expect(document.count < 1 << 20)
    }
}
