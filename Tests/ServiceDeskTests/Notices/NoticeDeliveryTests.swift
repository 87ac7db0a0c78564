import Replication
import Testing

@testable import ServiceDesk

@Suite("The machine that sends notices")
struct NoticeDeliveryTests {
    private static func message(
        attempts: Int = 0, address: String? = "13900000000", honoursKey: Bool = false,
        state: Notice.State = .queued
    ) -> NoticeMessage {
        let notice = Notice(
            number: 1, change: ChangeReference(origin: OriginID(raw: 1), sequence: 1),
            ticket: EntityID(kind: .ticket, high: 1, low: 1), entity: 1, step: "accept", stage: "accepted",
            state: state, reason: nil, attempts: attempts, next: 0, recorded: 0, changed: 0, channel: nil,
            template: nil, actor: nil)
        return NoticeMessage(
            notice: notice, channel: "sms", address: address, text: "t", template: "builtIn", honoursKey: honoursKey)
    }

    /// A machine that is attempting a message.
    private static func attempting(_ message: NoticeMessage) -> NoticeDelivery {
        var machine = NoticeDelivery()
        _ = machine.handle(.news)
        _ = machine.handle(.found(.message(message), at: 0))
        _ = machine.handle(.marked(.committed))
        return machine
    }

    private static func mark(after outcome: NoticeOutcome, _ message: NoticeMessage) -> NoticeMark? {
        var machine = attempting(message)
        guard case .mark(let mark, _)? = machine.handle(.attempted(outcome, at: 1_000)).first else { return nil }
        return mark
    }

