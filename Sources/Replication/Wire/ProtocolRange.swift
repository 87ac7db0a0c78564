/// The protocol versions that a site speaks; both ends use the highest that both know.
public struct ProtocolRange: Hashable, Sendable {
    public let lowest: UInt16
    public let highest: UInt16

    public init(lowest: UInt16, highest: UInt16) {
        self.lowest = lowest
        self.highest = highest
    }

    public static let current = ProtocolRange(lowest: 1, highest: 3)

    /// From this version on a frame may end in sections, and the lanes exist that consist of them.
    public static let sections: UInt16 = 2

    /// The version to use with a peer.
    public func agreed(with peer: ProtocolRange) throws -> UInt16 {
        let version = min(highest, peer.highest)
        guard version >= max(lowest, peer.lowest) else {
            throw ReplicationError(
                .refused,
                "No common protocol: here \(lowest) to \(highest), there \(peer.lowest) to \(peer.highest).",
                remedy: "Upgrade the older of the two sites; the hub goes first.")
        }
        return version
    }
}
