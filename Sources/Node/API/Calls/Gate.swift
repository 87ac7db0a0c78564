import HTTP
import Replication

/// What every call passes: who calls, and whether that is enough.
struct Gate: Sendable {
    /// Requests with the data folder's token that may be under way at once: half of all connections, so that the
    /// exchange has the other half.
    static let requestsMax = 512

    let site: Site

    /// For what does a branch's change again: by the province it may move or mark what is the branch's.
    var doingAgain: Requirement { site.configuration.isHub ? .supervisor : .clerk }

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
            identify: { head, remote in
                do throws(NodeError) {
                    return .caller(Self.caller(try Self.identity(site, head, remote, requirement)))
                } catch {
                    return .refused(Refusals.worded(Problems.response(to: error), for: head))
                }
            }
        ) { request, responder in
            do {
                // Once more: what was shown may have been taken away while the body came.
                let identity = try Self.identity(site, request.head, request.remoteAddress, requirement)
                if let session = identity.session { site.noteUse(of: session) }
                try body(Call(site: site, request: request, identity: identity, responder: responder))
            } catch {
                let refusal = Problems.response(to: error, of: request, log: site.log)
                responder.send(Refusals.worded(refusal, for: request.head))
            }
        }
    }

    /// Asked of the head, so that nobody else can make the node hold a body.
    private static func identity(
        _ site: Site, _ head: RequestHead, _ remote: String, _ requirement: Requirement
    ) throws(NodeError) -> Identity {
        let identity = try site.identifier.identify(head, from: remote, at: SystemClock.wall())
        try identity.require(requirement)
        return identity
    }

    private static func caller(_ identity: Identity) -> Caller {
        switch identity.proof {
        case .folder: Caller("api", requestsMax: requestsMax)
        case .session: Caller("account \(identity.actor)", requestsMax: AccessLimits.requestsOfHolder)
        case .token: Caller("token \(identity.actor)", requestsMax: AccessLimits.requestsOfHolder)
        }
    }

    /// A route for those who are not known yet. What they may send is little, and no other site's page sends it.
    func open(_ pattern: String, _ body: @escaping @Sendable (OpenCall) throws -> Void) -> Route {
        let site = site
        return Route(
            .post, pattern, bodyBytesMax: AccessLimits.openBodyBytes,
            identify: { head, remote in
                do throws(NodeError) {
                    try Identifier.requireOwnPage(head.headers)
                    let address = ClientAddress(head.headers, from: remote)
                    return .caller(
                        Caller("somebody at \(address.group)", requestsMax: AccessLimits.openRequestsOfAddress))
                } catch {
                    return .refused(Refusals.worded(Problems.response(to: error), for: head))
                }
            }
        ) { request, responder in
            do {
                try body(OpenCall(site: site, request: request, responder: responder))
            } catch {
                let refusal = Problems.response(to: error, of: request, log: site.log)
                responder.send(Refusals.worded(refusal, for: request.head))
            }
        }
    }
}
