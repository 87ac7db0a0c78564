import HTTP
import Hashing
import Replication

/// What every call passes: the token, and the name of who acts.
struct Gate: Sendable {
    /// Bytes of the name of who acts, decoded.
    static let actorBytesMax = ReplicationLimits.bytesInActor
    static let actorUnnamed = "api"
    /// Requests with the token that may be under way at once: half of all connections, so that the exchange has the
    /// other half.
    static let requestsMax = 512

    let site: Site

    /// A route that only reads: its answer is made at once.
    /// - Parameter requirement: what its caller must be allowed.
    func get(
        _ pattern: String, for requirement: Requirement, _ body: @escaping @Sendable (Call) throws -> Response
    ) -> Route {
        route(.get, pattern, for: requirement, bodyBytesMax: 0) { call in call.answer(.success(try body(call))) }
    }

    /// A route that answers through its call, when it is done.
    func post(
        _ pattern: String, for requirement: Requirement, bodyBytesMax: Int = Route.bodyBytesMaxDefault,
        _ body: @escaping @Sendable (Call) throws -> Void
    ) -> Route {
        route(.post, pattern, for: requirement, bodyBytesMax: bodyBytesMax, body)
    }

    func route(
        _ method: Method, _ pattern: String, for requirement: Requirement, bodyBytesMax: Int,
        _ body: @escaping @Sendable (Call) throws -> Void
    ) -> Route {
        let site = site
        return Route(
            method, pattern, bodyBytesMax: bodyBytesMax, access: "\(requirement)",
            identify: { Self.identify($0, from: $1, token: site.apiToken) }
        ) { request, responder in
            do {
                let actor = try Self.actor(request)
                try body(Call(site: site, request: request, actor: actor, responder: responder))
            } catch {
                responder.send(Problems.response(to: error, of: request, log: site.log))
            }
        }
    }

    /// Asked of the head, so that nobody else can make the node hold a body.
    private static func identify(_ head: RequestHead, from remoteAddress: String, token: String) -> Identification {
        do throws(NodeError) {
            try checkIsLocal(remoteAddress)
            try checkToken(head.headers, is: token)
            return .caller(Caller("api", requestsMax: requestsMax))
        } catch {
            return .refused(Problems.response(to: error))
        }
    }

    /// Until people can sign in, a token in a file is all there is: it is taken on this machine only, even where the
    /// node listens to others for the exchange.
    private static func checkIsLocal(_ remoteAddress: String) throws(NodeError) {
        guard remoteAddress.hasPrefix("127.") || remoteAddress.hasPrefix("[::1]:") else {
            throw NodeError(
                .refused, "The API answers on this machine only.",
                remedy: "Run the command there; from elsewhere only branches exchange with their hub.")
        }
    }

    /// Digests are compared, so that not even the token's length shows in the time it takes.
    private static func checkToken(_ headers: Headers, is token: String) throws(NodeError) {
        let values = headers.values("Authorization")
        let parts = (values.first ?? "").split(separator: " ", maxSplits: 1)
        let shown = parts.count == 2 && parts[0].lowercased() == "bearer" ? String(parts[1]) : ""
        guard values.count == 1, !token.isEmpty,
            constantTimeEquals(SHA256.hash(Array(shown.utf8)), SHA256.hash(Array(token.utf8)))
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
