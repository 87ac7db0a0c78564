import Foundation
import HTTP
import Standards
import Synchronization

@testable import tributary

/// A node that answers what a test tells it to.
final class FakeNode: Sendable {
    /// What it is asked, with the body read.
    struct Asked: Sendable {
        let method: String
        let path: String
        let headers: Headers
        let body: JSONValue
    }

    private let server: Server
    private let list: SharedList
    let port: UInt16

    /// - Parameter answer: a response for what was asked, and how many times something was asked before.
    init(_ answer: @escaping @Sendable (Asked, Int) -> Response) throws {
        let seen = SharedList()
        server = Server { request, responder in
            let body = (try? JSONValue(parsing: request.body, sizeLimit: 8 << 20)) ?? .null
            let asked = Asked(
                method: request.method.name, path: request.path, headers: request.headers, body: body)
            responder.send(answer(asked, seen.append(asked)))
        }
        list = seen
        port = try server.start()
    }

    var asked: [Asked] { list.all }

    func client(token: String = "secret", actor: String = "王芳") throws -> NodeClient {
        NodeClient(try NodeAddress("http://127.0.0.1:\(port)", token: token), actor: actor)
    }

    func stop() { server.shutdown(deadlineSeconds: 0) { _ in } }

    /// What was asked so far.
    final class SharedList: Sendable {
        private let list = Mutex<[Asked]>([])

        var all: [Asked] { list.withLock { $0 } }

        /// - Returns: how many there were before.
        func append(_ asked: Asked) -> Int {
            list.withLock { list in
                list.append(asked)
                return list.count - 1
            }
        }
    }
}
