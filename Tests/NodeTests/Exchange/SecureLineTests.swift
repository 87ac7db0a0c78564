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
        return try outcome(port: port)
    }

    /// What becomes of a call.
    private func outcome(port: UInt16, meanwhile: () -> Void = {}) throws -> Result<HubReply, any Error> {
        let line = SecureLine(base: "http://127.0.0.1:\(port)")
        defer { line.close() }
        let done = DispatchSemaphore(value: 0)
        let outcome = Mutex<Result<HubReply, any Error>?>(nil)
        line.post("/x", headers: [:], body: [1], seconds: 20) { result in
            outcome.withLock { $0 = result }
            done.signal()
        }
        meanwhile()
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

    /// How a call that gets no answer fails.
    private func failure(port: UInt16, meanwhile: () -> Void = {}) throws -> NodeError {
        let result = try outcome(port: port, meanwhile: meanwhile)
        guard case .failure(let error) = result else { throw NodeError(.notNow, "An answer came.", remedy: "") }
        return try #require(error as? NodeError)
    }

    @Test("what was taken whole and is not answered may have been heard; what nobody is there for cannot have been")
    func unanswered() throws {
        let held = Mutex<[Responder]>([])
        let (arrived, gone) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let server = Server { _, responder in
            held.withLock { $0.append(responder) }
            arrived.signal()
        }
        let port = try server.start()
        let heard = try failure(port: port) {
            _ = arrived.wait(timeout: .now() + 20)
            server.shutdown(deadlineSeconds: 0) { _ in gone.signal() }
            gone.wait()
        }
        #expect(held.withLock { $0.count } == 1)
        #expect(!heard.isUnsent, "\(heard)")
        let unheard = try failure(port: port)
        #expect(unheard.isUnsent, "\(unheard)")
    }
}
