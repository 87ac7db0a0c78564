import SQLite

/// Which changes a database holds, read with nobody's eyes but SQLite's.
struct Holdings {
    /// Numbers whose content was erased.
    private(set) var erased: Set<Journal.Key> = []
    private var fingerprints: [Journal.Key: UInt64] = [:]
    /// What had to give its number up to another, and is kept as refused.
    private var aside: [Journal.Key: Set<UInt64>] = [:]
    /// Under which origins each deed is there.
    private var origins: [UInt64: [UInt64]] = [:]
    private var essences: [Journal.Key: UInt64] = [:]

    /// Nothing.
    init() {}

    /// - Parameter knowsAgain: what was issued again is known for what it was. It costs a second look at every row.
    init(reading database: Database, knowsAgain: Bool = true) throws {
        try database.forEach(
            """
            SELECT origin.id, log.sequence, entity.kind, entity.id, log.body
            FROM log JOIN origin ON origin.number = log.origin JOIN entity ON entity.number = log.entity
            """
        ) { row in
            guard row.int64(1) > 0 else {
                let key = Journal.Key(origin: row.uint64(0), sequence: Self.sequence(ofAside: row.int64(1)))
                aside[key, default: []].insert(Fingerprint.of(body: row.blob(4)))
                return true
            }
            let key = Journal.Key(origin: row.uint64(0), sequence: row.uint64(1))
            guard let body = row.blobOrNil(4) else {
                erased.insert(key)
                return true
            }
            fingerprints[key] = Fingerprint.of(body: body)
            guard knowsAgain else { return true }
            let essence = StoredBody(body).essence(of: UInt8(truncatingIfNeeded: row.int64(2)), row.blob(3))
            origins[essence, default: []].append(row.uint64(0))
            essences[key] = essence
            return true
        }
    }

    /// The number of a change that was set aside: 48 bits below zero.
    static func sequence(ofAside number: Int64) -> UInt64 { UInt64(bitPattern: -number) & (1 << 48 - 1) }

    /// Under its own number, whatever names it has for what it had seen, or issued again by a database that
    /// was put back, or kept beside another of its number.
    func holds(_ deed: Deed) -> Bool {
        let key = Journal.Key(origin: deed.origin, sequence: deed.sequence)
        return holdsAside(deed) || fingerprints[key] == deed.fingerprint || essences[key] == deed.essence
            || origins[deed.essence]?.contains { $0 != deed.origin } ?? false
    }

    func holdsAside(_ deed: Deed) -> Bool {
        aside[Journal.Key(origin: deed.origin, sequence: deed.sequence)]?.contains(deed.fingerprint) ?? false
    }

    /// Whether something else is there under its number.
    func hasOther(_ deed: Deed) -> Bool {
        let found = fingerprints[Journal.Key(origin: deed.origin, sequence: deed.sequence)]
        return found != nil && found != deed.fingerprint
    }
}
