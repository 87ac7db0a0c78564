import Dispatch
import HTTP
import Synchronization

/// Sends back what it gets, and the end of the stream too.
final class EchoServer: Sendable {
    private let listener: ListeningSocket
    private let counter: Counter

    final class Counter: Sendable {
        private let bytes = Mutex(0)
        var count: Int { bytes.withLock { $0 } }
        func add(_ count: Int) { bytes.withLock { $0 += count } }
    }

    init() throws {
        let counter = Counter()
        self.counter = counter
        listener = try ListeningSocket(queue: DispatchQueue(label: "tributary.tests.echo"))
        listener.start { socket in
            socket.start { event in
                switch event {
                case .received(let bytes):
                    counter.add(bytes.count)
                    socket.write(bytes)
                case .endOfStream: socket.finishWriting()
                case .flushed: break
                case .failed: socket.close()
                }
            }
        }
    }

    var port: UInt16 { listener.port }
    /// Bytes that have arrived.
    var bytesReceived: Int { counter.count }

    func stop() { listener.close() }
}
