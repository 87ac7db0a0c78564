import HTTP
import Replication
import ServiceDesk
import Standards

/// Where a stream of events stands: the start of the node, since a ring does not outlive it, and the number since.
struct EventPlace: Hashable, CustomStringConvertible {
    let start: UInt32
    let number: UInt64

    init(start: UInt32, number: UInt64) {
        self.start = start
        self.number = number
    }

    init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.allSatisfy({ $0 != UInt8(ascii: "+") }), let start = UInt32(parts[0]),
            let number = UInt64(parts[1])
        else { return nil }
        self.init(start: start, number: number)
    }

    var description: String { "\(start)-\(number)" }
}

/// The events of a stream.
enum EventView {
    /// How long a client waits before it connects again, in milliseconds.
    static let retryMilliseconds = 2_000

    /// The first event: the place to come back to before anything has happened.
    static func began(at place: EventPlace) -> ServerSentEvent {
        ServerSentEvent(event: "begin", id: place.description, data: "{}", retryMilliseconds: retryMilliseconds)
    }

    /// Says that events have been missed: read the lists again, then go on from here.
    static func reset(at place: EventPlace) -> ServerSentEvent {
        ServerSentEvent(event: "reset", id: place.description, data: "{}", retryMilliseconds: retryMilliseconds)
    }

    /// The tickets as they are now. Of one that changed several times only the last is told.
    static func events(
        _ changed: [(number: UInt64, ticket: Int64)], start: UInt32, in store: SiteStore, of site: Site
    ) throws -> [(number: UInt64, event: ServerSentEvent)] {
        let wording = try Wording(store, of: site)
        let last = Dictionary(changed.map { ($0.ticket, $0.number) }, uniquingKeysWith: { max($0, $1) })
        return try changed.filter { last[$0.ticket] == $0.number }.map { item in
            let data = try ticket(try store.row(number: item.ticket), wording)
            let place = EventPlace(start: start, number: item.number)
            return (
                item.number,
                ServerSentEvent(event: "ticket", id: place.description, data: JSONValue.object(data).text())
            )
        }
    }

    /// Of a ticket that has left this site, or was refused, only its name.
    private static func ticket(_ row: EntityRow, _ wording: Wording) throws -> [String: JSONValue] {
        let view = TicketView(row: row, wording: wording)
        var members: [String: JSONValue] = [
            "id": .string(row.id.text), "number": row.state.creation.map { .string($0.label) } ?? .null,
        ]
        guard row.state.exists, !row.isWithdrawn else {
            members["left"] = true
            return members
        }
        members["version"] = .string("\(wording.version(of: row))")
        members["summary"] = .object(view.summary)
        members["fields"] = try view.form()["fields"]
        return members
    }
}
