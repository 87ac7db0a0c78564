/// Answers one request through its responder. It runs on a bounded worker queue, so it may block for a short read.
public typealias Handler = @Sendable (Request, Responder) -> Void

/// Decides from a head what becomes of a request, before its body is read.
public protocol RequestHandler: Sendable {
    /// Called on the connection's queue: must return at once, without locks held elsewhere and without disk.
    func admit(_ head: RequestHead, from remoteAddress: String) -> Admission
}

/// What becomes of a request.
public enum Admission: Sendable {
    /// Read its body, up to `bodyBytesMax`, then run the handler with `parameters` in the request. A connection whose
    /// request has a `caller` is not closed to make room for others; one of a stranger may be.
    case accept(bodyBytesMax: Int, parameters: [String: String], handler: Handler, caller: Caller? = nil)
    /// Answer this without reading the body. Never a stream.
    case refuse(Response)
}

/// A handler that takes every request.
public struct SingleHandler: RequestHandler {
    private let bodyBytesMax: Int
    private let handler: Handler

    public init(bodyBytesMax: Int = 1024 * 1024, handler: @escaping Handler) {
        self.bodyBytesMax = bodyBytesMax
        self.handler = handler
    }

    public func admit(_ head: RequestHead, from remoteAddress: String) -> Admission {
        .accept(bodyBytesMax: bodyBytesMax, parameters: [:], handler: handler)
    }
}
