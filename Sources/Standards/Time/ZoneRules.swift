/// How far a zone's wall clocks are from UTC at any instant.
///
/// Zones with rules come from the system, which the core may not ask; a shell passes them in behind this protocol.
public protocol ZoneRules: Sendable {
    /// Seconds east of UTC in force at an instant, given in seconds since 1970-01-01T00:00Z.
    func offsetSeconds(at instantSeconds: Int64) -> Int
}

/// Finds the rules of an IANA zone such as `Asia/Shanghai`; nil when there is no such zone.
public typealias ZoneLookup = @Sendable (String) -> (any ZoneRules)?

extension ZoneRules {
    /// The instant, in milliseconds since 1970-01-01T00:00Z, at which wall clocks of this zone showed `local`.
    ///
    /// A time that clocks showed twice means the first; a time they skipped is read by the offset before the gap, as
    /// if the clock had not been put forward yet.
    public func instantMilliseconds(of local: CivilTime) -> Int64 {
        let localMilliseconds = local.localMilliseconds
        let localSeconds = localMilliseconds >= 0 ? localMilliseconds / 1_000 : (localMilliseconds - 999) / 1_000
        let before = offsetSeconds(at: localSeconds - 86_400)
        let after = offsetSeconds(at: localSeconds + 86_400)
        let isAfterOnly =
            offsetSeconds(at: localSeconds - Int64(before)) != before
            && offsetSeconds(at: localSeconds - Int64(after)) == after
        return localMilliseconds - Int64(isAfterOnly ? after : before) * 1_000
    }
}
