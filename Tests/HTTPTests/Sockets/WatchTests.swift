import Dispatch
import Glibc
import Synchronization
import Testing

@testable import HTTP

/// Watches on one end of a pair of sockets, the other end in the test's hands.
@Suite("Watches")
struct WatchTests {
    private let queue = DispatchQueue(label: "watch tests")
    private let here: Descriptor
    private let there: Descriptor

    init() {
        var ends: [CInt] = [0, 0]
        let kind = CInt(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        precondition(socketpair(AF_UNIX, kind, 0, &ends) == 0, "a pair of sockets can be made")
        (here, there) = (Descriptor(ends[0]), Descriptor(ends[1]))
    }

    private final class Calls: Sendable {
        private let calls = Mutex<[Int]>([])
        var all: [Int] { calls.withLock { $0 } }
        func add(_ bytes: Int) { calls.withLock { $0.append(bytes) } }
    }

    private func put(_ bytes: [UInt8]) { _ = send(there.number, bytes, bytes.count, 0) }
    private func takeAll() {
        var buffer = [UInt8](repeating: 0, count: 64)
        _ = recv(here.number, &buffer, buffer.count, 0)
    }

    @Test("bytes are told with their number, and told again as long as they lie there")
    func levels() {
        let calls = Calls()
        let watch = Watch(.reading, here, queue: queue) { available in calls.add(available) }
        put([1, 2, 3])
        watch.resume()
        #expect(eventually { calls.all.count >= 3 })
        #expect(Set(calls.all) == [3])
        queue.sync { watch.cancel() }
    }

    @Test("a suspended watch is silent, about a hang-up too, and tells of it when it is resumed")
    func hangUp() {
        let calls = Calls()
        let watch = Watch(.reading, here, queue: queue) { _ in calls.add(0) }
        watch.resume()
        queue.sync { watch.suspend() }
        shutdown(there.number, CInt(SHUT_RDWR))
        pollerHasTurned()
        queue.sync {}
        #expect(calls.all == [])
        watch.resume()
        #expect(eventually { !calls.all.isEmpty })
        queue.sync { watch.cancel() }
    }

    @Test("when the end of a watch is told, no handler runs any more, and none follows")
    func cancelled() {
        let calls = Calls()
        let ended = Mutex(false)
        let isOver = Calls()
        let watch = Watch(
            .reading, here, queue: queue,
            onCancelled: {
                ended.withLock { $0 = true }; isOver.add(calls.all.count)
            }
        ) { available in calls.add(available) }
        put([1])
        watch.resume()
        #expect(eventually { !calls.all.isEmpty })
        watch.cancel()
        watch.cancel()
        #expect(eventually { ended.withLock { $0 } })
        pollerHasTurned()
        queue.sync {}
        #expect(isOver.all == [calls.all.count])
    }

    @Test("a descriptor is watched anew after its watch has ended")
    func anew() {
        for _ in 0..<50 {
            let calls = Calls()
            let watch = Watch(.reading, here, queue: queue) { available in
                calls.add(available)
                takeAll()
            }
            watch.resume()
            put([1])
            #expect(eventually { !calls.all.isEmpty })
            queue.sync { watch.cancel() }
        }
    }

    /// Waits until the reading poller has told of something that became ready after all before this call.
    private func pollerHasTurned() {
        let other = WatchTests()
        let calls = Calls()
        let watch = Watch(.reading, other.here, queue: other.queue) { available in calls.add(available) }
        watch.resume()
        other.put([1])
        #expect(eventually { !calls.all.isEmpty })
        other.queue.sync { watch.cancel() }
    }
}
