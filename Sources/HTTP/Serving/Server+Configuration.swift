import Dispatch

extension Server {
    /// Everything that can be set, each with its unit. Fractions of a second are allowed.
    public struct Configuration: Sendable, Hashable {
        /// Numeric address to listen on; loopback unless the operator asks for more.
        public var host = "127.0.0.1"
        /// 0 lets the system choose.
        public var port: UInt16 = 0
        /// Connections the system holds before they are accepted.
        public var backlog: Int32 = 512

        /// Connections served at once. For one more, those that have waited longest on strangers are closed; if there
        /// are none, it is answered 503. Must be above what all known callers together may have under way.
        public var connectionsMax = 1024
        /// Connections closed for others that may still be on their way out; then accepting rests until some are gone.
        public var leavingMax = 64
        /// Bytes of bodies that all connections together hold; a body that goes beyond is answered 503.
        public var bodyBytesInFlightMax = 64 * 1024 * 1024
        /// Connections beyond that which may be told so at once; further ones are closed without a word.
        public var refusalsMax = 64
        /// Requests on one connection, after which it is closed.
        public var requestsPerConnectionMax = 10_000
        /// What a request may consist of. The body's limit comes from the route.
        public var parserLimits = ParserLimits()
        /// Bytes read ahead while a response is pending; then reading stops. One read more may be held.
        public var readAheadBytesMax = 16 * 1024
        /// Bytes of an unwanted body that are read and dropped to keep the connection; a larger one closes it.
        public var discardBytesMax = 64 * 1024
        /// Bytes of a streamed body that may wait before its writer is told to wait.
        public var streamPendingBytesHigh = 256 * 1024
        /// Bytes of a streamed body that may wait before the client is cut off.
        public var streamPendingBytesMax = 4 * 1024 * 1024

        /// From the connection, or from the first byte of a later request, to the end of the headers. Else 408.
        public var headerSeconds = 10.0
        /// For a body; every `bytesPerSecondMin` bytes received add a second, though never more than this from now, so
        /// a drip and a long silence are cut and a large upload over a slow line is not. Else 408.
        public var bodySeconds = 30.0
        /// Between requests. Then the connection is closed.
        public var idleSeconds = 75.0
        /// For bytes to send, extended like `bodySeconds`. Then the connection is reset.
        public var writeSeconds = 30.0
        /// The slowest rate at which a client keeps its connection for longer than the deadlines above.
        public var bytesPerSecondMin = 1024
        /// For a handler to begin its answer, long polls included. Then the client gets 503.
        public var answerSeconds = 120.0
        /// How long after the last answer a closing connection still reads, so that a reset does not overtake it.
        public var lingerSeconds = 2.0
        /// How long after a client shut down its sending side an interim response asks whether it is still there.
        public var halfCloseGraceSeconds = 0.5

        /// Handlers that run at once.
        public var workersMax = 8
        /// Requests that wait for a worker; one more is answered 503.
        public var pendingRequestsMax = 256
        /// Serial queues that share the connections among them.
        public var queuesMax = 2

        public init() {}

        /// Traps on limits that make no sense together: they are chosen by the programmer.
        func check() {
            precondition(leavingMax > 0 && bodyBytesInFlightMax > 0, "nothing could be taken")
            precondition(connectionsMax > 0 && requestsPerConnectionMax > 0 && refusalsMax >= 0, "no connection fits")
            precondition(workersMax > 0 && pendingRequestsMax >= 0 && queuesMax > 0, "no request could be handled")
            precondition(
                bytesPerSecondMin > 0 && readAheadBytesMax > 0 && discardBytesMax >= 0, "a rate is not positive")
            let deadlines = [headerSeconds, bodySeconds, idleSeconds, writeSeconds, answerSeconds, lingerSeconds]
            precondition(deadlines.allSatisfy { $0 > 0 && $0 < 1e6 }, "a deadline is not positive")
            precondition(halfCloseGraceSeconds >= 0, "the grace is negative")
        }

        /// How often deadlines are looked at: an eighth of the shortest, between 10 ms and 1 s.
        var tickSeconds: Double {
            let shortest = min(
                headerSeconds, bodySeconds, idleSeconds, writeSeconds, answerSeconds, lingerSeconds,
                max(halfCloseGraceSeconds, 0.1))
            return min(max(shortest / 8, 0.01), 1)
        }
    }
}
