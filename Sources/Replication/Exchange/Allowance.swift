/// What a site may cost the hub: so much at once, and one unit more each millisecond. Pure: the time is passed in.
///
/// A site that has used its allowance up is to be told to wait, so that no site, whatever it sends and however fast,
/// costs more than the others can bear.
public struct Allowance: Sendable {
    private let unitsMax: Int64
    /// When what a site has used up will have come back whole, in milliseconds.
    private var settled: [SiteID: Int64] = [:]

    public init(unitsMax: Int64) {
        precondition(unitsMax > 0, "an allowance lets something pass")
        self.unitsMax = unitsMax
    }

    /// Requests refused, at `ReplicationLimits.refusalMilliseconds` each.
    public static func ofRefusedRequests() -> Allowance {
        Allowance(unitsMax: Int64(ReplicationLimits.requestsRefused) * ReplicationLimits.refusalMilliseconds)
    }

    /// Bytes of refused changes kept.
    public static func ofRefusedChanges() -> Allowance {
        Allowance(unitsMax: Int64(ReplicationLimits.bytesRefused))
    }

    /// Takes units, more than are left if need be: what has been done is counted.
    /// - Parameter now: the steady clock, in milliseconds.
    public mutating func use(_ units: Int64, of site: SiteID, at now: Int64) {
        settled[site] = max(settled[site] ?? now, now) + units
    }

    /// How long until a site may go on, in milliseconds; nil when it may now.
    public func wait(of site: SiteID, at now: Int64) -> Int64? {
        guard let time = settled[site] else { return nil }
        let wait = time - now - unitsMax
        return wait > 0 ? wait : nil
    }
}
