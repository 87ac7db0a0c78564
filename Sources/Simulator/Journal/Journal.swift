import Replication

/// Everything that was done, by whom and when, as the people saw it: what the checkers hold the databases against.
public final class Journal {
    public struct Entry: Sendable {
        public let deed: Deed
        public let issued: VirtualTime
        /// Which database of its site it was written into.
        let database: Int
        /// When the person was told that it is kept; nil if they never were.
        public var acknowledged: VirtualTime?
        /// When the hub had it; nil until then, and again when the hub's disk was lost with it.
        public var admitted: VirtualTime?
        /// Whether the last disk that held it is gone: nobody can be blamed for not having it.
        public var isLost = false
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
    /// Where in ``entries`` the tries of a number stand, the last one last: one that came to nothing is tried again
    /// with others, and a database that was put back counts on from where it was.
    private var places: [Key: [Int]] = [:]
    private var essences: [UInt64: [Int]] = [:]
    /// By the number it has now: what was issued again.
    private var again: [Key: [(place: Int, deed: Deed)]] = [:]
    private var numbers: [Int: [Key]] = [:]
    /// Whose each origin is, by the site's number.
    private(set) var homes: [UInt64: Int] = [:]
    /// Acknowledged entries by the site's number, as places.
    public private(set) var acknowledgedAt: [[Int]]
    var descent: Descent

    public init(sites: Int) {
        acknowledgedAt = Array(repeating: [], count: sites)
        descent = Descent(sites: sites)
    }

    /// A site's database has this origin.
    func note(origin: UInt64, of site: Int) { homes[origin] = site }

    /// A change is about to be committed.
    func issue(_ change: Change, at site: Int, _ now: VirtualTime) {
        let deed = Deed(change, at: site)
        let key = Key(origin: deed.origin, sequence: deed.sequence)
        if let place = places[key]?.last, entries[place].deed == deed { return }
        places[key, default: []].append(entries.count)
        essences[deed.essence, default: []].append(entries.count)
        homes[deed.origin] = site
        entries.append(Entry(deed: deed, issued: now, database: descent.database(of: site)))
    }

    /// The person was told.
    /// - Returns: what was told for the first time; nil for a repetition.
    func acknowledge(_ key: Key, _ now: VirtualTime) -> Entry? {
        guard let place = places[key]?.last, entries[place].acknowledged == nil else { return nil }
        entries[place].acknowledged = now
        acknowledgedAt[entries[place].deed.site].append(place)
        return entries[place]
    }

    /// The hub has a change.
    /// - Returns: how long ago it was issued, if it has it for the first time.
    @discardableResult
    func admit(_ change: Change, _ now: VirtualTime) -> VirtualTime? {
        let key = Key(origin: change.origin.raw, sequence: change.sequence)
        guard let place = place(of: key, change.entity.kind.rawValue, { change.entity.bytes }, change.bodyAsStored),
            entries[place].admitted == nil
        else { return nil }
        entries[place].admitted = now
        return now - entries[place].issued
    }

    /// The hub's own changes are at the hub.
    func admitHubs(_ key: Key, _ now: VirtualTime) {
        if let place = places[key]?.last { entries[place].admitted = now }
    }

    /// When the hub had what a number stands for; nil where it has not, or nobody here did it under that number.
    func admission(of key: Key) -> VirtualTime? { places[key]?.last.flatMap { entries[$0].admitted } }

    /// The hub's disk is gone, and what came in its place does not hold this.
    func forgetAdmission(at place: Int) { entries[place].admitted = nil }

    func lose(at place: Int) { entries[place].isLost = true }

    /// Into which database, and when, a row of a log was first written; nil where nobody did what it says.
    func written(_ key: Key, kind: UInt8, entity: [UInt8], body: [UInt8]) -> Descent.Place? {
        guard let place = place(of: key, kind, { entity }, body) else { return nil }
        return Descent.Place(database: entries[place].database, at: entries[place].issued)
    }

    /// Every number under which the deed behind a row of a log is known, its own first.
    func names(of key: Key, kind: UInt8, entity: [UInt8], body: [UInt8]) -> [Key] {
        guard let place = place(of: key, kind, { entity }, body) else { return [key] }
        return [key] + keys(of: place).filter { $0 != key }
    }

    /// The deed behind a row of a log: what was issued under its number, or under another before.
    func deed(_ key: Key, kind: UInt8, entity: [UInt8], body: [UInt8]) -> Deed? {
        guard let place = place(of: key, kind, { entity }, body) else { return nil }
        let (own, fingerprint) = (entries[place].deed, Fingerprint.of(body: body))
        if own.origin == key.origin, own.sequence == key.sequence, own.fingerprint == fingerprint { return own }
        return again[key]?.first { $0.place == place && $0.deed.fingerprint == fingerprint }?.deed
    }

    /// The deed that a number stands for, where only one ever had it and it has been seen in a log or on a line.
    func deed(named key: Key) -> Deed? {
        let found = (places[key] ?? []).map { entries[$0].deed } + (again[key] ?? []).map(\.deed)
        return found.last
    }

    private func place(
        of key: Key, _ kind: UInt8, _ entity: () -> [UInt8], _ body: [UInt8]
    ) -> Int? {
        let fingerprint = Fingerprint.of(body: body)
        if let own = places[key]?.last(where: { entries[$0].deed.fingerprint == fingerprint }) { return own }
        if let known = again[key]?.first(where: { $0.deed.fingerprint == fingerprint }) { return known.place }
        // Whose origin it is decides who may have issued it again.
        guard let home = homes[key.origin] else { return nil }
        let stored = StoredBody(body)
        let tries = essences[stored.essence(of: kind, entity())] ?? []
        // Under its own number a change has another body where it names what it had seen by the new numbers.
        let last = tries.last { place in
            let deed = entries[place].deed
            return deed.site == home && (deed.origin != key.origin || deed.sequence == key.sequence)
        }
        guard let place = last else { return nil }
        again[key, default: []].append((place, Deed(entries[place].deed, as: key, stored)))
        numbers[place, default: []].append(key)
        return place
    }

    /// Every number that an entry is known to have had.
    func keys(of place: Int) -> [Key] {
        let deed = entries[place].deed
        return [Key(origin: deed.origin, sequence: deed.sequence)] + (numbers[place] ?? [])
    }

    /// How often a deed was tried.
    func tries(of essence: UInt64) -> Int { essences[essence]?.count ?? 0 }
}
