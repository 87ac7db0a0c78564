/// What a request asks for: path and query, each percent-decoded once.
public struct RequestTarget: Sendable, Hashable {
    /// One `name=value` of the query.
    public struct QueryItem: Sendable, Hashable {
        public let name: String
        public let value: String

        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The most query items a target may have.
    public static let queryItemsMax = 200

    /// The path's segments, decoded; `/` has none, and a trailing slash leaves an empty last one.
    /// A segment may hold a slash (sent as `%2F`), which is why routes match segments and not `path`.
    public let segments: [String]
    /// The query's items in order, repeats kept.
    public let query: [QueryItem]
    /// Whether this is the `*` of `OPTIONS *`.
    public let isAsterisk: Bool

    /// The decoded path, for display. Use `segments` to decide.
    public var path: String {
        isAsterisk ? "*" : "/" + segments.joined(separator: "/")
    }

    /// The first value of a query item.
    public func queryValue(_ name: String) -> String? {
        query.first { $0.name == name }?.value
    }

    /// Parses the target of a request line: `/path?query`, `http://host/path?query` or, for OPTIONS, `*`.
    ///
    /// - Throws: 400 for bytes outside a URI, broken escapes, control characters, and `.` or `..` segments, also
    ///   when they appear only after decoding.
    public init(_ bytes: some BidirectionalCollection<UInt8>, method: Method) throws(HTTPError) {
        guard bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") }), let first = bytes.first else {
            throw Self.refused("It holds a byte that no request target may hold.")
        }
        if bytes.count == 1, first == UInt8(ascii: "*"), method == .options {
            segments = []
            query = []
            isAsterisk = true
            return
        }
        let local = try Self.withoutAuthority(Array(bytes))
        let parts = local.split(separator: UInt8(ascii: "?"), maxSplits: 1, omittingEmptySubsequences: false)
        segments = try Self.segments(parts[0])
        query = parts.count > 1 ? try Self.queryItems(parts[1]) : []
        isAsterisk = false
    }

    /// Servers must take the absolute form too (RFC 9112, 3.2.2); its authority is not used for routing.
    private static func withoutAuthority(_ bytes: [UInt8]) throws(HTTPError) -> ArraySlice<UInt8> {
        if bytes[0] == UInt8(ascii: "/") { return bytes[...] }
        let lowered = bytes.prefix(8).map(ByteRules.lowercased)
        for scheme in ["http://", "https://"] where lowered.starts(with: Array(scheme.utf8)) {
            let rest = bytes.dropFirst(scheme.utf8.count)
            guard let first = rest.first, first != UInt8(ascii: "/"), first != UInt8(ascii: "?") else { break }
            let start = rest.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") } ?? rest.endIndex
            let local = rest[start...]
            return local.first == UInt8(ascii: "/") ? local : ([UInt8(ascii: "/")] + local)[...]
        }
        throw refused("It begins neither with a slash nor with http://.")
    }

    private static func segments(_ path: ArraySlice<UInt8>) throws(HTTPError) -> [String] {
        var segments: [String] = []
        let raw = path.dropFirst()
        guard !raw.isEmpty else { return [] }
        for part in raw.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            guard let decoded = PercentCoding.decode(part), !holdsControl(decoded) else {
                throw refused("Its path has a broken escape, is not UTF-8 or holds a control character.")
            }
            let steps = decoded.utf8.split(omittingEmptySubsequences: false) { $0 == 0x2F || $0 == 0x5C }
            guard steps.allSatisfy({ !isDots($0) }) else {
                throw refused("Its path climbs with dots.")
            }
            segments.append(decoded)
        }
        return segments
    }

    private static func queryItems(_ query: ArraySlice<UInt8>) throws(HTTPError) -> [QueryItem] {
        let parts = query.split(separator: UInt8(ascii: "&"))
        guard parts.count <= queryItemsMax else {
            throw HTTPError.exceeded(.badRequest, "query", limit: queryItemsMax, unit: "items")
        }
        var items: [QueryItem] = []
        for part in parts {
            let pair = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentCoding.decode(pair[0], plusIsSpace: true),
                let value = PercentCoding.decode(pair.count > 1 ? pair[1] : [], plusIsSpace: true),
                !name.utf8.contains(0), !value.utf8.contains(0)
            else {
                throw refused("Its query has a broken escape, is not UTF-8 or holds a zero byte.")
            }
            items.append(QueryItem(name: name, value: value))
        }
        return items
    }

    private static func holdsControl(_ text: String) -> Bool {
        text.utf8.contains { $0 < 0x20 || $0 == 0x7F }
    }

    private static func isDots(_ step: some Collection<UInt8>) -> Bool {
        (1...2).contains(step.count) && step.allSatisfy { $0 == UInt8(ascii: ".") }
    }

    private static func refused(_ reason: String) -> HTTPError {
        .malformed("request target", reason, "Send a percent-encoded UTF-8 path without dot segments.")
    }
}
