import Testing

@testable import Replication

@Suite("The protocol that a change needs")
struct EditLevelTests {
    private static let table: LevelTable = {
        var table = LevelTable()
        table.add(TestDomain.newer, from: 3)
        table.add(TestDomain.later, of: TestDomain.ticket, from: 2)
        return table
    }()

    private func level(of kind: EntityKind = TestDomain.ticket, _ edits: Edit...) -> UInt16 {
        Changes.change(1, 1, at: 1, entity: EntityID(kind: kind, high: 1, low: 1), Changes.notes("x")).with(edits)
            .levelNeeded(Self.table)
    }

    @Test("is never above the highest that this version speaks, for anything that it can write")
    func current() {
        #expect(EditLevel.first <= EditLevel.current)
        #expect(EditLevel.current <= ProtocolRange.current.highest)
    }

    @Test("is the first for every edit of protocol 1")
    func first() {
        for sample in EditSamples.all {
            switch sample {
            case .unknown, .create(Creation(rules: 255, state: "", label: "")): continue
            default: #expect(Changes.creation.with([sample]).levelNeeded(.first) == 1, "\(sample.tag)")
            }
        }
    }

    @Test("is the highest of its kind's and its edits', a field's being that of its kind")
    func highest() {
        #expect(level(Changes.sets("a")) == 1)
        #expect(level(Changes.sets("a"), .assign(TestDomain.later, .null)) == 2)
        #expect(level(.add(TestDomain.later, .null)) == 2)
        #expect(level(.remove(TestDomain.later, .null)) == 2)
        #expect(level(.count(TestDomain.later, 1)) == 2)
        #expect(level(of: TestDomain.standard, .assign(TestDomain.later, .null)) == 1)
        #expect(level(of: TestDomain.newer, .assign(TestDomain.later, .null)) == 3)
    }

    @Test("is above every protocol for what this version does not know itself")
    func unknown() {
        #expect(level(TestProvince.unknownEdit) > ProtocolRange.current.highest)
        #expect(level(.create(Creation(rules: 2))) > ProtocolRange.current.highest)
    }
}

extension Change {
    fileprivate func with(_ edits: [Edit]) -> Change {
        Change(origin: origin, sequence: sequence, stamp: stamp, entity: entity, edits: edits)
    }
}
