import Foundation
import Node
import ServiceDesk
import Standards

/// Sends batches of rows to one node.
///
/// Identifiers derive from source and key, so a batch whose answer was lost is simply sent again.
struct ImportRequest {
    private static let deadlineSeconds = 120.0
    /// Seconds of rest before each further attempt.
    private static let rests = [0.2, 0.5, 1, 2]

    let client: NodeClient
    let source: String

    /// - Returns: an outcome for each row, in their order.
    func send(_ rows: [ImportRow]) throws -> [ImportOutcome] {
        let body: JSONValue = ["source": .string(source), "rows": .array(rows.map(Self.json))]
        let answer = try attempt(body)
        let outcomes = (answer.json["results"]?.arrayValue ?? []).compactMap(ImportOutcome.init)
        guard outcomes.map(\.key) == rows.map(\.key) else {
            throw CommandError(
                .unreachable, "import into \(client.address.url)",
                reason: "the node did not answer row by row", remedy: "see that it is of the same version")
        }
        return outcomes
    }

    private func attempt(_ body: JSONValue) throws -> NodeAnswer {
        for rest in Self.rests {
            do {
                return try client.post("/api/import", body, deadlineSeconds: Self.deadlineSeconds)
            } catch let error as CommandError where error.isRecoverable {
                Thread.sleep(forTimeInterval: rest)
            }
        }
        return try client.post("/api/import", body, deadlineSeconds: Self.deadlineSeconds)
    }

    /// What a row takes in a request, in bytes.
    static func bytes(of row: ImportRow) -> Int { json(row).bytes().count + 1 }

    /// What every ticket has stands beside the fields of its form.
    private static func json(_ row: ImportRow) -> JSONValue {
        var members: [String: JSONValue] = [
            "key": .string(row.key), "type": .string(row.type), "home": .string(row.home),
            "content": .string(Secrets.hex(row.content)),
        ]
        var fields: [String: JSONValue] = [:]
        for (name, value) in row.fields {
            if ImportMap.ticketFields.contains(name) {
                members[name] = value.json
            } else {
                fields[name] = value.json
            }
        }
        for name in row.cleared where name == "category" || !ImportMap.ticketFields.contains(name) {
            fields[name] = .null
        }
        members["fields"] = .object(fields)
        if let kept = row.kept { members["columns"] = try? JSONValue(parsing: kept, sizeLimit: kept.utf8.count) }
        members["customer"] = row.customer.map(json)
        members["event"] = row.event.map(json)
        members["identity"] = row.identity.map(json)
        return .object(members)
    }

    private static func json(_ customer: ImportRow.Customer) -> JSONValue {
        object([
            "name": .string(customer.name), "phone": .string(customer.phone), "id": customer.id.map { .string($0) },
        ])
    }

    private static func json(_ event: ImportRow.Event) -> JSONValue {
        object([
            "version": event.version.map { .integer($0) }, "time": event.time.map { .integer($0) },
            "actor": event.actor.map { .string($0) }, "note": event.note.map { .string($0) },
            "visibility": event.visibility.map { .string($0) },
        ])
    }

    private static func json(_ identity: ImportRow.Identity) -> JSONValue {
        object([
            "id": .string(identity.id), "number": .string(identity.number),
            "source": identity.source.map { .string($0) }, "key": identity.key.map { .string($0) },
            "version": identity.version.map { .integer($0) }, "time": identity.time.map { .integer($0) },
        ])
    }

    private static func object(_ members: [String: JSONValue?]) -> JSONValue {
        .object(members.compactMapValues(\.self))
    }
}
