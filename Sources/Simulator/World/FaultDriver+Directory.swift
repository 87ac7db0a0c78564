import Replication
import SQLite
import ServiceDesk

/// The hub was rebuilt, and no site has the directory any more: all that held it have lost their disks too.
extension FaultDriver {
    /// Whoever has rebuilt the hub looks whether its directory has come back; if it has not, and no branch that can be
    /// asked has it either, the sites and the standard are entered again, as `site add` and `standards publish` do.
    /// - Parameter hasLacked: whether that was so at the look before.
    func lookAtDirectory(hasLacked: Bool) {
        world.kernel.after(Self.betweenLooks, "directory", site: 0) { [unowned self] in
            let isLost = isDirectoryLost
            guard isLost && hasLacked else {
                if isLost || isDirectoryLacking { lookAtDirectory(hasLacked: isLost) }
                return
            }
            enterDirectory { [unowned self] isDone in
                if !isDone { lookAtDirectory(hasLacked: true) }
            }
        }
    }

    /// Whether the hub names fewer sites than there are; true while it cannot be asked.
    private var isDirectoryLacking: Bool { (world.inspect(world.sites[0], Self.named)?.count ?? 0) < world.sites.count }

    /// Whether nobody will bring what the directory lacks: the hub waits for no site, or there is none to wait for.
    private var isDirectoryLost: Bool {
        guard let own = world.look(at: world.sites[0], Self.named), own.count < world.sites.count else { return false }
        let isGathering = world.look(at: world.sites[0]) { database in
            try database.first("SELECT is_gathering FROM life") { $0.bool(0) } ?? true
        }
        guard !(isGathering ?? true) || world.core.dropFirst().allSatisfy(\.waitsForEnrolment) else { return false }
        let disks = world.core.dropFirst().compactMap { world.inspect($0, Self.named) }
        let parked = world.parked.compactMap { World.survey($0.image, Self.named) }
        return (disks + parked).allSatisfy { $0.isSubset(of: own) }
    }

    /// The sites that a database's directory names, by the entity's identifier.
    private static func named(_ database: Database) throws -> Set<[UInt8]> {
        Set(try database.all("SELECT id FROM entity WHERE kind = 1 AND last > 0") { $0.blob(0) })
    }

    private func enterDirectory(completion: @escaping @Sendable (Bool) -> Void) {
        guard let hub = world.sites[0].process else { return completion(false) }
        hub.write("directory") { [unowned self, unowned hub] session, now in
            for site in world.sites where try session.store.directoryEntry(of: site.id) == nil {
                try session.add(site.description, actor: "operator", at: now)
            }
            // Their disks are lost, and the hub need not wait for what they held.
            if session.life.isGathering {
                for site in world.core.dropFirst() { try session.declareLost(site.id, actor: "operator", at: now) }
            }
            let standards = try session.store.database.first("SELECT count(*) FROM standard") { $0.int(0) }
            guard standards ?? 0 == 0 else { return }
            let desk = hub.desk(session.store, actor: "operator", now: now)
            _ = try desk.publish(world.people.pack, document: world.input.document, effective: nil, in: &session)
        } completion: { result in
            if case .success = result { completion(true) } else { completion(false) }
        }
    }
}
