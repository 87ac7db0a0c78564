import Dispatch
import HTTP
import Synchronization
import Testing

@testable import Node

@Suite("The line that URLSession carries")
struct SecureLineTests {
    private func answer(bytes: Int) throws -> Result<HubReply, any Error> {
        let server = Server { _, responder in
            responder.send(Response(body: .bytes([UInt8](repeating: 7, count: bytes))))
        }
        let port = try server.start()
        defer { server.shutdown(deadlineSeconds: 0) { _ in } }
        let line = SecureLine(base: "http://127.0.0.1:\(port)")
        defer { line.close() }
        let done = DispatchSemaphore(value: 0)
        let outcome = Mutex<Result<HubReply, any Error>?>(nil)
        line.post("/x", headers: [:], body: [1], seconds: 20) { result in
            outcome.withLock { $0 = result }
            done.signal()
        }
        done.wait()
        return try #require(outcome.withLock { $0 })
    }

    @Test("an answer of 4 MiB is taken whole, and one byte more is refused by its limit")
    func limit() throws {
        #expect(try answer(bytes: 4 << 20).get().body.count == 4 << 20)
        let over = try answer(bytes: (4 << 20) + 1)
        #expect(throws: NodeError.self) { try over.get() }
        guard case .failure(let error) = over else { return }
        #expect("\(error)".contains("4 MiB"))
    }
}
