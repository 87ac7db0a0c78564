import Testing

@testable import Replication

@Suite("The outbox's machine")
struct OutboxDeliveryTests {
    private static let effect = Effect(
        number: 7, key: [1], purpose: "refund", entity: EntityID(kind: EntityKind(rawValue: 16), high: 1, low: 2),
        amount: 300, request: "a-1", state: .pending)

    /// What a machine asks for, in words.
    private func words(_ actions: [OutboxDelivery.Action]) -> [String] {
        actions.map { action in
            switch action {
            case .look: "look"
            case .mark(let state, _): "mark \(state)"
            case .attempt: "attempt"
            case .setTimer(let delay): "timer \(delay)"
            }
        }
    }

    private func run(_ machine: inout OutboxDelivery, _ events: [OutboxDelivery.Event]) -> [[String]] {
        events.map { words(machine.handle($0)) }
    }

    @Test("attempting is committed before the call, and sent after it")
    func order() {
        var machine = OutboxDelivery()
        let said = run(
            &machine, [.news, .found(Self.effect), .marked(true), .attempted(true), .marked(true), .found(nil)])
        #expect(said == [["look"], ["mark attempting"], ["attempt"], ["mark sent"], ["look"], []])
    }

    @Test("nothing is attempted whose mark was not committed, and it is tried again by itself")
    func notMarked() {
        var machine = OutboxDelivery()
        let said = run(&machine, [.news, .found(Self.effect), .marked(false), .timer])
        #expect(said == [["look"], ["mark attempting"], ["timer 10000"], ["look"]])
    }

    @Test("a call of which nobody knows what came is uncertain, and goes again after a pause")
    func uncertain() {
        var machine = OutboxDelivery()
        let said = run(&machine, [.news, .found(Self.effect), .marked(true), .attempted(false), .marked(true), .timer])
        #expect(said == [["look"], ["mark attempting"], ["attempt"], ["mark uncertain"], ["timer 10000"], ["look"]])
    }

    @Test("one at a time: news that come meanwhile make it look again in the end, and answers out of turn do nothing")
    func meanwhile() {
        var machine = OutboxDelivery()
        #expect(run(&machine, [.news, .news, .found(nil)]) == [["look"], [], ["look"]])
        #expect(run(&machine, [.attempted(true), .marked(true), .timer]) == [[], [], []])
        #expect(run(&machine, [.found(nil), .news]) == [[], ["look"]])
    }
}
