import Testing

@testable import Replication

@Suite("Laws of assignment")
struct AssignmentLawTests {
    private typealias C = Changes

    private func state(_ changes: Change...) -> EntityState { Fold.state(of: [C.creation] + changes) }

    @Test("of two concurrent values the later wins and the earlier is kept with the rule that decided")
    func laterWins() throws {
        let early = C.change(1, 1, at: 10, seen: C.afterCreation, C.sets("zzz"))
        let late = C.change(2, 1, at: 20, seen: C.afterCreation, C.sets("aaa"))
        let state = state(late, early)
        // The newer, not the larger.
        #expect(state[C.field] == .text("aaa"))
        let conflict = Conflict(
            subject: .field(C.field), rule: .laterWins, losing: early.reference, losingValue: .text("zzz"),
            winning: late.reference, winningValue: .text("aaa"))
        #expect(state.conflicts == [conflict])
    }

    @Test("fields come in the order of their numbers, and of two values in one change the last, however it is folded")
    func fieldsOfCreation() {
        let numbers = [9, 2, 700, 3, 40]
        for doubled in [nil, 2, 9, 40] as [Int?] {
            var edits: [Edit] = [.create(Creation(state: "new", label: "T-1")), C.notes("between")]
            for number in numbers + [doubled].compactMap(\.self) {
                edits.append(.assign(Field(rawValue: UInt16(number)), .integer(Int64(edits.count))))
            }
            let change = Change(
                origin: C.origin(1), sequence: 1, stamp: Stamp(milliseconds: 1), entity: C.entity, edits: edits)
            let once = Fold.state(of: [change])
            var traced = EntityState()
            Fold.apply(change, to: &traced, trace: { _ in })
            #expect(once.fields.entries.map(\.key.rawValue) == [2, 3, 9, 40, 700])
            #expect(once.fields.entries.allSatisfy { $0.value.by == change.reference })
            for number in numbers {
                let place = number == doubled ? edits.count - 1 : (numbers.firstIndex(of: number) ?? 0) + 2
                #expect(once[Field(rawValue: UInt16(number))] == .integer(Int64(place)))
            }
            #expect(once.notes == 1)
            #expect(once.conflicts.isEmpty)
            #expect(once == traced)
        }
    }

    @Test("of two values with one stamp the higher origin wins")
    func tie() {
        let low = C.change(1, 1, at: 10, seen: C.afterCreation, C.sets("low"))
        let high = C.change(2, 1, at: 10, seen: C.afterCreation, C.sets("high"))
        #expect(state(low, high)[C.field] == .text("high"))
        #expect(state(high, low).conflicts.map(\.losing) == [low.reference])
    }

    @Test("three older edits do not beat one newer")
    func threeOlder() {
        let older = (1...3).map { C.change(1, UInt64($0), at: Int64($0) + 10, seen: C.afterCreation, C.sets("v\($0)")) }
        let newer = C.change(2, 1, at: 14, seen: C.afterCreation, C.sets("newer"))
        let state = Fold.state(of: [C.creation, newer] + older)
        #expect(state[C.field] == .text("newer"))
        // The one that was in effect lost; those that it had replaced itself did not.
        #expect(state.conflicts.map(\.losingValue) == [.text("v3")])
    }

    @Test("edits of different fields both survive without a conflict")
    func differentFields() {
        let one = C.change(1, 1, at: 10, seen: C.afterCreation, C.sets("a"))
        let two = C.change(2, 1, at: 11, seen: C.afterCreation, C.sets("b", in: C.other))
        let state = state(one, two)
        #expect(state[C.field] == .text("a"))
        #expect(state[C.other] == .text("b"))
        #expect(state.conflicts.isEmpty)
    }

    @Test("two people who wrote the same are not in conflict")
    func equalValues() {
        let one = C.change(1, 1, at: 10, seen: C.afterCreation, C.sets("same"))
        let two = C.change(2, 1, at: 11, seen: C.afterCreation, C.sets("same"))
        #expect(state(one, two).conflicts.isEmpty)
    }

