/// A path with named segments: `/api/tickets/{id}/actions`, or `/files/{path...}` for everything below.
public struct PathPattern: Sendable, Hashable, CustomStringConvertible {
    enum Segment: Sendable, Hashable {
        case literal(String)
        case named(String)
        /// One or more segments, the last of a pattern.
        case rest(String)
    }

    let segments: [Segment]
    public let description: String

    /// Traps on a pattern that makes no sense: patterns are written by the programmer.
    public init(_ pattern: String) {
        precondition(pattern.utf8.first == UInt8(ascii: "/"), "a path pattern begins with a slash: \(pattern)")
        description = pattern
        let parts = pattern.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        segments = parts == [""] ? [] : parts.map { Self.segment(String($0)) }
        let names = names
        precondition(Set(names).count == names.count, "a path pattern names a segment twice: \(pattern)")
        let restIndex = segments.firstIndex { if case .rest = $0 { true } else { false } }
        precondition(restIndex == nil || restIndex == segments.count - 1, "only the last segment takes the rest")
    }

    /// The names, from left to right.
    public var names: [String] {
        segments.compactMap { segment in
            switch segment {
            case .literal: nil
            case .named(let name), .rest(let name): name
            }
        }
    }

    private static func segment(_ text: String) -> Segment {
        guard text.hasPrefix("{"), text.hasSuffix("}") else {
            precondition(!text.utf8.contains(0x7B) && !text.utf8.contains(0x7D), "a brace is misplaced: \(text)")
            return .literal(text)
        }
        let name = String(text.dropFirst().dropLast())
        let takesRest = name.hasSuffix("...")
        let plain = takesRest ? String(name.dropLast(3)) : name
        precondition(
            !plain.isEmpty && plain.utf8.allSatisfy { ByteRules.isLetter($0) || ByteRules.isDigit($0) || $0 == 0x5F },
            "a segment's name has letters, digits and underscores: \(text)")
        return takesRest ? .rest(plain) : .named(plain)
    }
}
