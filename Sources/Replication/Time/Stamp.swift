/// A reading of the hybrid logical clock: 48 bits of milliseconds since 1970 and a 16-bit counter in one integer.
///
/// The counter carries into the milliseconds, so a stamp is only ever incremented, never split.
/// Source: Kulkarni et al., "Logical Physical Clocks" (2014).
public struct Stamp: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let raw: UInt64

    public init(raw: UInt64) { self.raw = raw }

    /// The first stamp of a millisecond.
    public init(milliseconds: Int64) {
        precondition(milliseconds >= 0 && milliseconds < 1 << 48, "milliseconds must fit 48 bits")
        raw = UInt64(milliseconds) << 16
    }

    public static let zero = Stamp(raw: 0)
    /// The last millisecond that a stamp can name, in the year 10889.
    public static let millisecondsMax: Int64 = (1 << 48) - 1

    public var milliseconds: Int64 { Int64(raw >> 16) }
    /// Counts the stamps of one millisecond.
    var counter: UInt16 { UInt16(truncatingIfNeeded: raw) }
    public var next: Stamp { Stamp(raw: raw + 1) }

    public static func < (left: Stamp, right: Stamp) -> Bool { left.raw < right.raw }

    public var description: String { "\(milliseconds).\(raw & 0xFFFF)" }
}
