import HTTP
import Hashing
import Replication

/// What every call passes: the token, and the name of who acts.
struct Gate: Sendable {
    /// Bytes of the name of who acts, decoded.
    static let actorBytesMax = ReplicationLimits.bytesInActor
    static let actorUnnamed = "api"

    let site: Site

    /// A route that only reads: its answer is made at once.
    func get(_ pattern: String, _ body: @escaping @Sendable (Call) throws -> Response) -> Route {
        route(.get, pattern, bodyBytesMax: 0) { call in call.answer(.success(try body(call))) }
    }

    /// A route that answers through its call, when it is done.
    func post(
        _ pattern: String, bodyBytesMax: Int = Route.bodyBytesMaxDefault,
        _ body: @escaping @Sendable (Call) throws -> Void
    ) -> Route {
        route(.post, pattern, bodyBytesMax: bodyBytesMax, body)
    }

    func route(
        _ method: Method, _ pattern: String, bodyBytesMax: Int, _ body: @escaping @Sendable (Call) throws -> Void
    ) -> Route {
        let site = site
        return Route(method, pattern, bodyBytesMax: bodyBytesMax) { request, responder in
            do {
                try Self.checkIsLocal(request)
                try Self.checkToken(request, of: site)
                let actor = try Self.actor(request)
                try body(Call(site: site, request: request, actor: actor, responder: responder))
            } catch {
                responder.send(Problems.response(to: error, of: request, log: site.log))
            }
        }
    }

    /// Until people can sign in, a token in a file is all there is: it is taken on this machine only, even where the
    /// node listens to others for the exchange.
    private static func checkIsLocal(_ request: Request) throws {
        guard request.remoteAddress.hasPrefix("127.") || request.remoteAddress.hasPrefix("[::1]:") else {
            throw NodeError(
                .refused, "The API answers on this machine only.",
                remedy: "Run the command there; from elsewhere only branches exchange with their hub.")
        }
    }

    /// Digests are compared, so that not even the token's length shows in the time it takes.
    private static func checkToken(_ request: Request, of site: Site) throws {
        let values = request.headers.values("Authorization")
        let parts = (values.first ?? "").split(separator: " ", maxSplits: 1)
        let shown = parts.count == 2 && parts[0].lowercased() == "bearer" ? String(parts[1]) : ""
        guard values.count == 1, !site.apiToken.isEmpty,
            constantTimeEquals(SHA256.hash(Array(shown.utf8)), SHA256.hash(Array(site.apiToken.utf8)))
        else {
            throw NodeError(
                .unauthorised, "This node answers only to its own token.",
                remedy: "Send it as `Authorization: Bearer TOKEN`; it is the file `token` in the data folder.")
        }
    }

    private static func actor(_ request: Request) throws -> String {
        guard let sent = request.headers["Tributary-Actor"] else { return actorUnnamed }
        guard let actor = PercentCoding.decode(Array(sent.utf8)), !actor.isEmpty, actor.utf8.count <= actorBytesMax,
            actor.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control })
        else {
            throw NodeError(
                .badRequest, "Tributary-Actor is not a name.",
                remedy: "Send 1 to \(actorBytesMax) bytes of percent-encoded UTF-8 without control characters.")
        }
        return actor
    }
}
