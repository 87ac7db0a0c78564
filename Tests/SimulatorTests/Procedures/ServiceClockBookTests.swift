import Testing

@testable import Simulator

struct ServiceClockBookTests {
    private static func reading(stopped: Int64? = nil, stills: [Range<Int64>] = []) -> ServiceClockBook.Reading {
        ServiceClockBook.Reading(
            key: .init(ticket: "t", clock: "solution", step: ""), started: 100, stopped: stopped, stills: stills,
            due: 500, sites: [], isConfirmed: false)
    }

    @Test("A clock runs from its start to its end, and not while it stands still")
    func aClockRunsFrom() {
        #expect(Self.reading().elapsed(until: 50) == 0)
        #expect(Self.reading().elapsed(until: 350) == 250)
        #expect(Self.reading(stopped: 200).elapsed(until: 350) == 100)
        #expect(Self.reading(stills: [150..<200, 300..<(.max)]).elapsed(until: 350) == 150)
        #expect(Self.reading(stopped: 400, stills: [50..<150]).elapsed(until: 1_000) == 250)
    }

    @Test("What stopped before it was due is not over, and what stopped at that moment is")
    func whatStoppedBeforeIt() {
        #expect(!Self.reading(stopped: 499).isOverdue(at: 900))
        #expect(Self.reading(stopped: 500).isOverdue(at: 900))
        #expect(!Self.reading().isOverdue(at: 499))
        #expect(Self.reading().isOverdue(at: 500))
    }
}
