import Testing

@testable import Replication

@Suite("Laws of sets and counts")
struct CollectionLawTests {
    private typealias C = Changes

    private let x = Value.text("x")

    private func elements(_ changes: Change...) -> [Value] {
        Fold.state(of: [C.creation] + changes).elements(of: C.set)
    }

    @Test("a remove removes the adds that it has seen")
    func removesSeen() {
        let add = C.change(1, 1, at: 10, seen: C.afterCreation, .add(C.set, x))
        let remove = C.change(2, 1, at: 11, seen: C.afterCreation + [add.reference], .remove(C.set, x))
        #expect(elements(add, remove).isEmpty)
        let own = C.change(1, 2, at: 11, seen: C.afterCreation, .remove(C.set, x))
        #expect(elements(add, own).isEmpty)
    }

    @Test("an add that the remove has not seen wins, earlier or later", arguments: [10, 12] as [Int64])
    func addsWin(addedAt: Int64) {
        let add = C.change(1, 1, at: addedAt, seen: C.afterCreation, .add(C.set, x))
        let remove = C.change(2, 1, at: 11, seen: C.afterCreation, .remove(C.set, x))
        #expect(elements(add, remove) == [x])
    }

    @Test("of two adds of one element a remove takes away only the one that it covers")
    func removesOnlyCovered() {
        let one = C.change(1, 1, at: 10, seen: C.afterCreation, .add(C.set, x))
        let two = C.change(3, 1, at: 10, seen: C.afterCreation, .add(C.set, x))
        let remove = C.change(2, 1, at: 12, seen: C.afterCreation + [one.reference], .remove(C.set, x))
        let state = Fold.state(of: [C.creation, one, two, remove])
        #expect(state.sets[C.set]?.map(\.adds) == [[two.reference]])
        let rest = C.change(2, 2, at: 13, seen: C.afterCreation + [one.reference, two.reference], .remove(C.set, x))
        #expect(elements(one, two, remove, rest).isEmpty)
    }

    @Test("an element may come back after it was removed")
    func addAgain() {
        let add = C.change(1, 1, at: 10, seen: C.afterCreation, .add(C.set, x))
        let remove = C.change(1, 2, at: 11, seen: C.afterCreation, .remove(C.set, x))
        let again = C.change(1, 3, at: 12, seen: C.afterCreation, .add(C.set, x))
        #expect(elements(add, remove, again) == [x])
    }

    @Test("elements are kept in the order of their bytes, whoever added them first")
    func order() {
        let values: [Value] = [.null, .bool(false), .integer(3), .text("a"), .text("b"), .bytes([1])]
        let adds = values.enumerated().map { index, value in
            C.change(1, UInt64(values.count - index), at: Int64(100 - index), .add(C.set, value))
        }
        #expect(Fold.state(of: adds).elements(of: C.set) == values)
    }

    @Test("counts add up, whatever was seen")
    func counts() {
        let up = C.change(1, 1, at: 10, seen: C.afterCreation, .count(C.counter, 5))
        let down = C.change(2, 1, at: 11, seen: C.afterCreation, .count(C.counter, -7), .count(C.other, 1))
        let state = Fold.state(of: [down, C.creation, up])
        #expect(state.counts[C.counter] == -2)
        #expect(state.counts[C.other] == 1)
    }

    @Test("a count past the end of its range wraps rather than stops the site")
    func overflow() {
        let most = C.change(1, 1, at: 10, .count(C.counter, .max))
        let more = C.change(2, 1, at: 11, .count(C.counter, 1))
        #expect(Fold.state(of: [most, more]).counts[C.counter] == .min)
    }
}
