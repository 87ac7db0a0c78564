import Dispatch
import HTTP
import Replication
import SQLite
import ServiceDesk
import Standards
import Synchronization

/// Whole tables as files: one snapshot of the database, written as fast as the client reads.
struct ExportRoutes {
    /// Exports under way at once; each holds a connection to the database and a thread.
    static let exportsMax = 2
    /// How long one may take: as long as it lasts, the database's write-ahead log is not emptied.
    static let secondsMax: Int64 = 1_800

    private final class Turns: Sendable {
        let queue = DispatchQueue(label: "tributary.export", qos: .utility, attributes: .concurrent)
        let count = Mutex(0)
    }

    let gate: Gate
    private let turns = Turns()

    init(gate: Gate) { self.gate = gate }

    var routes: [Route] {
        let turns = turns
        return [
            gate.route(.get, "/api/export/{subject}", for: .supervisor, bodyBytesMax: 0) { call in
                let (query, filters) = try Self.query(call)
                try Self.begin(turns)
                turns.queue.async {
                    let name = Secrets.hex(Secrets.random(bytes: 4))
                    call.site.jobs.move(.export, about: name)
                    defer {
                        call.site.jobs.end(.export, about: name)
                        turns.count.withLock { $0 -= 1 }
                    }
                    Self.export(query, filters, call, as: name)
                }
            },
            gate.get("/api/export/{subject}/map", for: .supervisor, Self.map),
        ]
    }

    private static func begin(_ turns: Turns) throws {
        try turns.count.withLock { count in
            guard count < exportsMax else {
                throw NodeError(
                    .busy, "\(exportsMax) exports are under way.", remedy: "Try again when one of them is done.")
            }
            count += 1
        }
    }

    /// The tickets of it are looked up in the transaction that reads them.
    private static func query(_ call: Call) throws -> (ExportQuery, TicketFilters) {
        let reader = try QueryReader(call.request, TicketFilters.names + ["format", "since"])
        guard let subject = ExportQuery.Subject(rawValue: call.request.parameter("subject")) else {
            let known = ExportQuery.Subject.allCases.map(\.rawValue).joined(separator: ", ")
            throw NodeError(.notFound, "There is no such export.", remedy: "There are: \(known).")
        }
        let format = try reader.choice("format", of: ExportQuery.Format.allCases.map(\.rawValue))
        var query = ExportQuery(subject, format.flatMap { ExportQuery.Format(rawValue: $0) } ?? .csv)
        let filters = try TicketFilters(reader, at: call.site.now())
        query.updatedSince = try reader.value(
            "since", "a time such as \(InstantText.example)", InstantText.milliseconds)
        query.onlyOpen = filters.query.isOpen
        return (query, filters)
    }

    private static func map(_ call: Call) throws -> Response {
        let (query, filters) = try query(call)
        return try call.site.read { store in
            let asked = try resolved(query, filters, in: store, call.site.domain.shelf)
            return Answers.json(
                try ExportMap.json(asked, in: store, shelf: call.site.domain.shelf, at: call.site.now()))
        }
    }

    private static func resolved(
        _ query: ExportQuery, _ filters: TicketFilters, in store: SiteStore, _ shelf: PackShelf
    ) throws -> ExportQuery {
        var query = query
        query.tickets = try filters.query(in: store, shelf)
        // Of conflicts it is asked whether they are open, and not of their tickets.
        if query.subject == .conflicts { query.tickets.isOpen = false }
        return query
    }

    /// A long read on a shared connection would hold up the counter.
    private static func export(_ query: ExportQuery, _ filters: TicketFilters, _ call: Call, as name: String) {
        do {
            let database = try Database(path: call.site.storage.path, mode: .readOnly)
            defer { database.close() }
            try database.transaction(.deferred) {
                let store = SiteStore(database, domain: call.site.domain)
                let shelf = call.site.domain.shelf
                let asked = try resolved(query, filters, in: store, shelf)
                var export = try Export(asked, in: store, shelf: shelf, at: call.site.now())
                try send(&export, asked, call, as: name)
            }
        } catch {
            call.answer(.failure(error))
        }
    }

    /// What goes wrong before the first piece is answered as a problem; after it the answer is cut off, so that it
    /// never looks complete.
    private static func send(
        _ export: inout Export, _ query: ExportQuery, _ call: Call, as name: String
    ) throws {
        let deadline = SystemClock.steady() + secondsMax * 1_000
        var piece = try export.next()
        guard let writer = call.stream(headers(of: query, call)) else { return }
        do {
            while let bytes = piece {
                switch writer.write(bytes) {
                case .closed: return
                case .accepted: try require(deadline)
                case .full: try wait(for: writer, until: deadline)
                }
                call.site.jobs.move(.export, about: name)
                piece = try export.next()
            }
            writer.finish()
        } catch {
            writer.abort()
            call.site.log.line("export", "\(query.subject.rawValue) cut off: \(error)")
        }
    }

    private static func require(_ deadline: Int64) throws {
        guard SystemClock.steady() < deadline else { throw tookTooLong }
    }

    private static let tookTooLong = NodeError(
        .busy, "It took more than \(secondsMax) s to read.", remedy: "Export less at a time, or read faster.")

    private static func wait(for writer: BodyWriter, until deadline: Int64) throws {
        let room = DispatchSemaphore(value: 0)
        writer.whenReady { room.signal() }
        let left = max(0, deadline - SystemClock.steady())
        guard room.wait(timeout: .now() + .milliseconds(Int(left))) == .success else {
            throw tookTooLong
        }
    }

    private static func headers(of query: ExportQuery, _ call: Call) -> Headers {
        let name = "\(call.site.configuration.site.text)-\(query.subject.rawValue).\(query.format.rawValue)"
        return [
            "Content-Type": query.format.mediaType, "Content-Disposition": "attachment; filename=\"\(name)\"",
            "Cache-Control": "no-store",
        ]
    }
}
