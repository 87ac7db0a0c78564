/// How far a machine's clock is off, in a word.
public enum Skew: String, Sendable, Comparable {
    case ok
    /// Two minutes or more: somebody should set the clock.
    case warning
    /// A day or more: a dead battery, or a wrong year.
    case alarm

    /// - Parameter milliseconds: wall clock less province time, either way.
    public init(milliseconds: Int64) {
        switch milliseconds.magnitude {
        case UInt64(ReplicationLimits.skewAlarmMilliseconds)...: self = .alarm
        case UInt64(ReplicationLimits.skewWarningMilliseconds)...: self = .warning
        default: self = .ok
        }
    }

    private var rank: Int {
        switch self {
        case .ok: 0
        case .warning: 1
        case .alarm: 2
        }
    }

    public static func < (left: Skew, right: Skew) -> Bool { left.rank < right.rank }
}
