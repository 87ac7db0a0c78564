/// The clock that stamps a site's changes: never behind province time, never at or below anything it has stamped or
/// heard.
///
/// The high-water mark is saved in the transaction that uses it, so that a crash or a clock set back cannot make it
/// fall.
public struct HybridClock: Equatable, Sendable {
    /// The highest stamp given or heard.
    public private(set) var highest: Stamp

    public init(highest: Stamp = .zero) { self.highest = highest }

    /// The next stamp, for a change written when province time reads `milliseconds`.
    public mutating func tick(milliseconds: Int64) -> Stamp {
        highest = max(highest.next, Stamp(milliseconds: min(max(0, milliseconds), Stamp.millisecondsMax)))
        return highest
    }

    /// Follows what the hub has admitted, so that an effect written here sorts after its cause.
    public mutating func observe(_ stamp: Stamp) {
        highest = max(highest, stamp)
    }

    /// Falls back to the highest stamp left in the log, after changes have been issued again with lower ones.
    public mutating func fallBack(to stamp: Stamp) { highest = stamp }
}
