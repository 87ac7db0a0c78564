import Replication
import SQLite

/// What operators still have to do when a scenario's time is over.
extension FaultDriver {
    /// What operators have begun they finish when the scenario's time is over.
    func finishWork() {
        if isEpochDue { beginEpoch(world.sites[0]) }
        while !world.parked.isEmpty { putAway(world.sites[world.parked[0].site], 0) }
        for machine in world.sites where machine.waitsForEnrolment && !world.staysBroken(machine.number) {
            enrol(machine)
        }
        if !world.missing.isEmpty { world.countLosses(isOver: true) }
        guard world.missing[0] != nil else { return lookAtWitnesses() }
        for machine in world.sites where world.staysBroken(machine.number) { declareLost(machine.id) }
    }

    /// A hub that was started since, and hears too few of its witnesses, decides nothing: who is asked to decide is
    /// told which to declare lost.
    private func lookAtWitnesses() {
        world.kernel.after(Self.betweenLooks, "look", site: 0) { [unowned self] in
            let silent = world.inspect(world.sites[0]) { database in
                try database.all(Self.silentWitnesses) { SiteID($0.text(0)) }
            }
            guard let silent, silent.count >= ReplicationLimits.witnesses else { return }
            for machine in world.sites where world.staysBroken(machine.number) && silent.contains(machine.id) {
                declareLost(machine.id)
            }
        }
    }

    private static let silentWitnesses: SQL = """
        SELECT site FROM peer WHERE is_counting = 1 AND is_lost = 0 AND heard_start <> (SELECT start FROM life)
        """

    /// What stays broken tells a new epoch nothing: the administrator says so, as soon as the hub knows of the site.
    private func declareLost(_ site: SiteID) {
        let again: @Sendable () -> Void = { [unowned self] in
            world.kernel.after(.minutes(1), "site lost", site: 0) { [unowned self] in declareLost(site) }
        }
        guard let hub = world.sites[0].process else { return again() }
        hub.write("site lost") { session, now in
            try session.declareLost(site, actor: "operator", at: now)
        } completion: { result in
            if case .failure = result { again() }
        }
    }
}
