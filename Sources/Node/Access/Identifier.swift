import HTTP
import Hashing
import Replication

/// Finds out who calls from the head of a request: by the data folder's token on this machine, by the token of another
/// system, or by the cookie of whoever has signed in.
public struct Identifier: Sendable {
    /// Bytes of the name of who acts, decoded.
    static let actorBytesMax = ReplicationLimits.bytesInActor
    static let actorUnnamed = "api"

    let book: AccessBook
    let folderToken: String

    /// - Parameter now: in milliseconds since 1970, by this machine's clock.
    /// - Throws: ``NodeError`` with what to show.
    public func identify(
        _ head: RequestHead, from remote: String, at now: Int64
    ) throws(NodeError) -> Identity {
        let address = ClientAddress(head.headers, from: remote)
        let authorisations = head.headers.values("Authorization")
        if !authorisations.isEmpty {
            return try byToken(authorisations, head.headers, address)
        }
        guard let token = SessionCookie.token(head.headers), let found = book.session(token, at: now) else {
            throw Self.nobody
        }
        let csrf = SessionCookie.csrf(token)
        if head.method != .get && head.method != .head {
            try Self.requireOwnPage(head.headers)
            guard let shown = head.headers["Tributary-CSRF"], constantTimeEquals(shown, csrf) else {
                throw NodeError(
                    .refused, "The request does not come from a page of this session.",
                    remedy: "Send the session's `csrf`, which GET /api/session tells, as Tributary-CSRF.")
            }
        }
        try Self.requireNoActor(head.headers)
        return Identity(
            found.account.name, Permission(found.account.access), .session(found.session, csrf: csrf), address,
            mustChangePassword: found.account.mustChangePassword)
    }

    private func byToken(
        _ authorisations: [String], _ headers: Headers, _ address: ClientAddress
    ) throws(NodeError) -> Identity {
        let parts = authorisations[0].split(separator: " ", maxSplits: 1)
        let shown = parts.count == 2 && parts[0].lowercased() == "bearer" ? String(parts[1]) : ""
        guard authorisations.count == 1, !shown.isEmpty else { throw Self.nobody }
        if shown.hasPrefix(APIToken.prefix) {
            guard let token = book.token(shown) else { throw Self.nobody }
            try Self.requireNoActor(headers)
            return Identity(token.name, token.permission, .token, address)
        }
        // What lies in a file is good on this machine only, even where the node listens to others.
        guard address.isLocal else {
            throw NodeError(
                .refused, "The token of the data folder is good on this machine only.",
                remedy: "From elsewhere, sign in, or send a token of `tributary token create`.")
        }
        // Digests are compared, so that not even the token's length shows in the time it takes.
        guard !folderToken.isEmpty,
            constantTimeEquals(SHA256.hash(Array(shown.utf8)), SHA256.hash(Array(folderToken.utf8)))
        else { throw Self.nobody }
        return Identity(try Self.actor(headers), Permission(.administrator), .folder, address)
    }

    private static let nobody = NodeError(
        .unauthorised, "This node answers only to those it knows.",
        remedy: "Sign in: POST /api/session. Or send `Authorization: Bearer TOKEN`, with a token of `tributary token "
            + "create` or, on this machine, the one in the file `token` in the data folder.")

    /// Refuses what a browser sends for a page of another site.
    static func requireOwnPage(_ headers: Headers) throws(NodeError) {
        let isOwn: Bool
        if let site = headers["Sec-Fetch-Site"] {
            isOwn = site == "same-origin" || site == "none"
        } else if let origin = headers["Origin"] {
            let parts = origin.split(separator: "/", omittingEmptySubsequences: false)
            isOwn = parts.count == 3 && parts[1].isEmpty && String(parts[2]) == headers["Host"]
        } else {
            isOwn = true
        }
        guard isOwn else {
            throw NodeError(.refused, "The request comes from a page of another site.", remedy: "Use this node's own.")
        }
    }

    /// Who has signed in acts under that name and no other.
    private static func requireNoActor(_ headers: Headers) throws(NodeError) {
        guard !headers.contains("Tributary-Actor") else {
            throw NodeError(
                .badRequest, "Tributary-Actor was sent by somebody who acts under a name of their own.",
                remedy: "Leave it out; only the data folder's token takes it.")
        }
    }

    private static func actor(_ headers: Headers) throws(NodeError) -> String {
        guard let sent = headers["Tributary-Actor"] else { return actorUnnamed }
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
