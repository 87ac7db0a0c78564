import Replication
import SQLite
import ServiceDesk

/// Databases that are put back, replaced or copied, and what their operators do about it.
extension FaultDriver {
    /// Sets aside what a later fault puts back.
    func scheduleBackups(_ number: Int, _ fault: ScheduledFault) {
        guard fault.kind == .restoredBackup || fault.kind == .failOver, fault.number("hoursBack") > 0 else { return }
        guard fault.kind != .failOver || fault.number("fromStandby") == 0 else { return }
        let at = max(VirtualTime.zero, fault.at - .hours(fault.number("hoursBack")))
        for site in numbers(of: fault) {
            world.kernel.at(at, "backup", site: site) { [unowned self] in
                // Of an empty machine no backup is taken.
                guard !world.sites[site].waitsForEnrolment else { return }
                let place = world.journal.descent.place(of: site, at)
                backups[number, default: [:]][site] = (world.sites[site].disk.image, place)
            }
        }
    }

    func startMachine(_ fault: ScheduledFault, _ number: Int, _ machine: SimulatedSite) {
        switch fault.kind {
        case .restoredBackup: putBack(fault, number, machine)
        case .replacedMachine: replaceMachine(machine, downSeconds: fault.number("downSeconds"))
        case .clonedDisk: copyMachine(fault, machine)
        default: break
        }
    }

    /// Ends whatever runs, so that the disk can be worked on.
    func stop(_ machine: SimulatedSite) {
        world.moment(.crashed, machine)
        machine.crash()
        world.downSeconds[machine.number] = nil
        machine.disk.cancelPowerCut()
        world.replacing(machine)
    }

    /// Yesterday's database in place of today's: with the count of starts beside it as it is, which gives it away, or
    /// put back along with it.
    private func putBack(_ fault: ScheduledFault, _ number: Int, _ machine: SimulatedSite) {
        guard let backup = backups[number]?.removeValue(forKey: machine.number) else { return }
        stop(machine)
        machine.disk.replace(with: backup.image, keepsSideFiles: fault.number("putsBackStarts") == 0)
        begin(machine, with: backup.place)
        world.mark(.putBack)
        world.replaced(machine, isGone: true)
        restart(machine, after: .seconds(fault.number("downSeconds")))
        if !machine.isHub { lookAfter(machine) }
    }

    /// The hub cannot know an origin that the site has given up since from a second machine's, and says so: whoever has
    /// put the database back sees that in its status, and says that this one stays.
    private func lookAfter(_ machine: SimulatedSite) {
        world.kernel.after(Self.betweenLooks, "look", site: machine.number) { [unowned self] in
            // Of two machines the one that is fed stays.
            let isCopied = world.parked.contains { $0.site == machine.number }
            if !isCopied, machine.process?.isSuperseded ?? false { keep(machine) }
            if world.inspect(machine, Self.origin) != fedOrigin(of: machine) { lookAfter(machine) }
        }
    }

    /// What `branch keep` does, with the branch stopped.
    private func keep(_ machine: SimulatedSite) {
        world.moment(.crashed, machine)
        machine.crash()
        do {
            let database = try Database(path: machine.databasePath, mode: .readWriteCreate, vfs: SimulatedVFS.name)
            defer { database.close() }
            try database.run("UPDATE life SET is_copy = 1")
        } catch {
            machine.log("this database was not kept: \(error)")
        }
        restart(machine, after: Self.changeOver)
    }

    /// A machine works on a database of which nothing else knows what is written into it from now on.
    func begin(_ machine: SimulatedSite, with place: Descent.Place?) {
        let database = world.journal.descent.begin(with: place)
        world.journal.descent.use(database, at: machine.number)
    }

    /// An empty machine that is enrolled in the site's name.
    private func replaceMachine(_ machine: SimulatedSite, downSeconds: Int64) {
        stop(machine)
        machine.disk.replace(with: .empty)
        begin(machine, with: nil)
        machine.waitsForEnrolment = true
        world.replaced(machine, isGone: true)
        bringSnapshot(to: machine)
        world.kernel.after(.seconds(downSeconds), "enrolment", site: machine.number) { [unowned self] in
            enrol(machine)
        }
    }

