/// The number in the log of a change that was set aside, because its own number turned out to be another change's: a
/// negative one, from which its own can be read.
///
/// Below zero it is in nobody's way; the 15 bits above the number count how many were set aside under it before.
enum AsideNumber {
    private static let mask = Int64(ReplicationLimits.sequenceMax)

    /// - Parameter earlier: how many changes were set aside under this number before.
    static func make(_ sequence: UInt64, after earlier: Int64) -> Int64 {
        -(Int64(bitPattern: sequence) & mask | earlier << 48)
    }

    /// The number that a change had, or has.
    static func sequence(of stored: Int64) -> UInt64 {
        UInt64(bitPattern: stored < 0 ? -stored & mask : stored)
    }
}
