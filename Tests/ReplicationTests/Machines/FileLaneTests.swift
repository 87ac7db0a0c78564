import Testing

@testable import Replication

@Suite("When files are exchanged")
struct FileLaneTests {
    private typealias Lane = ExchangeRequest.Lane

    private func number(_ count: UInt32) -> ExchangeRequest.Number { .init(start: 3, count: count) }

    /// A machine that has its first poll with the hub, at time 0.
    private func open(hasFiles: Bool = false) -> (BranchExchange, [BranchExchange.Effect]) {
        var machine = BranchExchange(start: 3, spread: 0)
        _ = machine.handle(.started, at: 0)
        _ = machine.handle(.prepared(.hello, isEmpty: false), at: 0)
        let effects = machine.handle(applied(.hello, work: hasFiles), at: 0)
        _ = machine.handle(.prepared(.poll, isEmpty: false), at: 0)
        return (machine, effects)
    }

    private func applied(
        _ lane: Lane, work: Bool, entries: Int = 0, files: Int = 0, hasMore: Bool = false, backlog: UInt64 = 0
    ) -> BranchExchange.Event {
        var applied = Session.Applied()
        applied.entries = entries
        applied.files = files
        applied.hasMore = hasMore
        applied.hasAttachmentWork = work
        return .applied(lane, applied, backlog: backlog)
    }

    @Test("an exchange that finds files to be sent sends them when it opens, and none when there are none")
    func opening() {
        #expect(open(hasFiles: true).1 == [.prepare(.attachments, number(1)), .prepare(.poll, number(1))])
        #expect(open().1 == [.prepare(.poll, number(1))])
    }

    @Test("files wait until nothing is left to be pushed")
    func behindChanges() {
        var (machine, _) = open()
        _ = machine.handle(.written, at: 1)
        #expect(machine.handle(applied(.push, work: true, backlog: 7), at: 2) == [.prepare(.push, number(2))])
        #expect(machine.handle(.demanded, at: 3) == [])
        #expect(machine.handle(applied(.push, work: true), at: 4) == [.prepare(.attachments, number(1))])
        #expect(machine.handle(.written, at: 5) == [.prepare(.push, number(3))])
        #expect(machine.handle(applied(.attachments, work: true, files: 4), at: 6) == [])
        #expect(machine.handle(applied(.push, work: true), at: 7) == [.prepare(.attachments, number(2))])
    }

    @Test("files wait until the feed has been read")
    func behindTheFeed() {
        var (machine, _) = open()
        let behind = machine.handle(applied(.poll, work: true, entries: 9, hasMore: true), at: 1)
        #expect(behind == [.prepare(.poll, number(2))])
        _ = machine.handle(.prepared(.poll, isEmpty: false), at: 2)
        let level = machine.handle(applied(.poll, work: true, entries: 1), at: 3)
        #expect(level == [.prepare(.attachments, number(1)), .prepare(.poll, number(3))])
    }

    @Test("one exchange of files follows another while it gets on, and the last is followed by none")
    func gettingOn() {
        var (machine, _) = open(hasFiles: true)
        #expect(machine.handle(.prepared(.attachments, isEmpty: false), at: 1) == [.send(.attachments)])
        #expect(
            machine.handle(applied(.attachments, work: true, files: 4), at: 2) == [.prepare(.attachments, number(2))])
        #expect(machine.handle(applied(.attachments, work: false, files: 1), at: 3) == [])
        #expect(machine.handle(.timer, at: 900_000) == [])
    }

    @Test("what the hub has not got is asked for again after a pause that doubles, and at once when somebody asks")
    func pauses() {
        var (machine, _) = open(hasFiles: true)
        var now: Int64 = 0
        var pause = AttachmentLimits.pauseMillisecondsMin
        for count in 2..<12 as Range<UInt32> {
            #expect(machine.handle(applied(.attachments, work: true), at: now) == [.setTimer(now + pause)])
            #expect(machine.handle(.timer, at: now + pause - 1) == [.setTimer(now + pause)])
            now += pause
            #expect(machine.handle(.timer, at: now) == [.prepare(.attachments, number(count))])
            pause = min(pause * 2, AttachmentLimits.pauseMillisecondsMax)
        }
        #expect(pause == AttachmentLimits.pauseMillisecondsMax)
        _ = machine.handle(applied(.attachments, work: true), at: now)
        #expect(machine.handle(.demanded, at: now + 1) == [.prepare(.attachments, number(12))])
        let next = machine.handle(applied(.attachments, work: true), at: now)
        #expect(next == [.setTimer(now + AttachmentLimits.pauseMillisecondsMin)])
    }

    @Test("an empty request of files is not sent and not repeated")
    func empty() {
        var (machine, _) = open(hasFiles: true)
        #expect(machine.handle(.prepared(.attachments, isEmpty: true), at: 1) == [])
        #expect(machine.handle(.timer, at: 900_000) == [])
    }
}