    /// The new machine shows the hub a token and the origin that it drew; tried until the hub has answered.
    func enrol(_ machine: SimulatedSite) {
        guard machine.waitsForEnrolment else { return }
        let line = world.network.condition(of: machine.number)
        guard !machine.disk.isOff, line.carriesUp, line.carriesDown, !line.isCaptive,
            let hub = world.sites[0].process, hub.contradiction == nil
        else { return enrolLater(machine) }
        let (site, origin) = (machine.id, OriginID(raw: machine.draw()))
        let willCompare = withSnapshot.contains(machine.number)
        hub.write("enrolment") { session, now in
            guard session.life.doubt.isEmpty else { throw RehearsalError(session.life.doubt) }
            if try session.store.credential(of: site)?.isRevoked ?? false {
                try session.restoreAccess(of: site, actor: "enrolment", at: now)
            }
            try session.join(site, origin: origin, willCompare: willCompare, actor: "enrolment", at: now)
            return session.life.cursor.epoch
        } completion: { [self] result in
            guard case .success(let epoch) = result, machine.waitsForEnrolment,
                (try? found(machine, origin, epoch)) != nil
            else { return enrolLater(machine) }
            machine.waitsForEnrolment = false
            world.mark(.enrolledAnew)
            machine.start()
        }
    }

    private func enrolLater(_ machine: SimulatedSite) {
        world.kernel.after(.minutes(1), "enrolment", site: machine.number) { [unowned self] in enrol(machine) }
    }

    /// Makes a new database on an empty disk, or takes the one that was brought along.
    private func found(_ machine: SimulatedSite, _ origin: OriginID, _ epoch: Epoch = .none) throws {
        defer { world.journal.note(origin: origin.raw, of: machine.number) }
        if foundOnSnapshot(machine, origin, epoch) { return }
        // What an earlier try has left, which the disk did not let come to an end, is put away.
        machine.disk.replace(with: .empty)
        let database = try Database(path: machine.databasePath, mode: .readWriteCreate, vfs: SimulatedVFS.name)
        defer { database.close() }
        try database.migrate(SiteProcess.migrations)
        try database.transaction(.immediate) {
            try SiteStore(database, domain: DeskDomain()).found(
                site: machine.id, isHub: machine.isHub, isStandby: machine.isStandby, origin: origin, epoch: .none)
        }
    }

    /// Two machines with one identity, of which one runs at a time, in turns; in the end an operator puts away the one
    /// that the hub does not feed.
    private func copyMachine(_ fault: ScheduledFault, _ machine: SimulatedSite) {
        // A machine that belongs to no site yet has nothing to be copied.
        guard !machine.waitsForEnrolment else { return }
        world.mark(.copied)
        stop(machine)
        let place = world.journal.descent.place(of: machine.number, world.kernel.now)
        world.parked.append((machine.number, machine.disk.image, world.journal.descent.begin(with: place)))
        restart(machine, after: Self.changeOver)
        takeTurns(machine, left: fault.number("turns"), every: .minutes(fault.number("turnMinutes")))
    }

    private func takeTurns(_ machine: SimulatedSite, left: Int64, every turn: VirtualTime) {
        world.kernel.after(turn, "turn", site: machine.number) { [unowned self] in
            guard let index = world.parked.firstIndex(where: { $0.site == machine.number }) else { return }
            guard left > 1 else { return putAway(machine, index) }
            changeOver(machine, index)
            takeTurns(machine, left: left - 1, every: turn)
        }
    }

    private func changeOver(_ machine: SimulatedSite, _ index: Int) {
        stop(machine)
        let other = world.parked[index]
        world.parked[index].image = machine.disk.image
        world.parked[index].database = world.journal.descent.database(of: machine.number)
        machine.disk.replace(with: other.image)
        world.journal.descent.use(other.database, at: machine.number)
        world.replaced(machine, isGone: false)
        restart(machine, after: Self.changeOver)
    }

    func putAway(_ machine: SimulatedSite, _ index: Int) {
        let parked = World.survey(world.parked[index].image, Self.origin)
        if let fed = fedOrigin(of: machine), parked == fed, world.inspect(machine, Self.origin) != fed {
            changeOver(machine, index)
        }
        world.parked.remove(at: index)
        world.countLosses()
    }