    @Test("two spellings of é are two values, and so a conflict")
    func unicode() {
        let composed = C.change(1, 1, at: 10, seen: C.afterCreation, C.sets("caf\u{E9}"))
        let decomposed = C.change(2, 1, at: 11, seen: C.afterCreation, C.sets("cafe\u{301}"))
        #expect(Value.text("caf\u{E9}") != Value.text("cafe\u{301}"))
        #expect(state(composed, decomposed).conflicts.count == 1)
        let add = C.change(1, 2, at: 12, seen: C.afterCreation, .add(C.set, .text("\u{E9}")))
        let other = C.change(2, 2, at: 13, seen: C.afterCreation, .add(C.set, .text("e\u{301}")))
        #expect(state(add, other).elements(of: C.set).count == 2)
    }

    @Test("who has seen a value replaces it without a conflict")
    func seen() {
        let first = C.change(1, 1, at: 10, seen: C.afterCreation, C.sets("a"))
        let second = C.change(2, 1, at: 11, seen: C.afterCreation + [first.reference], C.sets("b"))
        let own = C.change(2, 2, at: 12, seen: C.afterCreation, C.sets("c"))
        #expect(state(first, second, own).conflicts.isEmpty)
    }

    @Test("the value that must have been seen is the one in effect, not any earlier one")
    func predecessorInEffect() {
        let first = C.change(1, 1, at: 10, seen: C.afterCreation, C.sets("a"))
        let second = C.change(3, 1, at: 11, seen: C.afterCreation + [first.reference], C.sets("b"))
        let third = C.change(2, 1, at: 12, seen: C.afterCreation + [first.reference], C.sets("c"))
        #expect(state(first, second, third).conflicts.map(\.losing) == [second.reference])
        let unseeing = C.change(2, 1, at: 12, seen: C.afterCreation + [second.reference], C.sets("c"))
        #expect(state(first, second, unseeing).conflicts.isEmpty)
    }

    @Test("of two creations the first in order creates and the other's edits fold as usual")
    func secondCreation() {
        let second = C.change(
            1, 1, at: 5, .create(Creation(state: "other", label: "T-2")), C.sets("from the second"))
        let state = state(second)
        #expect(state.creation?.label == "T-1")
        #expect(state.createdBy == C.creation.reference)
        #expect(state.stageName == "new")
        #expect(state[C.field] == .text("from the second"))
        let earlier = C.change(1, 1, at: 0, .create(Creation(state: "other", label: "T-2")))
        #expect(self.state(earlier).creation?.label == "T-2")
    }

    @Test("an entity is born whatever stands beside its creation")
    func creationIsNeverOvertaken() {
        let change = C.change(
            1, 1, at: 1, C.moves(from: "elsewhere", to: "lost"), .create(Creation(state: "new", label: "T-3")))
        let state = Fold.state(of: [change])
        #expect(state.exists)
        #expect(state.stageName == "new")
        #expect(state.conflicts.map(\.rule) == [.overtaken])
        let moving = C.change(1, 1, at: 1, C.moves(from: "new", to: "open"), .create(Creation(state: "new")))
        #expect(Fold.state(of: [moving]).stageName == "open")
    }

    @Test("unknown edits are kept byte for byte and marked for folding after the upgrade")
    func unknown() throws {
        let change = C.change(1, 1, at: 9, seen: C.afterCreation, .unknown(tag: 99, body: [1, 2, 3]), C.sets("known"))
        let state = state(change)
        #expect(state.hasUnknownEdits)
        #expect(state[C.field] == .text("known"))
        let again = try Change(
            origin: change.origin, sequence: change.sequence, stamp: change.stamp, entity: change.entity,
            storedBody: change.storedBody)
        #expect(again.edits.first == .unknown(tag: 99, body: [1, 2, 3]))
        #expect(again.encoded == change.encoded)
    }
}
