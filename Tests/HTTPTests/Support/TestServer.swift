import HTTP

/// A running server and what it reported.
final class TestServer: Sendable {
    let server: Server
    let port: UInt16
    let events: Log<ServerEvent>

    init(
        _ configuration: Server.Configuration = TestServer.patient, handler: any RequestHandler
    ) throws {
        let events = Log<ServerEvent>()
        self.events = events
        server = Server(configuration: configuration, handler: handler, onEvent: { events.add($0) })
        port = try server.start()
    }

    convenience init(
        _ configuration: Server.Configuration = TestServer.patient, handler: @escaping Handler
    ) throws {
        try self.init(configuration, handler: SingleHandler(handler: handler))
    }

    deinit {
        server.shutdown(deadlineSeconds: 0) { _ in }
    }

    func client() throws -> LoopbackClient {
        try LoopbackClient(port: port)
    }

    /// Deadlines no test is meant to reach, looked at often.
    static var patient: Server.Configuration {
        var configuration = Server.Configuration()
        configuration.lingerSeconds = 0.5
        return configuration
    }

    /// Answers with method, path and body.
    static let echo: Handler = { request, responder in
        let body = String(decoding: request.body, as: UTF8.self)
        responder.send(.text("\(request.method) \(request.path) \(body)"))
    }
}
