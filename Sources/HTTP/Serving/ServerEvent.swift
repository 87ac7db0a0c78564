/// What an operator may want to count. Never a path, a header or a body.
public enum ServerEvent: Sendable, Hashable {
    case connectionOpened
    case connectionClosed
    /// More connections than allowed.
    case connectionRefused
    /// A connection that waited on a stranger was closed, so that another could be served.
    case connectionEvicted
    /// The system had no descriptor or no memory left for a connection; accepting rests a moment.
    case shortage
    /// An answer was begun; by the handler, or by the server for a request it refused.
    case answered(Status)
    /// A request was refused before a handler saw it.
    case requestRefused(HTTPError)
    /// A deadline passed and the connection was closed.
    case deadlinePassed(Deadline)
    /// The client went away before its answer was complete.
    case clientVanished
    /// A handler composed a response that cannot be sent.
    case invalidResponse(HTTPError)

    /// The deadlines of the configuration.
    public enum Deadline: String, Sendable, Hashable, CaseIterable {
        case header, body, idle, write, answer
    }
}