    @Test("attempting is committed before the channel is called, and sent after it")
    func order() {
        let message = Self.message()
        var machine = NoticeDelivery()
        #expect(machine.handle(.news) == [.look])
        #expect(
            machine.handle(.found(.message(message), at: 5)) == [
                .mark(NoticeMark(.attempting, attempts: 0, next: 5), message)
            ])
        #expect(machine.handle(.marked(.committed)) == [.attempt(message)])
        #expect(
            machine.handle(.attempted(.taken, at: 9)) == [.mark(NoticeMark(.sent, attempts: 1, next: 9), message)])
        #expect(machine.handle(.marked(.committed)) == [.look])
        #expect(machine.handle(.found(.nothing, at: 9)) == [])
    }

    @Test("a mark that could not be stored keeps the channel from being called")
    func notStored() {
        var machine = NoticeDelivery()
        _ = machine.handle(.news)
        _ = machine.handle(.found(.message(Self.message()), at: 0))
        #expect(machine.handle(.marked(.failed)) == [.setTimer(NoticeDelivery.retryMilliseconds)])
        #expect(machine.handle(.news) == [])
        #expect(machine.handle(.timer) == [.look])
    }

    @Test("what came of an attempt and could not be stored is stored later, and nothing else is begun before")
    func resultNotStored() {
        let message = Self.message()
        var machine = Self.attempting(message)
        let sent = NoticeDelivery.Action.mark(NoticeMark(.sent, attempts: 1, next: 9), message)
        #expect(machine.handle(.attempted(.taken, at: 9)) == [sent])
        for _ in 0..<2 {
            #expect(machine.handle(.marked(.failed)) == [.setTimer(NoticeDelivery.retryMilliseconds)])
            #expect(machine.handle(.news) == [])
            #expect(machine.handle(.timer) == [sent])
        }
        #expect(machine.handle(.marked(.committed)) == [.look])
    }

    @Test("one that cannot be put into words is put off and at last given up, and what may have been sent still may")
    func unwritable() {
        let mark = { (state: Notice.State, attempts: Int) -> NoticeMark? in
            var machine = NoticeDelivery()
            _ = machine.handle(.news)
            let message = Self.message(attempts: attempts, address: nil, state: state)
            let actions = machine.handle(.found(.unwritable(message), at: 1_000))
            #expect(machine.handle(.marked(.committed)) == [.look])
            guard case .mark(let mark, _)? = actions.first else { return nil }
            return mark
        }
        #expect(mark(.queued, 0) == NoticeMark(.queued, .unwritable, attempts: 1, next: 11_000))
        #expect(mark(.uncertain, 0) == NoticeMark(.uncertain, .unwritable, attempts: 1, next: 11_000))
        let last = NoticeLimits.attemptsMax
        #expect(mark(.queued, last - 1) == NoticeMark(.failed, .unwritable, attempts: last, next: 1_000))
    }

    @Test("once closed it stores what came of the attempt under way, begins nothing, and is at rest")
    func closed() {
        let message = Self.message()
        var attempting = Self.attempting(message)
        #expect(attempting.handle(.close) == [] && !attempting.isAtRest)
        let sent = NoticeMark(.sent, attempts: 1, next: 9)
        #expect(attempting.handle(.attempted(.taken, at: 9)) == [.mark(sent, message)])
        #expect(attempting.handle(.marked(.committed)) == [] && attempting.isAtRest)
        #expect(attempting.handle(.news) == [])
        var starting = NoticeDelivery()
        _ = starting.handle(.news)
        _ = starting.handle(.found(.message(message), at: 5))
        _ = starting.handle(.close)
        #expect(starting.handle(.marked(.committed)) == [.mark(NoticeMark(.queued, attempts: 0, next: 0), message)])
        #expect(starting.handle(.marked(.committed)) == [] && starting.isAtRest)
        var idle = NoticeDelivery()
        #expect(idle.handle(.close) == [] && idle.isAtRest)
    }

    @Test("a notice that was dropped or overtaken meanwhile is not sent, and the next is looked for")
    func overtaken() {
        var machine = NoticeDelivery()
        _ = machine.handle(.news)
        _ = machine.handle(.found(.message(Self.message()), at: 0))
        #expect(machine.handle(.marked(.overtaken)) == [.look])
    }

    @Test("without an address a notice has failed, and the channel is not called")
    func noAddress() {
        let message = Self.message(address: nil)
        var machine = NoticeDelivery()
        _ = machine.handle(.news)
        #expect(
            machine.handle(.found(.message(message), at: 5)) == [
                .mark(NoticeMark(.failed, .noAddress, attempts: 0, next: 5), message)
            ])
        #expect(machine.handle(.marked(.committed)) == [.look])
    }

    @Test("what may have been taken is repeated only where the channel honours its key")
    func unknown() {
        let once = Self.mark(after: .unknown, Self.message())
        #expect(once == NoticeMark(.uncertain, .noAnswer, attempts: 1, next: 1_000))
        let again = Self.mark(after: .unknown, Self.message(honoursKey: true))
        #expect(again == NoticeMark(.queued, attempts: 1, next: 11_000))
    }

    @Test("pauses double up to an hour, and the twentieth attempt is the last")
    func pauses() {
        let next = { attempts in Self.mark(after: .notNow, Self.message(attempts: attempts)).map { $0.next - 1_000 } }
        #expect(next(0) == 10_000)
        #expect(next(1) == 20_000)
        #expect(next(8) == 2_560_000)
        #expect(next(9) == NoticeLimits.longestPauseMilliseconds)
        let last = Self.mark(after: .notNow, Self.message(attempts: NoticeLimits.attemptsMax - 2))
        #expect(last?.state == .queued)
        let beyond = Self.mark(after: .notNow, Self.message(attempts: NoticeLimits.attemptsMax - 1))
        #expect(beyond == NoticeMark(.failed, .givenUp, attempts: NoticeLimits.attemptsMax, next: 1_000))
        #expect(Self.mark(after: .refused, Self.message())?.reason == .refused)
    }

    @Test("an answer is read as taken, refused for good, not now or unknown")
    func statuses() {
        let outcomes: [(Int?, NoticeOutcome)] = [
            (200, .taken), (299, .taken), (302, .notNow), (400, .refused), (401, .notNow), (402, .refused),
            (403, .notNow), (404, .notNow), (405, .notNow), (406, .refused), (407, .notNow), (408, .notNow),
            (429, .notNow), (499, .refused), (500, .unknown), (503, .unknown), (nil, .unknown),
        ]
        for (status, outcome) in outcomes { #expect(NoticeOutcome(status: status) == outcome, "\(status ?? 0)") }
    }

    @Test("news that comes while it is busy is looked after when it comes to rest")
    func newsMeanwhile() {
        var machine = NoticeDelivery()
        _ = machine.handle(.news)
        #expect(machine.handle(.news) == [])
        #expect(machine.handle(.found(.nothing, at: 0)) == [.look])
        #expect(machine.handle(.found(.later(50), at: 20)) == [.setTimer(30)])
        #expect(machine.handle(.timer) == [.look])
    }
}
