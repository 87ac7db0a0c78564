import Hashing
import Replication
import SQLite

/// The circuits that a site holds: a branch those that concern it, the hub and a standby all.
public enum CircuitBook {
    /// The entity that is the circuit of a number: two sites that register one make one of it, not two.
    /// - Parameter number: in canonical form.
    public static func name(of number: String) -> EntityID {
        let hash = SHA256.hash(Array("circuit \(number)".utf8))
        return EntityID(kind: .circuit, bytes: Array(hash.prefix(16))) ?? EntityID(kind: .circuit, high: 0, low: 0)
    }

    /// The circuit of a number, however it is written; nil when none is held here.
    public static func circuit(_ number: String, in store: SiteStore) throws -> EntityRow? {
        guard let row = try store.row(name(of: CircuitNumber.canonical(number))), row.state.exists, !row.isWithdrawn
        else { return nil }
        return row
    }
}
