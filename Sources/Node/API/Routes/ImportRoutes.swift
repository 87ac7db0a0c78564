import HTTP
import Replication
import SQLite
import ServiceDesk
import Standards

/// Rows of another system become tickets, each by itself: a bad row does not keep its neighbours out.
struct ImportRoutes {
    /// Rows that share one job of the writer, so that people at the counter wait for few of them at most.
    static let rowsInJob = 50

    let gate: Gate

    var routes: [Route] {
        [gate.post("/api/import", for: .supervisor, bodyBytesMax: ImportRequest.bytesMax, Self.take)]
    }

    private static func take(_ call: Call) throws {
        try call.requireDesk()
        let configuration = call.site.configuration
        let request = try ImportRequest(call.request, home: configuration.isHub ? nil : configuration.site)
        let seeds = request.rows.map { _ in Secrets.random(bytes: 16) }
        take(zip(request.rows, seeds).map { (row: $0, seed: $1) }[...], after: [], call)
    }

    private typealias Item = (row: ImportRequest.Row, seed: [UInt8])

    /// Job after job, so that what else waits at the writer comes in between.
    private static func take(_ items: ArraySlice<Item>, after results: [JSONValue], _ call: Call) {
        guard !items.isEmpty else {
            call.answer(.success(Answers.json(["results": .array(results)])))
            return
        }
        let batch = Array(items.prefix(length(of: items)))
        call.site.write("import") { session, now in
            try batch.map { try outcome(of: $0, call, &session, now) }
        } completion: { result in
            switch result {
            case .success(let more): take(items.dropFirst(batch.count), after: results + more, call)
            case .failure(let error): call.answer(.failure(error))
            }
        }
    }

    /// The rows of one ticket share a job, so that all its states are written before the province can move it.
    private static func length(of items: ArraySlice<Item>) -> Int {
        var end = items.index(items.startIndex, offsetBy: rowsInJob, limitedBy: items.endIndex) ?? items.endIndex
        while end < items.endIndex, items[end].row.key == items[end - 1].row.key { end += 1 }
        return end - items.startIndex
    }

    private static func outcome(
        of item: Item, _ call: Call, _ session: inout Session, _ now: Int64
    ) throws -> JSONValue {
        guard let ticket = item.row.ticket, let source = ticket.source else {
            return rejected(item.row.key, item.row.problems.first, "The row cannot be read.")
        }
        let before = session
        do {
            let desk = call.desk(session.store, now: now)
            return try session.store.database.savepoint {
                ticket.event == nil
                    ? try open(ticket, source, item.seed, desk, &session)
                    : try bring(ticket, source, item.seed, desk, &session)
            }
        } catch let error as DeskError where error.kind != .noStandard {
            try restore(&session, to: before, after: error)
            return rejected(source.key, error.problems.first, error.message)
        } catch let error as ReplicationError where error.kind != .inconsistent {
            try restore(&session, to: before, after: error)
            return rejected(source.key, nil, error.message)
        }
    }

    private static func open(
        _ ticket: NewTicket, _ source: NewTicket.Source, _ seed: [UInt8], _ desk: Desk, _ session: inout Session
    ) throws -> JSONValue {
        // Another site may have imported the row before and the exchange have brought it here.
        if let row = try ticket.importedEntity.flatMap(session.store.row), row.state.exists {
            if let replay = try? session.replay(of: source.idempotencyKey) { try desk.refuseRefused(replay.change) }
            let creation = try row.state.createdBy.flatMap(session.store.entry)?.change
            return done("unchanged", source.key, row, differs: creation?.key != source.idempotencyKey.bytes)
        }
        let written = try desk.open(ticket, key: nil, identifier: seed, customerIdentifier: seed, in: &session)
        return done(written.isReplay ? "unchanged" : "created", source.key, written.row)
    }

    private static func bring(
        _ ticket: NewTicket, _ source: NewTicket.Source, _ seed: [UInt8], _ desk: Desk, _ session: inout Session
    ) throws -> JSONValue {
        switch try desk.bring(ticket, identifier: seed, customerIdentifier: seed, in: &session) {
        case .created(let written): done("created", source.key, written.row)
        case .updated(let written): done("updated", source.key, written.row)
        case .unchanged(let row): done("unchanged", source.key, row)
        }
    }

    /// The session is a value beside the database: what the row did to it goes the way of what it did there.
    private static func restore(_ session: inout Session, to before: Session, after error: any Error) throws {
        guard !before.store.database.isAutocommit else { throw error }
        session = before
    }

    /// - Parameter differs: whether the row says something else than the one that the ticket was made of.
    private static func done(_ outcome: String, _ key: String, _ row: EntityRow, differs: Bool = false) -> JSONValue {
        [
            "key": .string(key), "outcome": .string(outcome), "ticket": .string(row.id.text),
            "number": .string(row.state.creation?.label ?? ""), "differs": .bool(differs),
        ]
    }

    private static func rejected(_ key: String, _ problem: DeskError.Problem?, _ reason: String) -> JSONValue {
        var members: [String: JSONValue] = ["key": .string(key), "outcome": "rejected", "reason": .string(reason)]
        if let problem, !problem.field.isEmpty {
            members["field"] = .string(problem.field)
            members["reason"] = .string(problem.problem)
        } else if let problem {
            members["reason"] = .string(problem.problem)
        }
        return .object(members)
    }
}
