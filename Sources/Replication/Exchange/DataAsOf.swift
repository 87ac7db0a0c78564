/// Up to when what a site holds is complete: everything that was stamped before is here. Every figure that counts what
/// several sites wrote is as of then, and what a site wrote later is missing in it.
public struct DataAsOf: Equatable, Sendable {
    public struct Part: Equatable, Sendable {
        public let site: SiteID
        /// Province time in milliseconds; 0 for a site that has declared nothing yet.
        public let time: Int64
    }

    /// The earliest of the parts; 0 for never.
    public let time: Int64
    /// At a hub, of each branch that has joined and is not given up; at a branch, of itself: what others wrote is as
    /// of the last exchange.
    public let parts: [Part]
}

extension SiteStore {
    public func dataAsOf() throws -> DataAsOf {
        let life = try life()
        guard life.isHub else {
            return DataAsOf(time: life.watermark, parts: [.init(site: life.site, time: life.watermark)])
        }
        let mischief = domain.mischief
        let early: Int64 = mischief.contains(.hearsEarly) ? 6 * 3_600_000 : 0
        let parts = try peers().filter { $0.joined != nil && !$0.isLost }.map {
            DataAsOf.Part(
                site: $0.site,
                time: mischief.contains(.hearsNothing) ? 0 : $0.watermark + early)
        }
        return DataAsOf(time: parts.map(\.time).min() ?? 0, parts: parts)
    }
}
