import HTTP

/// The stream of events: `text/event-stream`, for pages that live.
struct EventRoutes {
    /// Bytes of `Last-Event-ID`; a longer one is none of ours.
    static let placeBytesMax = 64

    let gate: Gate
    let streams: EventStreams

    var routes: [Route] {
        let streams = streams
        return [
            gate.route(.get, "/api/events", for: .observer, bodyBytesMax: 0) { call in
                _ = try QueryReader(call.request, [])
                let last = call.request.headers["Last-Event-ID"].map { String($0.prefix(Self.placeBytesMax)) }
                try streams.open(call, after: last)
            }
        ]
    }
}
