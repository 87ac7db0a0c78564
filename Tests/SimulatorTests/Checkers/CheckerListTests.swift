import Testing

@testable import Simulator

struct CheckerListTests {
    @Test("Every invariant of the specification has one checker, and so have owners, allowances, roles and notices")
    func everyInvariantOfThe() {
        #expect(Checkers.all().map(\.number) == Array(1...29))
    }

    @Test("Every checker that waits for nothing has a planted bug that it must find")
    func everyCheckerThatWaits() {
        let own = Checkers.all().filter { $0.waitsFor == nil }.map(\.number)
        #expect(Set(PlantedBugTests.invariants.map(\.number)) == Set(own))
        #expect(Set(PlantedBugTests.invariants.map(\.bug)) == Set(PlantedBug.allCases))
    }

    @Test("What waits for something is never said to hold")
    func whatWaitsForSomething() {
        for checker in Checkers.all() where checker.waitsFor != nil {
            #expect(checker.tally.finding == .notExercised)
            #expect(checker.waitsFor?.isEmpty == false)
        }
    }

    @Test("Every invariant speaks for one of the ten promises")
    func everyInvariantSpeaks() {
        #expect(Promises.invariants.map(\.name) == PromiseWords.names)
        #expect(Promises.invariants.flatMap(\.numbers).sorted() == Array(1...29))
    }
}
