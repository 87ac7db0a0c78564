import Synchronization
import Testing

@testable import Node

@Suite("A node's long jobs")
struct JobBookTests {
    private let recheck = JobName(.recheck)
    private var deadline: Int64 { recheck.deadlineMilliseconds }

    @Test("a job that moves within its deadline is in order, and one that stands still a millisecond longer is overdue")
    func edge() {
        var book = JobBook()
        book.move(recheck, done: 1, of: 9, at: 100)
        #expect(book.jobs.map { $0.isOverdue(at: 100 + deadline) } == [false])
        #expect(book.jobs.map { $0.isOverdue(at: 101 + deadline) } == [true])
        book.move(recheck, done: 2, at: 101 + deadline)
        let job = book.jobs[0]
        #expect(!job.isOverdue(at: 101 + 2 * deadline))
        #expect((job.since, job.moved, job.done, job.of) == (100, 101 + deadline, 2, 9))
    }

    @Test("that a job stands still is said once, that it moves again once, and what has ended is said no more")
    func said() {
        var book = JobBook()
        let compare = JobName(.compare, about: "nx-wuzhong")
        book.move(recheck, at: 0)
        book.move(compare, at: 0)
        var (still, moving) = book.changes(at: deadline + 1)
        #expect(still.map(\.name) == [recheck] && moving.isEmpty)
        (still, moving) = book.changes(at: deadline + 2)
        #expect(still.isEmpty && moving.isEmpty)
        book.move(recheck, at: deadline + 3)
        (still, moving) = book.changes(at: deadline + 4)
        #expect(still.isEmpty && moving.map(\.name) == [recheck])
        (still, moving) = book.changes(at: 2 * deadline + 4)
        #expect(still.map(\.name) == [recheck])
        book.end(recheck)
        book.move(recheck, at: 9 * deadline)
        (still, moving) = book.changes(at: 9 * deadline)
        #expect(still.isEmpty && moving.isEmpty)
    }

    @Test("jobs of one kind about different sites are apart, and listed in one order")
    func apart() {
        var book = JobBook()
        for site in ["b", "a"] { book.move(JobName(.compare, about: site), at: 1) }
        book.end(JobName(.compare, about: "c"))
        #expect(book.jobs.map(\.name.about) == ["a", "b"])
        book.end(JobName(.compare, about: "a"))
        #expect(book.jobs.map(\.name.about) == ["b"])
    }

    @Test("every kind has a deadline longer than what it is called by", arguments: JobName.Kind.allCases)
    func deadlines(_ kind: JobName.Kind) {
        #expect(JobName(kind).deadlineMilliseconds >= 10 * 60_000)
    }

    @Test("the watch reports how long ago a job began and moved, by the clock that it is given")
    func watch() throws {
        let clock = TestClock()
        let watch = JobWatch(log: Log(site: "test", timeZone: "+08:00"), now: { clock.value })
        watch.move(.feeds)
        clock.value = 4_000
        watch.move(.feeds)
        clock.value = 5_000 + JobName(.feeds).deadlineMilliseconds
        watch.look()
        let report = try #require(watch.report().first)
        #expect(report.sinceMilliseconds == clock.value)
        #expect(report.movedMilliseconds == clock.value - 4_000)
        #expect(report.isOverdue)
        watch.end(.feeds)
        #expect(watch.report().isEmpty)
    }
}

/// A clock that only a test moves.
private final class TestClock: Sendable {
    private let time = Mutex<Int64>(0)

    var value: Int64 {
        get { time.withLock { $0 } }
        set { time.withLock { $0 = newValue } }
    }
}
