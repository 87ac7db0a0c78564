/// Finds the handler for a method and a path.
///
/// Unknown paths get 404 and unknown methods 405 with `Allow`, both before a body is read. HEAD is answered by GET's
/// handler without the body, OPTIONS with the methods there are, unless a route says otherwise.
public struct Router: RequestHandler {
    /// Every route, in the order added.
    public private(set) var routes: [Route] = []
    private var tree = RouteTree()

    /// Traps when two routes have the same method and shape, since one would never be reached.
    public init(_ routes: [Route] = []) {
        for route in routes { add(route) }
    }

    /// Adds a route.
    public mutating func add(_ route: Route) {
        precondition(tree.insert(route), "\(route.method) \(route.pattern) is routed twice")
        routes.append(route)
    }

    /// Adds a route composed of its parts.
    public mutating func add(
        _ method: Method, _ pattern: String, bodyBytesMax: Int = Route.bodyBytesMaxDefault, handler: @escaping Handler
    ) {
        add(Route(method, pattern, bodyBytesMax: bodyBytesMax, handler: handler))
    }

    public func admit(_ head: RequestHead, from remoteAddress: String) -> Admission {
        if head.target.isAsterisk { return .refuse(Response(status: .noContent)) }
        guard let match = tree.match(head.target.segments) else { return .refuse(Self.notFound) }
        if let route = match.routes[head.method] ?? (head.method == .head ? match.routes[.get] : nil) {
            let parameters = Dictionary(uniqueKeysWithValues: zip(route.pattern.names, match.values))
            var caller: Caller?
            switch route.identify?(head, remoteAddress) {
            case .refused(let response): return .refuse(response)
            case .caller(let known): caller = known
            case nil: break
            }
            return .accept(
                bodyBytesMax: route.bodyBytesMax, parameters: parameters, handler: route.handler, caller: caller)
        }
        return .refuse(Self.otherMethods(match.routes, asked: head.method))
    }

    /// Finds and runs the handler without a connection, for tests and for requests made within the process.
    public func respond(to request: Request, _ responder: Responder) {
        switch admit(request.head, from: request.remoteAddress) {
        case .refuse(let response):
            responder.send(response)
        case .accept(let bodyBytesMax, _, _, _) where request.body.count > bodyBytesMax:
            responder.send(.problem(HTTPError.exceeded(.contentTooLarge, "body", limit: bodyBytesMax)))
        case .accept(_, let parameters, let handler, _):
            handler(
                Request(
                    head: request.head, body: request.body, trailers: request.trailers,
                    remoteAddress: request.remoteAddress, parameters: parameters),
                responder)
        }
    }

    private static let notFound = Response.problem(
        status: .notFound, detail: "Nothing is served under this path. Check its spelling.")

    private static func otherMethods(_ routes: [Method: Route], asked: Method) -> Response {
        var methods = Set(routes.keys).union([.options])
        if methods.contains(.get) { methods.insert(.head) }
        let allowed = methods.sorted().map(\.name).joined(separator: ", ")
        var response =
            asked == .options
            ? Response(status: .noContent)
            : Response.problem(
                status: .methodNotAllowed, detail: "This path does not take that method. Use one of \(allowed).")
        response.headers["Allow"] = allowed
        return response
    }
}
