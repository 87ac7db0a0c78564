import Hashing
import SQLite

/// What replication must be told about the entities it carries: who may write what, who may see what, and how a folded
/// state is laid out in tables for reading. Replication itself knows nothing about tickets.
///
/// All of it is called inside the transaction that writes the change, and must read nothing but what it is given.
public protocol Domain: Sendable {
    /// What the simulator has switched on; none in a node.
    var mischief: Mischief { get }

    /// Who may write an entity of this kind; nil for a kind that this version does not know.
    func authority(over kind: EntityKind) -> Authority?

    /// Whether this version knows the field; a change with an unknown one waits at the hub for its upgrade.
    func knows(_ field: Field, of kind: EntityKind) -> Bool

    /// Since which protocol kinds and fields exist that the first did not know.
    var levels: LevelTable { get }

    /// Whether only the province may write this field of a shared kind.
    func isProvinces(_ field: Field, of kind: EntityKind) -> Bool

    /// Judges a change against the state it is to fold into: limits, procedures, ownership. Called where a change is
    /// made and once more at admission.
    func judge(_ change: Change, before state: EntityState, author: Author, in database: Database) throws -> Judgement

    /// The sites that may see an entity, from its own state alone.
    func audience(of entity: EntityID, _ state: EntityState) -> Audience

    /// Whether every entity of a kind is for everyone, whatever its state.
    func isForEveryone(_ kind: EntityKind) -> Bool

    /// Lays a folded state out for reading. `isVisible` is false for a copy that was withdrawn.
    func project(_ row: EntityRow, isVisible: Bool, in database: Database) throws

    /// Copies what is laid out of the entities in `database` from the hub's database, which is attached to it as
    /// `source`: with the same columns, under the same numbers of entities.
    func copyProjections(in database: Database) throws

    /// Removes everything that is laid out of an entity whose copy is erased.
    func forget(_ row: EntityRow, in database: Database) throws

    /// What is wrong with what is laid out of an entity, if its row is as given.
    func problems(of row: EntityRow, in database: Database) throws -> [String]

    /// Whether the hub may decide a request, or somebody else has the right to its key.
    func claim(on request: OnceRequest, in database: Database) throws -> KeyClaim

    /// What the hub writes of its own accord, in the same transaction, when it has admitted a change.
    func consequences(
        of change: Change, before: EntityState, after: EntityState, in database: Database
    ) throws -> [Draft]
}

extension Domain {
    public var mischief: Mischief { .none }

    public var levels: LevelTable { .first }

    public func isForEveryone(_ kind: EntityKind) -> Bool { false }

    public func copyProjections(in database: Database) throws {}

    public func forget(_ row: EntityRow, in database: Database) throws {}

    public func problems(of row: EntityRow, in database: Database) throws -> [String] { [] }

    public func claim(on request: OnceRequest, in database: Database) throws -> KeyClaim { .free }
}

/// Who has the right to decide a key.
public enum KeyClaim: Equatable, Sendable {
    /// Nobody but the hub.
    case free
    /// Somebody else for the time being; the text says who.
    case held(String)
    /// Somebody else has, for good; the text says so.
    case used(String)
}

/// Who may write entities of a kind. One writer is a rule of authority, not of the fold.
public enum Authority: Sendable {
    /// The hub only.
    case province
    /// Every site of the entity's audience.
    case shared
}

/// The sites that may see an entity.
public enum Audience: Equatable, Sendable {
    /// Directory, standards, knowledge and markers; nothing else.
    case everyone
    /// Sorted, without repetition.
    case sites([SiteID])

    public static func only(_ sites: [SiteID]) -> Audience {
        if sites.count < 2 { return .sites(sites) }
        let sorted = sites.sorted()
        return .sites(sorted.indices.filter { $0 == 0 || sorted[$0] != sorted[$0 - 1] }.map { sorted[$0] })
    }
}

/// Whose change is being judged.
public struct Author: Sendable {
    public let site: SiteID
    public let isHub: Bool
    /// Whether the site is in the entity's audience, or was when it made the change.
    public let isMember: Bool

    public init(site: SiteID, isHub: Bool, isMember: Bool) {
        self.site = site
        self.isHub = isHub
        self.isMember = isMember
    }
}

/// What becomes of a change.
public enum Judgement: Equatable, Sendable {
    case admit
    /// What is needed to judge it is not held here yet; the text says what.
    case wait(String)
    /// It breaks authority or a limit; the text says which, and what to do. Final.
    case refuse(String)
}

/// A change that is to be written at this site.
public struct Draft: Sendable {
    public var entity: EntityID
    public var edits: [Edit]
    public var actor: String
    public var key: IdempotencyKey?
    /// The row version that the author was shown, if the client said so.
    public var shown: RowVersion?
    /// What its author had seen, of what is written again; nil for all that is held.
    var seen: VersionVector?

    public init(
        entity: EntityID, edits: [Edit], actor: String, key: IdempotencyKey? = nil, shown: RowVersion? = nil
    ) {
        self.entity = entity
        self.edits = edits
        self.actor = actor
        self.key = key
        self.shown = shown
    }
}

/// One entity as a site stores it.
public struct EntityRow: Sendable {
    /// The site's own small number for it; 0 before it has been stored.
    public internal(set) var number: Int64
    public let id: EntityID
    /// Counts up whenever the stored row changes here.
    public internal(set) var version: UInt64
    /// The sum modulo 2^128 of the hashes of its admitted changes.
    public internal(set) var sum: Digest128
    public internal(set) var state: EntityState
    /// Withdrawn from this site: hidden and locked.
    public internal(set) var isWithdrawn: Bool
    /// The change that has just been folded onto the state, if that is all that has happened to it since it was last
    /// laid out; nil when it has been folded anew, or the row itself has changed.
    public internal(set) var grownBy: Change?
    /// How many changes the last fold had to read again from the log.
    var readAgain = 0
    /// The log position of the last change that came here, whatever became of it; 0 for none.
    var last: Int64 = 0
    /// The log position up to which changes are part of the state as stored; 0 for none.
    var folded: Int64 = 0
    /// How many log rows lie between the two.
    var tail = 0

    /// So many changes are folded onto the stored state whenever the row is read, before the state is stored anew:
    /// most entities have few, and then their state is never written at all.
    static let tailMax = 8
}

/// A row version as a client was shown it: the node's own count, under the origin that counted.
public struct RowVersion: Hashable, Sendable, CustomStringConvertible {
    public let origin: OriginID
    public let version: UInt64

    public init(origin: OriginID, version: UInt64) {
        self.origin = origin
        self.version = version
    }

    /// `origin-version`: the content of an ETag.
    public var description: String { "\(origin)-\(version)" }

    public init?(_ text: String) {
        guard let reference = ChangeReference(text) else { return nil }
        self.init(origin: reference.origin, version: reference.sequence)
    }
}
