/// Who sends a request, as far as its head proves it.
public struct Caller: Sendable, Hashable {
    /// Names whose requests are counted together. Never shown to anybody.
    public let name: String
    /// Requests of this caller that may be under way at once, from their heads to the ends of their answers; one more
    /// is answered 429 before its body is read.
    public let requestsMax: Int

    public init(_ name: String, requestsMax: Int) {
        precondition(requestsMax > 0, "a caller may send something")
        self.name = name
        self.requestsMax = requestsMax
    }
}

/// What a head proves of its sender, before any of the body is read.
public enum Identification: Sendable {
    case caller(Caller)
    /// Nobody who may go on: answer this.
    case refused(Response)
}

/// Looks at a head and the address that it came from. Called on the connection's queue: must return at once, without
/// disk.
public typealias Identify = @Sendable (_ head: RequestHead, _ remoteAddress: String) -> Identification
