import Foundation
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

    /// What every ticket has stands beside the fields of its form.
    private static func json(_ row: ImportRow) -> JSONValue {
        var members: [String: JSONValue] = [
            "key": .string(row.key), "type": .string(row.type), "home": .string(row.home),
        ]
        var fields: [String: JSONValue] = [:]
        for (name, value) in row.fields {
            if ImportMap.ticketFields.contains(name) {
                members[name] = value.json
            } else {
                fields[name] = value.json
            }
        }
        members["fields"] = .object(fields)
        return .object(members)
    }
}
