import HTTP

/// What the log says of the server: that it is short of something, or that an answer of ours was wrong. What clients do
/// wrong they are told themselves.
struct ServerNotes: Sendable {
    let log: Log

    func take(_ event: ServerEvent) {
        switch event {
        case .connectionEvicted:
            log.line(
                "http", kind: "evicted",
                "too many connections: one that waited on a stranger was closed for another. If no flood is meant, "
                    + "raise the descriptor limit.")
        case .connectionRefused:
            log.line(
                "http", kind: "refused", "every connection is in use by a known caller; one more was refused with 503")
        case .shortage:
            log.line(
                "http", kind: "shortage",
                "the system has no descriptor or memory left for a connection; raise the descriptor limit (ulimit -n)")
        case .requestRefused(let error) where error.kind == .busy:
            log.line("http", kind: "busy", "a request was refused: \(error.description)")
        case .invalidResponse(let error):
            log.line("http", kind: "invalid answer", "an answer could not be sent: \(error.description)")
        case .connectionOpened, .connectionClosed, .answered, .requestRefused, .deadlinePassed, .clientVanished: return
        }
    }
}
