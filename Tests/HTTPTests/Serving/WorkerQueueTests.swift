import Dispatch
import Testing

@testable import HTTP

@Suite("Worker queue")
struct WorkerQueueTests {
    @Test("runs so many at once, keeps so many waiting, refuses one more, and runs all it took")
    func bounds() {
        let workers = WorkerQueue(workersMax: 2, pendingMax: 3)
        let gate = DispatchSemaphore(value: 0)
        let (begun, ended) = (Log<Int>(), Log<Int>())
        for number in 0..<5 {
            let isTaken = workers.submit {
                begun.add(number)
                gate.wait()
                ended.add(number)
            }
            #expect(isTaken)
        }
        #expect(eventually { begun.count == 2 })
        #expect(!workers.submit {})
        workers.perform { ended.add(99) }
        #expect(begun.count == 2)
        for _ in 0..<5 { gate.signal() }
        #expect(eventually { ended.count == 6 })
        #expect(workers.submit { ended.add(100) })
        #expect(eventually { ended.count == 7 })
    }
}
