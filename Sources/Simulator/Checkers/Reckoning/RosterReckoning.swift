import SQLite

/// Who holds which role at a site, worked out from what people gave and took and from who had heard of what: a role
/// that was taken away is held again only by whoever was given it with knowledge of that.
struct RosterReckoning {
    private struct Key: Hashable {
        let person: String
        let role: String
    }

    private struct Book {
        var given: [Deed] = []
        var taken: [Deed] = []

        var isHeld: Bool {
            given.contains { gift in
                taken.allSatisfy { gift.covers(origin: $0.origin, sequence: $0.sequence) }
            }
        }
    }

    private static let staff: UInt8 = 19
    private static let everybody = Key(person: "*", role: "*")
    private var books: [Key: Book] = [:]

    /// Whether anybody was named: until then everybody may do everything.
    var isBegun: Bool { books[Self.everybody] != nil }

    /// - Parameter roster: the name of the site's roster, in hexadecimal.
    init(_ database: Database, roster: String, _ journal: Journal) throws {
        let deeds = try database.all(
            """
            SELECT origin.id, log.sequence, entity.id, log.body FROM log
            JOIN origin ON origin.number = log.origin JOIN entity ON entity.number = log.entity
            WHERE entity.kind = ? AND lower(hex(entity.id)) = ? AND log.condition IN (0, 1) AND log.sequence > 0
            ORDER BY log.stamp, log.origin
            """, Int64(Self.staff), roster
        ) { row in
            journal.deed(
                Journal.Key(origin: row.uint64(0), sequence: row.uint64(1)), kind: Self.staff, entity: row.blob(2),
                body: row.blob(3))
        }
        for deed in deeds.compactMap({ $0 }) { take(deed) }
    }

    private mutating func take(_ deed: Deed) {
        for kind in deed.kinds {
            switch kind {
            case .granted(let person, let role): books[Key(person: person, role: role), default: Book()].given += [deed]
            case .revoked(let person, let role): books[Key(person: person, role: role), default: Book()].taken += [deed]
            default: continue
            }
        }
    }

    /// - Parameter roles: any of them; any at all when empty.
    func holds(_ person: String, anyOf roles: [String], of known: [String]) -> Bool {
        (roles.isEmpty ? known : roles).contains { books[Key(person: person, role: $0)]?.isHeld == true }
    }
}