    /// The origin under which the hub feeds a site; nil while there is no telling.
    private func fedOrigin(of machine: SimulatedSite) -> UInt64? {
        let name = machine.id.text
        let fed = world.inspect(world.sites[0]) { database in
            try database.first("SELECT origin FROM peer WHERE site = ?", name) { $0.uint64OrNil(0) }
        }
        return (fed ?? nil) ?? nil
    }

    private static func origin(_ database: Database) throws -> UInt64 {
        try database.first("SELECT origin FROM life") { $0.uint64(0) } ?? 0
    }

    /// How long one machine is down before the other one runs.
    private static let changeOver = VirtualTime.seconds(90)
    /// How often an operator looks at a site that was put back.
    static let betweenLooks = VirtualTime.minutes(10)
}

/// The hub's disk is lost, and an operator begins a new epoch on what is there.
extension FaultDriver {
    func failOver(_ fault: ScheduledFault, _ number: Int) {
        let hub = world.sites[0]
        stop(hub)
        world.mark(.hubReplaced)
        isEpochDue = true
        isPromotionDue = fault.number("fromStandby") == 1
        let acts = VirtualTime.minutes(fault.number("actsAfterMinutes"))
        if fault.number("hoursBack") == 0 || isPromotionDue {
            hub.disk.replace(with: .empty)
            begin(hub, with: nil)
            hub.waitsForEnrolment = true
            world.replaced(hub, isGone: true)
        } else {
            guard let backup = backups[number]?.removeValue(forKey: 0) else { return restart(hub, after: .minutes(1)) }
            hub.disk.replace(with: backup.image, keepsSideFiles: fault.number("putsBackStarts") == 0)
            begin(hub, with: backup.place)
            world.replaced(hub, isGone: true)
            // Whoever put it back starts it and leaves it to find out for itself.
            if acts > .zero { restart(hub, after: .minutes(1)) }
        }
        world.kernel.after(acts, "epoch", site: 0) { [unowned self] in beginEpoch(hub) }
    }

    /// What `hub restore` and `hub rebuild` do, with the hub stopped.
    func beginEpoch(_ hub: SimulatedSite) {
        guard isEpochDue else { return }
        if hub.process != nil { stop(hub) }
        if hub.disk.isOff { hub.powerUp() }
        do {
            let start = try begunOrTakenOver(hub)
            try hub.disk.write(Array("\(start)".utf8), to: "starts")
        } catch {
            hub.log("a new epoch was not begun: \(error)")
            return world.kernel.after(.minutes(5), "epoch", site: 0) { [unowned self] in beginEpoch(hub) }
        }
        isEpochDue = false
        hub.waitsForEnrolment = false
        world.mark(.epochBegun)
        hub.start()
    }

    /// - Returns: the number of the database's last start.
    private func begunOrTakenOver(_ hub: SimulatedSite) throws -> UInt32 {
        // Without a database a standby can be made nothing of; then the branches are all there is.
        if isPromotionDue, let standby = world.standby, !standby.waitsForEnrolment, !world.isDamaged(standby) {
            return try promote(standby, to: hub)
        }
        if hub.waitsForEnrolment {
            try found(hub, OriginID(raw: hub.draw()))
            lookAtDirectory(hasLacked: false)
        }
        return try beginEpoch(on: hub)
    }

    /// - Returns: the number of the database's last start.
    private func beginEpoch(on hub: SimulatedSite) throws -> UInt32 {
        let database = try Database(path: hub.databasePath, mode: .readWriteCreate, vfs: SimulatedVFS.name)
        defer { database.close() }
        try database.migrate(SiteProcess.migrations)
        let (random, origin, now) = (hub.draw(), OriginID(raw: hub.draw()), hub.wall)
        let store = SiteStore(
            database, domain: DeskDomain(shelf: PackShelf(check: hub.reading.check), mischief: hub.mischief),
            sealKey: hub.sealKey)
        return try database.transaction(.immediate) {
            try Session.run(store) { session in
                try session.beginEpoch(
                    atLeast: 0, random: random, origin: origin, because: "the hub's disk was lost",
                    actor: "operator", at: now)
                return session.life.start
            }
        }
    }
}
