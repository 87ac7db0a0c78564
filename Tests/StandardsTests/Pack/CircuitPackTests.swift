import Standards
import Testing

@Suite("Circuits in a pack")
struct CircuitPackTests {
    /// The type `order` with a field for a circuit's number and one that is filled from it.
    private func order(_ change: (inout [String: JSONValue]) -> Void) -> [UInt8] {
        PackSamples.changed { members in
            guard case .array(var types) = members["ticketTypes"], case .object(var order) = types[0],
                case .array(let fields) = order["fields"]
            else { return }
            order["fields"] = .array(
                fields + [
                    PackSamples.field("line", "text"), PackSamples.field("way", "text", ["from": "circuit.route"]),
                ])
            order["circuitField"] = "line"
            change(&order)
            types[0] = .object(order)
            members["ticketTypes"] = .array(types)
        }
    }

    private func added(_ field: JSONValue) -> [UInt8] {
        order { order in
            guard case .array(let fields) = order["fields"] else { return }
            order["fields"] = .array(fields + [field])
        }
    }

    @Test("A11: a type says which field names a circuit, what is filled from it, and what becomes of unknown ones")
    func read() throws {
        let (pack, findings) = StandardPack.check(order { $0["unknownCircuit"] = "refuse" })
        #expect(findings == [])
        let type = try #require(pack?.ticketType("order"))
        #expect(type.work.circuit == CircuitUse(field: "line", whenUnknown: .refuse))
        #expect(type.field("way")?.source == .route)
        #expect(type.field("line")?.source == nil)
        let plain = try #require(StandardPack.check(order { _ in }).0?.ticketType("order"))
        #expect(plain.work.circuit?.whenUnknown == .flag)
    }

    @Test("whatever is wrong with it is found, with place and remedy")
    func wrong() {
        let noField = order { $0["circuitField"] = nil }
        #expect(
            PackSamples.problems(noField)
                == ["/ticketTypes/0/circuitField is missing, but way is filled from a circuit"])
        #expect(StandardPack.check(noField).1.map(\.remedy) == ["name the field that holds a circuit's number"])
        #expect(
            PackSamples.problems(order { $0["circuitField"] = "lime" })
                == ["/ticketTypes/0/circuitField names \"lime\", which is no text of the form"])
        #expect(
            PackSamples.problems(order { $0["circuitField"] = "count" })
                == ["/ticketTypes/0/circuitField names \"count\", which is no text of the form"])
        #expect(
            PackSamples.problems(order { $0["circuitField"] = "way" })
                == ["/ticketTypes/0/circuitField names \"way\", which is itself filled from a circuit"])
        #expect(
            PackSamples.problems(added(PackSamples.field("n", "integer", ["from": "circuit.team"])))
                == ["/ticketTypes/0/fields/5/from only a text or a choice is filled from a circuit"])
        #expect(
            PackSamples.problems(added(PackSamples.field("n", "text", ["from": "circuit.rout"])))
                == ["/ticketTypes/0/fields/5/from \"circuit.rout\" is not known"])
        #expect(
            PackSamples.problems(order { $0["unknownCircuit"] = "ignore" })
                == ["/ticketTypes/0/unknownCircuit \"ignore\" is not known"])
        #expect(
            PackSamples.problems(PackSamples.order("unknownCircuit", "flag"))
                == ["/ticketTypes/0/unknownCircuit stands without circuitField"])
        #expect(
            PackSamples.problems(PackSamples.order("rules", [["guard": "knownCircuit"]]))
                == ["/ticketTypes/0/circuitField is missing, but knownCircuit depends on it"])
        #expect(
            PackSamples.problems(order { $0["rules"] = [["guard": "knownCircuit", "unless": "why"]] })
                == ["/ticketTypes/0/rules/0/unless names the field \"why\", which is not declared"])
    }

    @Test("the guard may name a field that gives a reason")
    func reason() {
        let rules: JSONValue = [["guard": "knownCircuit", "unless": "way"], ["guard": "knownCircuit"]]
        let pack = StandardPack.check(order { $0["rules"] = rules }).0
        #expect(
            pack?.ticketType("order")?.work.rules == [.knownCircuit(unless: "way"), .knownCircuit(unless: nil)])
    }
}
