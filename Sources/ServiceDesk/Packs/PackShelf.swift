import Hashing
import Replication
import SQLite
import Standards
import Synchronization

/// The published standards that a site holds, parsed once.
///
/// A pack is named by the digest of its content, so what is on the shelf never changes.
public final class PackShelf: Sendable {
    /// Packs kept parsed; a province publishes a few a year.
    static let capacity = 16

    /// Reads a pack's document, or lists what is wrong with it.
    public typealias Check = @Sendable ([UInt8]) -> (StandardPack?, [Finding])

    private let packs = Mutex<[EntityID: StandardPack]>([:])
    /// Of these, the ticket types that a limit names.
    private let limited = Mutex<[EntityID: Set<String>]>([:])
    private let check: Check

    /// - Parameter check: for those who open many sites and want one document read once.
    public init(check: @escaping Check = StandardPack.check) { self.check = check }

    /// The name of a pack: its digest as an entity.
    public static func name(of document: [UInt8]) -> EntityID {
        let hash = SHA256.hash(document)
        return EntityID(kind: .standard, bytes: Array(hash.prefix(16))) ?? EntityID(kind: .standard, high: 0, low: 0)
    }

    /// The pack of that name; nil if it has not reached this site.
    public func pack(_ name: EntityID, in store: SiteStore) throws -> StandardPack? {
        if let pack = packs.withLock({ $0[name] }) { return pack }
        guard let document = try store.row(name)?.state[StandardField.document].textValue else { return nil }
        let (pack, findings) = check(Array(document.utf8))
        guard let pack else {
            throw DeskError(
                .noStandard, "Standard \(name.text) cannot be read by this version (\(findings.count) findings).",
                remedy: "Upgrade this site.")
        }
        packs.withLock { packs in
            if packs.count >= Self.capacity { packs.removeAll() }
            packs[name] = pack
        }
        return pack
    }

    /// Whether a clock could run for a ticket of a type: also while the standard is not here, or cannot be read.
    func mayBeDue(_ type: String, under name: EntityID, in store: SiteStore) -> Bool {
        if let types = limited.withLock({ $0[name] }) { return types.contains(type) }
        guard let pack = try? pack(name, in: store) else { return true }
        let types = Set(pack.limits.flatMap(\.types))
        limited.withLock { limited in
            if limited.count >= Self.capacity { limited.removeAll() }
            limited[name] = types
        }
        return types.contains(type)
    }

    /// The standard in force: of those in effect the one that took effect last; of several at one time the one
    /// published last.
    /// - Parameter milliseconds: province time.
    public func current(in store: SiteStore, at milliseconds: Int64) throws -> (name: EntityID, pack: StandardPack)? {
        try name(inForceAt: milliseconds, in: store).flatMap { name in try pack(name, in: store).map { (name, $0) } }
    }

    /// The name of the standard in force, as ``current(in:at:)`` finds it.
    func name(inForceAt milliseconds: Int64, in store: SiteStore) throws -> EntityID? {
        if store.domain.mischief.contains(.keepsOldStandard), try !store.life().isHub {
            return try store.database.first(
                """
                SELECT entity.id FROM standard JOIN entity ON entity.number = standard.entity
                ORDER BY effective, published, entity.id LIMIT 1
                """
            ) { EntityID(kind: .standard, bytes: $0.blob(0)) } ?? nil
        }
        // Every change asks, and standards follow one another in months.
        let known = try store.remembered(Self.question) { try Tenure(at: milliseconds, in: store) }
        if known.holds(at: milliseconds) { return known.name }
        return try Tenure(at: milliseconds, in: store).name
    }

    private static let question = Question<Tenure>()

    /// After a standard has reached the site.
    static func forgetTenure(in store: SiteStore) { store.forget(question) }
}
