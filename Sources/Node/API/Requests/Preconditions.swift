import HTTP
import Replication

/// What a client says of the version it was shown, and of having asked before.
struct Preconditions: Sendable {
    /// Bytes of an idempotency key.
    static let keyBytesMax = 200
    /// Versions in one If-Match.
    static let tagsMax = 16

    let key: IdempotencyKey?
    /// The versions of If-Match; empty for none, or for `*`.
    private let shown: [RowVersion]

    init(_ request: Request, actor: String) throws {
        key = try Self.key(request, actor)
        shown = try request.headers.values("If-Match").flatMap(Self.tags)
        guard shown.count <= Self.tagsMax else { throw Self.malformed }
    }

    /// The version to compare with: of several, the one that is current, if there is one.
    func shown(current: () throws -> RowVersion) throws -> RowVersion? {
        guard shown.count > 1 else { return shown.first }
        let current = try current()
        return shown.contains(current) ? current : shown.first
    }

    static func tag(_ version: RowVersion) -> String { "\"\(version)\"" }

    /// The same method, path, query and body under the same key is the same request.
    private static func key(_ request: Request, _ actor: String) throws -> IdempotencyKey? {
        let values = request.headers.values("Idempotency-Key")
        guard let text = values.first else { return nil }
        guard values.count == 1, (1...keyBytesMax).contains(text.utf8.count) else {
            throw NodeError(
                .badRequest, "Idempotency-Key has not 1 to \(keyBytesMax) bytes, or is sent twice.",
                remedy: "Send one, drawn at random for each request.")
        }
        let query = request.query.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
        let target = request.path + (query.isEmpty ? "" : "?" + query)
        let content = Array("\(request.method) \(target)\n".utf8) + request.body
        return IdempotencyKey(client: "api \(actor)", key: text, content: content)
    }

    private static func tags(_ value: String) throws -> [RowVersion] {
        if value == "*" { return [] }
        return try value.split(separator: ",", omittingEmptySubsequences: false).map { part in
            let tag = part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
            guard tag.count > 2, tag.first == "\"", tag.last == "\"",
                let version = RowVersion(String(tag.dropFirst().dropLast()))
            else { throw malformed }
            return version
        }
    }

    private static let malformed = NodeError(
        .badRequest, "If-Match is not a list of versions of this node.",
        remedy: "Send the ETag that came with the ticket, quotes included, or leave it out.")
}
