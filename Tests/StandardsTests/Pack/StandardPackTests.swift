import Standards
import Testing

@Suite("The standard pack")
struct StandardPackTests {
    private static let name: JSONValue = ["zh": "名", "en": "name"]

    private static func state(_ id: String, final: Bool = false) -> JSONValue {
        ["id": .string(id), "name": name, "status": final ? "closed" : "inProgress", "final": .bool(final)]
    }

    private static func transition(
        _ transitionName: String, _ from: [String], _ to: String, requires: [String] = []
    ) -> JSONValue {
        [
            "name": .string(transitionName), "label": name, "from": .array(from.map(JSONValue.string)),
            "to": .string(to), "requires": .array(requires.map(JSONValue.string)),
        ]
    }

    private static func pack(
        fields: [JSONValue] = [], states: [JSONValue], transitions: [JSONValue], initial: String = "open",
        extra: [String: JSONValue] = [:]
    ) -> [UInt8] {
        let type: JSONValue = [
            "id": "complaint", "name": name, "fields": .array(fields), "initial": .string(initial),
            "states": .array(states), "transitions": .array(transitions),
        ]
        let members: [String: JSONValue] = [
            "format": 1, "name": name, "version": "2026.1", "ticketTypes": [type], "categories": [],
        ]
        return JSONValue.object(members.merging(extra) { _, new in new }).bytes()
    }

    private func problems(_ bytes: [UInt8]) -> [String] {
        StandardPack.check(bytes).1.map { "\($0.path) \($0.problem)" }
    }

    @Test("the first pack is free of faults and holds four types with their procedures")
    func first() throws {
        let (read, findings) = StandardPack.check(try ProjectFiles.bytes("Topology/standards/first.json"))
        #expect(findings == [])
        let pack = try #require(read)
        #expect(pack.ticketTypes.map(\.id) == ["complaint", "fault", "enquiry", "incident"])
        #expect(pack.ticketTypes.map(\.name.zh) == ["投诉", "故障", "咨询", "事件"])
        #expect((25...40).contains(pack.categories.count))
        #expect(pack.categories.allSatisfy { $0.isIllustrative })
        #expect(pack.refund?.limitFen == 50_000)
        let line = ["reported", "accepted", "dispatched", "located", "repaired", "confirmed", "closed"]
        let fault = try #require(pack.ticketType("fault"))
        #expect(fault.states.prefix(7).map(\.id) == line)
        for (state, next) in zip(line, line.dropFirst()) {
            #expect(fault.transitions(from: state).contains { $0.to == next }, "\(state) leads not to \(next)")
        }
        #expect(fault.transition("resume")?.to == "dispatched")
        #expect(pack.ticketType("complaint")?.state("pending")?.status == .pending)
        #expect(pack.ticketType("complaint")?.field("contactPhone")?.isPersonal == true)
        #expect(pack.ticketTypes.allSatisfy { !pack.categories(for: $0.id).isEmpty })
    }

    @Test("a small pack is read with its defaults")
    func small() throws {
        let bytes = Self.pack(
            fields: [
                ["id": "subject", "name": Self.name, "kind": "text", "required": true],
                ["id": "level", "name": Self.name, "kind": "choice", "options": [["id": "low", "name": Self.name]]],
            ],
            states: [Self.state("open"), Self.state("done", final: true)],
            transitions: [Self.transition("finish", ["open"], "done", requires: ["subject"])])
        let type = try #require(StandardPack.check(bytes).0?.ticketType("complaint"))
        #expect(type.field("subject")?.maximumLength == FormField.usualLength)
        #expect(type.field("subject")?.isRequired == true)
        #expect(type.field("level")?.options.map(\.id) == ["low"])
        #expect(type.field("level")?.maximumLength == nil)
        #expect(type.transition("finish")?.requires == ["subject"])
        #expect(type.state("done")?.isFinal == true)
    }

