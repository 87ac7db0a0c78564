/// A reading of the hybrid logical clock: milliseconds since 1970 and a 16-bit counter in one 64-bit integer.
///
/// The counter carries into the milliseconds, so a stamp is only ever incremented, never split.
/// Source: Kulkarni et al., "Logical Physical Clocks" (2014).
public struct Stamp: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let raw: UInt64

    public init(raw: UInt64) { self.raw = raw }

    /// The first stamp of a millisecond.
    public init(milliseconds: Int64) {
        precondition(milliseconds >= 0 && milliseconds <= Self.millisecondsMax, "milliseconds must fit 47 bits")
        raw = UInt64(milliseconds) << 16
    }

    public static let zero = Stamp(raw: 0)
    /// The last millisecond that a change may be stamped with, in the year 6429: up to it stamps sort alike as our
    /// unsigned integers and as SQLite's signed ones, and what is counted up from it does not overflow.
    public static let millisecondsMax: Int64 = (1 << 47) - 1

    /// The last stamp of a millisecond, or of the nearest one that a stamp can name: a clock raised to it gives only
    /// later ones.
    static func end(of milliseconds: Int64) -> Stamp {
        Stamp(raw: Stamp(milliseconds: min(max(0, milliseconds), millisecondsMax)).raw | 0xFFFF)
    }

    public var milliseconds: Int64 { Int64(raw >> 16) }
    /// Counts the stamps of one millisecond.
    var counter: UInt16 { UInt16(truncatingIfNeeded: raw) }
    public var next: Stamp { Stamp(raw: raw + 1) }

    public static func < (left: Stamp, right: Stamp) -> Bool { left.raw < right.raw }

    public var description: String { "\(milliseconds).\(raw & 0xFFFF)" }
}
