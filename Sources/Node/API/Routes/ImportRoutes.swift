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
        [gate.post("/api/import", bodyBytesMax: ImportRequest.bytesMax, Self.take)]
    }

    private static func take(_ call: Call) throws {
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
        let batch = Array(items.prefix(rowsInJob))
        call.site.write("import") { session, now in
            try batch.map { try outcome(of: $0, call, &session, now) }
        } completion: { result in
            switch result {
            case .success(let more): take(items.dropFirst(rowsInJob), after: results + more, call)
            case .failure(let error): call.answer(.failure(error))
            }
        }
    }

    private static func outcome(
        of item: Item, _ call: Call, _ session: inout Session, _ now: Int64
    ) throws -> JSONValue {
        guard let ticket = item.row.ticket, let source = ticket.source else {
            return rejected(item.row.key, item.row.problems.first, "The row cannot be read.")
        }
        // Another site may have imported the row before and the exchange have brought it here.
        if let row = try session.store.row(source.entity), row.state.exists {
            return done("unchanged", source.key, row)
        }
        let before = session
        do {
            let desk = call.desk(session.store, now: now)
            let written = try session.store.database.savepoint {
                try desk.open(
                    ticket, key: nil, identifier: item.seed, customerIdentifier: item.seed, in: &session)
            }
            return done(written.isReplay ? "unchanged" : "created", source.key, written.row)
        } catch let error as DeskError where error.kind != .noStandard {
            try restore(&session, to: before, after: error)
            return rejected(source.key, error.problems.first, error.message)
        } catch let error as ReplicationError where error.kind != .inconsistent {
            try restore(&session, to: before, after: error)
            return rejected(source.key, nil, error.message)
        }
    }

    /// The session is a value beside the database: what the row did to it goes the way of what it did there.
    private static func restore(_ session: inout Session, to before: Session, after error: any Error) throws {
        guard !before.store.database.isAutocommit else { throw error }
        session = before
    }

    private static func done(_ outcome: String, _ key: String, _ row: EntityRow) -> JSONValue {
        [
            "key": .string(key), "outcome": .string(outcome), "ticket": .string(row.id.text),
            "number": .string(row.state.creation?.label ?? ""),
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
