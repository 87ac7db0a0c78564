import Testing

@testable import Simulator

/// Of two databases with one past each knows that past, and what it has written itself.
struct DescentTests {
    private func place(_ database: Int, _ hour: Int64) -> Descent.Place { .init(database: database, at: .hours(hour)) }

    @Test("A copy holds what the other had written when it was made, and neither what the other writes afterwards")
    func copies() {
        var descent = Descent(sites: 2)
        #expect(!descent.isSplit)
        let copy = descent.begin(with: descent.place(of: 1, .hours(5)))
        #expect(descent.isSplit)
        #expect(descent.holds(copy, place(1, 5)) && !descent.holds(copy, place(1, 6)))
        #expect(descent.holds(1, place(1, 9)) && !descent.holds(1, place(copy, 6)))
        #expect(!descent.holds(copy, place(0, 1)))
    }

    @Test("What is made of a backup of a copy holds what both had written up to the earlier of the two moments")
    func backupOfCopy() {
        var descent = Descent(sites: 2)
        let copy = descent.begin(with: place(1, 5))
        descent.use(copy, at: 1)
        let backup = descent.place(of: 1, .hours(7))
        let later = descent.begin(with: backup)
        #expect(descent.holds(later, place(copy, 7)) && !descent.holds(later, place(copy, 8)))
        #expect(descent.holds(later, place(1, 5)) && !descent.holds(later, place(1, 6)))
        let early = descent.begin(with: place(copy, 3))
        #expect(descent.holds(early, place(1, 3)) && !descent.holds(early, place(1, 4)))
        let empty = descent.begin(with: nil)
        #expect(!descent.holds(empty, place(1, 0)))
    }
}