    @Test("what transitions name must be declared")
    func undeclared() {
        let found = problems(
            Self.pack(
                states: [Self.state("open"), Self.state("done", final: true)],
                transitions: [
                    Self.transition("finish", ["open", "opn"], "done", requires: ["resolution"]),
                    Self.transition("finish", ["open"], "don"),
                ]))
        #expect(
            found == [
                "/ticketTypes/0/transitions/0/from names the state \"opn\", which is not declared",
                "/ticketTypes/0/transitions/0/requires names the field \"resolution\", which is not declared",
                "/ticketTypes/0/transitions/1/name the transition \"finish\" is given twice, first at "
                    + "/ticketTypes/0/transitions/0/name",
                "/ticketTypes/0/transitions/1/to names the state \"don\", which is not declared",
            ])
    }

    @Test("states that cannot be reached, left or finished are found")
    func graph() {
        let found = problems(
            Self.pack(
                states: ["open", "lost", "stuck", "round", "about"].map { Self.state($0) }
                    + [Self.state("done", final: true)],
                transitions: [
                    Self.transition("finish", ["open", "lost"], "done"), Self.transition("stick", ["open"], "stuck"),
                    Self.transition("turn", ["open", "about"], "round"), Self.transition("back", ["round"], "about"),
                    Self.transition("stay", ["stuck"], "stuck"),
                ]))
        #expect(
            found == [
                "/ticketTypes/0/states/1 no ticket can reach the state \"lost\"",
                "/ticketTypes/0/states/2 no transition leads out of the state \"stuck\"",
                "/ticketTypes/0/states/3 no final state can be reached from the state \"round\"",
                "/ticketTypes/0/states/4 no final state can be reached from the state \"about\"",
            ])
    }

    @Test("a process without a final state, or with an unknown beginning, is refused")
    func ends() {
        let endless = problems(
            Self.pack(
                states: [Self.state("open"), Self.state("other")],
                transitions: [
                    Self.transition("there", ["open"], "other"), Self.transition("back", ["other"], "open"),
                ]))
        #expect(endless.contains("/ticketTypes/0/states no state is final"))
        let lost = problems(Self.pack(states: [Self.state("done", final: true)], transitions: [], initial: "opn"))
        #expect(lost == ["/ticketTypes/0/initial names the state \"opn\", which is not declared"])
    }

    @Test("a process may lead out of a final state, which is reopening")
    func reopening() {
        let bytes = Self.pack(
            states: [Self.state("open"), Self.state("done", final: true)],
            transitions: [
                Self.transition("finish", ["open"], "done"), Self.transition("reopen", ["done"], "open"),
            ])
        #expect(problems(bytes).isEmpty)
    }

    @Test("a status that TMF621 does not have is refused, and a transition that cannot be read hides no other fault")
    func status() {
        let bad: JSONValue = ["id": "odd", "name": Self.name, "status": "inprogres", "final": false]
        let found = StandardPack.check(
            Self.pack(
                states: [Self.state("open"), bad, Self.state("done", final: true)],
                transitions: [["name": "finish", "from": ["open"], "to": "done"]])
        ).1
        #expect(found.map(\.path) == ["/ticketTypes/0/states/1/status", "/ticketTypes/0/transitions/0/label"])
        #expect(found.first?.remedy == "did you mean \"inProgress\"?")
    }

    @Test("fields keep to their kinds")
    func fields() {
        let found = problems(
            Self.pack(
                fields: [
                    ["id": "a", "name": Self.name, "kind": "choice"],
                    ["id": "b", "name": Self.name, "kind": "text", "options": [["id": "x", "name": Self.name]]],
                    ["id": "b", "name": Self.name, "kind": "boolean", "maxLength": 5],
                    ["id": "c", "name": Self.name, "kind": "text", "maxLength": 20_001],
                    ["id": "d", "name": Self.name, "kind": "txt"],
                ],
                states: [Self.state("open", final: true)], transitions: []))
        #expect(
            found.map { $0.prefix { $0 != " " } } == [
                "/ticketTypes/0/fields/0/options", "/ticketTypes/0/fields/1/options", "/ticketTypes/0/fields/2/id",
                "/ticketTypes/0/fields/2/maxLength", "/ticketTypes/0/fields/3/maxLength",
                "/ticketTypes/0/fields/4/kind",
            ])
    }

    @Test("categories name declared types, and roles are declared when the pack declares any")
    func references() {
        let found = problems(
            Self.pack(
                states: [Self.state("open"), Self.state("done", final: true)],
                transitions: [
                    [
                        "name": "finish", "label": Self.name, "from": ["open"], "to": "done",
                        "roles": ["clerk", "clark"],
                    ]
                ],
                extra: [
                    "roles": [["id": "clerk", "name": Self.name]],
                    "categories": [["id": "x", "name": Self.name, "types": ["complant"]]],
                    "refund": ["limitFen": -1, "currency": "USD"],
                ]))
        #expect(
            found == [
                "/ticketTypes/0/transitions/0/roles names the role \"clark\", which is not declared",
                "/categories/0/types names the ticket type \"complant\", which is not declared",
                "/refund/limitFen must lie between 0 and 100000000, but is -1", "/refund/currency \"USD\" is not known",
            ])
    }
}
