/// A method, a path and what answers it.
public struct Route: Sendable {
    /// The limit of a body unless a route says otherwise: 1 MiB.
    public static let bodyBytesMaxDefault = 1024 * 1024

    public let method: Method
    public let pattern: PathPattern
    /// Larger bodies are refused with 413 before they are read.
    public let bodyBytesMax: Int
    /// What its caller must be allowed, in words for listings; nil where everybody may come. ``identify`` sees to it.
    public let access: String?
    /// Looks at the head before the body is read; nil where everybody may come.
    public let identify: Identify?
    public let handler: Handler

    public init(
        _ method: Method, _ pattern: String, bodyBytesMax: Int = Route.bodyBytesMaxDefault,
        access: String? = nil, identify: Identify? = nil, handler: @escaping Handler
    ) {
        precondition(bodyBytesMax >= 0, "a body's limit is not negative")
        self.method = method
        self.pattern = PathPattern(pattern)
        self.bodyBytesMax = bodyBytesMax
        self.access = access
        self.identify = identify
        self.handler = handler
    }
}
