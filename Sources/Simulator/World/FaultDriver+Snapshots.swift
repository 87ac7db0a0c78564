import Replication
import SQLite
import ServiceDesk

/// What an operator brings along for a machine that takes another's place.
extension FaultDriver {
    /// Half of the operators have the hub make a snapshot while the machine is on its way. By the time it joins the
    /// snapshot is as old as that took, and the hub's epoch may be another.
    func bringSnapshot(to machine: SimulatedSite) {
        let hub = world.sites[0]
        guard machine.draw() % 2 == 0, !machine.isHub, !machine.isStandby, hub.process?.contradiction == nil else {
            return
        }
        do {
            let database = try Database(path: machine.databasePath, mode: .readWriteCreate, vfs: SimulatedVFS.name)
            defer { database.close() }
            try database.migrate(SiteProcess.migrations)
            try database.setUpForBulkLoading(syncs: true)
            try Snapshot.fill(database, from: hub.databasePath, for: machine.id, domain: DeskDomain(), at: hub.wall)
            withSnapshot.insert(machine.number)
        } catch {
            machine.log("no snapshot was made: \(error)")
            machine.disk.replace(with: .empty)
        }
    }

    /// Founds the new machine's site on its snapshot; false if there is none, or it is of no use any more.
    func foundOnSnapshot(_ machine: SimulatedSite, _ origin: OriginID, _ epoch: Epoch) -> Bool {
        guard withSnapshot.remove(machine.number) != nil else { return false }
        do {
            let database = try Database(path: machine.databasePath, mode: .readWriteCreate, vfs: SimulatedVFS.name)
            defer { database.close() }
            try database.transaction(.immediate) {
                try SiteStore(database, domain: DeskDomain())
                    .foundOnSnapshot(site: machine.id, origin: origin, epoch: epoch)
            }
            return true
        } catch {
            // As in a real folder, nothing of what was not taken over stays.
            machine.log("the snapshot is of no use: \(error)")
        }
        machine.disk.replace(with: .empty)
        return false
    }
}
