import Replication

/// Everything that was done, by whom and when, as the people saw it: what the checkers hold the databases against.
public final class Journal {
    public struct Entry: Sendable {
        public let deed: Deed
        public let issued: VirtualTime
        /// When the person was told that it is kept; nil if they never were.
        public var acknowledged: VirtualTime?
        /// When the hub had it; nil until then.
        public var admitted: VirtualTime?
    }

    public struct Key: Hashable, Comparable, Sendable {
        public let origin: UInt64
        public let sequence: UInt64

        public init(origin: UInt64, sequence: UInt64) {
            self.origin = origin
            self.sequence = sequence
        }

        public static func < (left: Key, right: Key) -> Bool {
            (left.origin, left.sequence) < (right.origin, right.sequence)
        }
    }

    /// The entries in the order in which they were first tried.
    public private(set) var entries: [Entry] = []
    /// Where in ``entries`` the last try of a number stands: one that came to nothing is tried again with others.
    private var places: [Key: Int] = [:]
    /// Everything ever tried under a number, by fingerprint.
    private var tried: [Key: [UInt64]] = [:]
    /// Acknowledged entries by the site's number, as places.
    public private(set) var acknowledgedAt: [[Int]]

    public init(sites: Int) { acknowledgedAt = Array(repeating: [], count: sites) }

    /// A change is about to be committed.
    func issue(_ change: Change, at site: Int, _ now: VirtualTime) {
        let deed = Deed(change, at: site)
        let key = Key(origin: deed.origin, sequence: deed.sequence)
        if let place = places[key], entries[place].deed == deed { return }
        places[key] = entries.count
        tried[key, default: []].append(deed.fingerprint)
        entries.append(Entry(deed: deed, issued: now))
    }

    /// The person was told.
    /// - Returns: what was told for the first time; nil for a repetition.
    func acknowledge(_ key: Key, _ now: VirtualTime) -> Entry? {
        guard let place = places[key], entries[place].acknowledged == nil else { return nil }
        entries[place].acknowledged = now
        acknowledgedAt[entries[place].deed.site].append(place)
        return entries[place]
    }

    /// The hub's own changes are at the hub.
    func admitHubs(_ key: Key, _ now: VirtualTime) {
        if let place = places[key] { entries[place].admitted = now }
    }

    /// The hub has an origin's changes up to `sequence`.
    /// - Returns: for those that it has for the first time, how long ago they were issued.
    func admit(origin: UInt64, from first: UInt64, upTo last: UInt64, _ now: VirtualTime) -> [VirtualTime] {
        guard first <= last else { return [] }
        return (first...last).compactMap { sequence in
            guard let place = places[Key(origin: origin, sequence: sequence)], entries[place].admitted == nil else {
                return nil
            }
            entries[place].admitted = now
            return now - entries[place].issued
        }
    }

    public func entry(_ key: Key) -> Entry? { places[key].map { entries[$0] } }

    /// Whether somebody has ever tried to write this under this number.
    public func wasIssued(_ key: Key, fingerprint: UInt64) -> Bool { tried[key]?.contains(fingerprint) ?? false }
}
