/// Routes by their segments. A literal segment goes before a named one, a named one before the rest.
struct RouteTree: Sendable {
    /// The routes of one pattern, and what its named segments matched.
    struct Match {
        let routes: [Method: Route]
        let values: [String]
    }

    private struct Node: Sendable {
        var literals: [String: Node] = [:]
        /// At most one element; an array because a structure cannot hold itself.
        var named: [Node] = []
        var routes: [Method: Route] = [:]
        var restRoutes: [Method: Route] = [:]
    }

    private var root = Node()

    /// - Returns: false when a route of the same method and shape was there.
    mutating func insert(_ route: Route) -> Bool {
        Self.insert(route, route.pattern.segments[...], into: &root)
    }

    func match(_ segments: [String]) -> Match? {
        Self.match(segments[...], root, values: [])
    }

    private static func insert(
        _ route: Route, _ segments: ArraySlice<PathPattern.Segment>, into node: inout Node
    ) -> Bool {
        switch segments.first {
        case nil:
            return node.routes.updateValue(route, forKey: route.method) == nil
        case .rest:
            return node.restRoutes.updateValue(route, forKey: route.method) == nil
        case .literal(let text):
            return insert(route, segments.dropFirst(), into: &node.literals[text, default: Node()])
        case .named:
            if node.named.isEmpty { node.named = [Node()] }
            return insert(route, segments.dropFirst(), into: &node.named[0])
        }
    }

    /// Backs up where a literal led nowhere; the patterns' depth bounds the work.
    private static func match(_ segments: ArraySlice<String>, _ node: Node, values: [String]) -> Match? {
        guard let first = segments.first else {
            return node.routes.isEmpty ? nil : Match(routes: node.routes, values: values)
        }
        if let next = node.literals[first], let found = match(segments.dropFirst(), next, values: values) {
            return found
        }
        if !first.isEmpty, let next = node.named.first,
            let found = match(segments.dropFirst(), next, values: values + [first])
        {
            return found
        }
        guard !node.restRoutes.isEmpty else { return nil }
        return Match(routes: node.restRoutes, values: values + [segments.joined(separator: "/")])
    }
}
