/// A place in the topology: `nx-yinchuan`. One spelling in every file, flag and message.
public struct SiteID: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let text: String

    public init(_ text: String) { self.text = text }

    public static func < (left: SiteID, right: SiteID) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }

    public var description: String { text }
}

/// One unbroken life of a site's database: 64 random bits that the site draws itself when a database is created,
/// restored, found to be cloned, or promoted.
public struct OriginID: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let raw: UInt64

    public init(raw: UInt64) { self.raw = raw }

    public static func < (left: OriginID, right: OriginID) -> Bool { left.raw < right.raw }

    /// Sixteen hexadecimal digits.
    public var description: String {
        let digits = String(raw, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

/// The n-th change of an origin: a change's name everywhere and for ever.
public struct ChangeReference: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let origin: OriginID
    public let sequence: UInt64

    public init(origin: OriginID, sequence: UInt64) {
        self.origin = origin
        self.sequence = sequence
    }

    public static func < (left: ChangeReference, right: ChangeReference) -> Bool {
        (left.origin, left.sequence) < (right.origin, right.sequence)
    }

    /// `origin-sequence`, as the API names a change.
    public var description: String { "\(origin)-\(sequence)" }

    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.count == 16, let origin = UInt64(parts[0], radix: 16),
            let sequence = UInt64(parts[1]), sequence <= ReplicationLimits.sequenceMax,
            text.utf8.allSatisfy({ $0 != UInt8(ascii: "+") })
        else { return nil }
        self.init(origin: OriginID(raw: origin), sequence: sequence)
    }
}

/// What sort of thing an entity is: one byte on the wire, never reused.
public struct EntityKind: RawRepresentable, Hashable, Comparable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// No kind of anything. The log keeps under it what it holds of no entity; a change of it is refused.
    static let nothing = EntityKind(rawValue: 0)

    public static func < (left: EntityKind, right: EntityKind) -> Bool { left.rawValue < right.rawValue }
}

/// A field of an entity: a number on the wire, never reused within its kind.
public struct Field: RawRepresentable, Hashable, Comparable, Sendable {
    public let rawValue: UInt16

    public init(rawValue: UInt16) { self.rawValue = rawValue }

    public static func < (left: Field, right: Field) -> Bool { left.rawValue < right.rawValue }
}

/// One entity: its kind and a 16-byte identifier with at least 64 random bits.
///
/// Nothing sorts, pages or expires by an identifier; a time half, where there is one, serves locality only.
public struct EntityID: Hashable, Comparable, Sendable {
    public let kind: EntityKind
    public let high: UInt64
    public let low: UInt64

    public init(kind: EntityKind, high: UInt64, low: UInt64) {
        self.kind = kind
        self.high = high
        self.low = low
    }

    public init?(kind: EntityKind, bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        self.init(
            kind: kind, high: bytes[..<8].reduce(0) { $0 << 8 | UInt64($1) },
            low: bytes[8...].reduce(0) { $0 << 8 | UInt64($1) })
    }

    public var bytes: [UInt8] {
        var writer = ByteWriter(reserving: 16)
        writer.fixed64(high)
        writer.fixed64(low)
        return writer.bytes
    }

    public static func < (left: EntityID, right: EntityID) -> Bool {
        (left.kind, left.high, left.low) < (right.kind, right.high, right.low)
    }

    /// Thirty-two hexadecimal digits, without the kind.
    public var text: String { OriginID(raw: high).description + OriginID(raw: low).description }

    public init?(kind: EntityKind, text: String) {
        guard text.utf8.count == 32, let high = UInt64(text.prefix(16), radix: 16),
            let low = UInt64(text.suffix(16), radix: 16), text.utf8.allSatisfy({ $0 != UInt8(ascii: "+") })
        else { return nil }
        self.init(kind: kind, high: high, low: low)
    }
}
