/// A moment of a rehearsal, or a span of it, in microseconds; a moment is counted from the scenario's start.
public struct VirtualTime: Hashable, Comparable, Sendable {
    public var microseconds: Int64

    public init(microseconds: Int64) { self.microseconds = microseconds }

    public static let zero = VirtualTime(microseconds: 0)

    public static func milliseconds(_ count: Int64) -> VirtualTime { VirtualTime(microseconds: count * 1_000) }
    public static func seconds(_ count: Int64) -> VirtualTime { VirtualTime(microseconds: count * 1_000_000) }
    public static func minutes(_ count: Int64) -> VirtualTime { seconds(count * 60) }
    public static func hours(_ count: Int64) -> VirtualTime { seconds(count * 3_600) }
    public static func days(_ count: Int64) -> VirtualTime { seconds(count * 86_400) }

    /// Rounded down.
    public var milliseconds: Int64 { microseconds / 1_000 }
    /// Rounded down.
    public var seconds: Int64 { microseconds / 1_000_000 }

    public static func < (left: VirtualTime, right: VirtualTime) -> Bool { left.microseconds < right.microseconds }

    public static func + (left: VirtualTime, right: VirtualTime) -> VirtualTime {
        VirtualTime(microseconds: left.microseconds + right.microseconds)
    }

    public static func - (left: VirtualTime, right: VirtualTime) -> VirtualTime {
        VirtualTime(microseconds: left.microseconds - right.microseconds)
    }

    public static func += (left: inout VirtualTime, right: VirtualTime) { left = left + right }
}
