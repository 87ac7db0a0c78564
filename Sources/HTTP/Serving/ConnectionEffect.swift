/// What the connection's machine wants done, in order.
enum ConnectionEffect: Sendable {
    case pauseReading
    case resumeReading
    case write([UInt8])
    /// A piece of a streamed body, with the number of body bytes in it.
    case writeBody([UInt8], payloadBytes: Int)
    /// Run the handler; its answer comes back under this number.
    case handle(Request, number: UInt64, Handler)
    /// The stream under way is over.
    case streamEnded(StreamFlow.Ending)
    /// The exchange is over; whether its answer was complete.
    case exchangeEnded(isComplete: Bool)
    /// Ask the system whether the client is still there, and report a break.
    case checkPeer
    /// Half-close after what was written.
    case finishWriting
    case close
    /// Close with a reset.
    case abort
    case report(ServerEvent)
}
