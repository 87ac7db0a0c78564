import Foundation
import Standards
import Testing

@testable import Simulator

/// What people read out of the province's standard, which is in the project.
struct ProcedureMapTests {
    private static func pack() throws -> StandardPack {
        let folder = ScenarioSamples.root.appendingPathComponent("Topology/standards/province")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".json") }
        let files = try names.map { name in
            PackFolder.File(name: name, bytes: Array(try Data(contentsOf: folder.appendingPathComponent(name))))
        }
        return try #require(PackFolder.check(files).pack)
    }

    @Test("From every state of every type that is no end some transition leads nearer to the regular end")
    func fromEveryStateOf() throws {
        for type in try Self.pack().ticketTypes {
            let map = ProcedureMap(type)
            for state in type.states where !state.isFinal {
                let ahead = type.transitions(from: state.id).filter { map.isAhead($0, from: state.id) }
                #expect(!ahead.isEmpty, "\(type.id) \(state.id)")
                #expect(ahead.allSatisfy { ![.cancel, .reject].contains($0.kind) })
            }
        }
    }

    @Test("What names another ticket, and what repeats its result, is known by the guards alone")
    func whatNamesAnotherTicket() throws {
        let pack = try Self.pack()
        let linking = pack.ticketTypes.filter { type in
            type.transitions.flatMap(\.guards).contains { if case .linkedIs = $0 { true } else { false } }
        }
        #expect(!linking.isEmpty)
        for type in linking {
            let map = ProcedureMap(type)
            for case .linkedIs(let link, let field, let values, _) in type.transitions.flatMap(\.guards) {
                #expect(map.link(link)?.field == field)
                #expect(map.link(link)?.values == values)
                #expect(map.mirrored(link) == nil)
            }
            for rule in type.transitions {
                for case .fieldIs(let field, let values) in rule.guards {
                    let isRepeated = rule.guards.contains { other in
                        if case .linkedIs(_, _, values, _) = other { true } else { false }
                    }
                    #expect((map.mirrored(field) != nil) == isRepeated, "\(type.id) \(field)")
                }
            }
        }
        #expect(linking.contains { type in type.fields.contains { ProcedureMap(type).mirrored($0.id) != nil } })
    }

    @Test("A form is filled in so that the rules of its type accept it", arguments: 0..<20)
    func aFormIsFilledIn(_ seed: UInt64) throws {
        let pack = try Self.pack()
        var random = RandomStream(seed: seed, entity: "form", purpose: "test")
        for type in pack.ticketTypes {
            var fields = FormFiller.fields(of: type, number: 1, isComplete: true, &random)
            FormFiller.correct(&fields, of: type, in: pack, &random)
            #expect(type.fields.filter(\.isRequired).allSatisfy { fields[$0.id] != nil })
            for rule in type.work.rules {
                switch rule {
                case .catalogued(let access, let business):
                    guard case .text(let way)? = fields[access], case .text(let ordered)? = fields[business] else {
                        continue
                    }
                    #expect(pack.procedure.catalogue?.offers(ordered, over: way) == true)
                case .requiredWhen(let field, let values, let others):
                    guard let text = fields[field].flatMap(Casefile.text), values.contains(text) else { continue }
                    #expect(others.allSatisfy { fields[$0] != nil })
                default: continue
                }
            }
        }
    }
}
