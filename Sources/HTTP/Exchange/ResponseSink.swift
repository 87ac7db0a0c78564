/// Where an answer goes: a connection of the server, or a recorder in a test that calls handlers without sockets.
///
/// `Responder` and `BodyWriter` guard the order (one of `send` and `begin`; `write` only between `begin` and one of
/// `finish` and `abort`), so that a sink need not. Every method may be called from any thread and returns at once.
public protocol ResponseSink: Sendable {
    /// Sends a whole response; its body is never `.stream`.
    func send(_ response: Response)
    /// Sends a head and begins a streamed body. The sink reports to `flow` what is pending and when it ends.
    func begin(status: Status, headers: Headers, flow: StreamFlow)
    /// Sends a piece of the streamed body, never empty.
    func write(_ bytes: [UInt8])
    /// Ends the streamed body properly.
    func finish()
    /// Cuts the streamed body off, so that the client sees it is incomplete.
    func abort()
    /// Runs work where a handler may run: off the connection's queue.
    func perform(_ work: @escaping @Sendable () -> Void)
}
