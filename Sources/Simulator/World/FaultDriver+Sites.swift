import Replication
import ServiceDesk

/// What begins and ends at one site.
extension FaultDriver {
    func start(_ fault: ScheduledFault, _ number: Int, at site: Int, until ends: VirtualTime) {
        let machine = world.sites[site]
        switch fault.kind.device {
        case .network: startNetwork(fault, number, at: site)
        case .process: startProcess(fault, number, machine, until: ends)
        case .disk: startDisk(fault, machine)
        case .clock: startClock(fault, machine)
        case .people: startPeople(fault, at: site)
        case .hub: break
        case .inside: startInside(fault, number, machine)
        }
    }

    func stop(_ fault: ScheduledFault, at site: Int) {
        let machine = world.sites[site]
        switch fault.kind {
        case .slowNode: machine.settings.timesSlower = 1
        case .pause: machine.pausedUntil = world.kernel.now
        case .syncFails, .diskFull, .readError:
            machine.disk.faults.syncFails = false
            machine.disk.faults.bytesMax = SimulatedDisk.defaultBytesMax
            machine.disk.faults.readErrorsPerMille = 0
            // Somebody makes room, or mends the disk, and starts the node again.
            restart(machine, after: .minutes(5))
        case .slowDisk: machine.settings.commit = SiteSettings().commit
        case .clockDrift: machine.clock.drift(partsPerMillion: 0, at: world.kernel.now)
        case .sameTicketTwoBranches, .closeAgainstEscalate, .refundAskedTwice, .transferWhileOffline:
            world.people.habits[site] = Habits(world.scenario.workload)
        case .storm: world.people.timesBusier[site] = 1
        case .tinyBatches: machine.settings.batchBytes = world.batchBytes
        case .earlyTimer: machine.settings.hasEarlyTimers = false
        case .smallQueue:
            machine.settings.queueJobs = world.queueJobs
            restart(machine, after: .seconds(2))
        default: refreshLine(site)
        }
    }

    private func startNetwork(_ fault: ScheduledFault, _ number: Int, at site: Int) {
        switch fault.kind {
        case .flapping: flap(number, site, every: VirtualTime(microseconds: fault.number("periodSeconds") * 500_000))
        case .swizzle: swizzle(number, site, every: .seconds(fault.number("everySeconds")))
        case .traced: follow(fault, number, site)
        default: refreshLine(site)
        }
    }

    private func flap(_ number: Int, _ site: Int, every half: VirtualTime) {
        guard isOn(number) else { return }
        if flapped[number]?.contains(site) ?? false {
            flapped[number]?.remove(site)
        } else {
            flapped[number, default: []].insert(site)
        }
        refreshLine(site)
        world.kernel.after(half, "flap", site: site) { [unowned self] in flap(number, site, every: half) }
    }

    /// Each line goes and comes back at a time of its own, so that they come back in another order than they went.
    private func swizzle(_ number: Int, _ site: Int, every mean: VirtualTime) {
        world.kernel.after(random.untilNext(mean: mean), "swizzle", site: site) { [unowned self] in
            guard isOn(number) else { return }
            if flapped[number]?.contains(site) ?? false {
                flapped[number]?.remove(site)
            } else {
                flapped[number, default: []].insert(site)
            }
            refreshLine(site)
            swizzle(number, site, every: mean)
        }
    }

    private func follow(_ fault: ScheduledFault, _ number: Int, _ site: Int) {
        guard isOn(number), let trace = world.traces[number]?[world.sites[site].id.text] else { return }
        let since = world.kernel.now - fault.at
        traced[site] = trace.sample(at: since)
        refreshLine(site)
        guard let next = trace.nextChange(after: since) else { return }
        world.kernel.at(fault.at + next, "trace", site: site) { [unowned self] in follow(fault, number, site) }
    }

    private func startProcess(_ fault: ScheduledFault, _ number: Int, _ machine: SimulatedSite, until ends: VirtualTime)
    {
        switch fault.kind {
        case .crash:
            world.moment(.crashed, machine)
            machine.crash()
            restart(machine, after: .seconds(fault.number("downSeconds")))
        case .crashLoop: crashLoop(number, machine, every: .seconds(fault.number("everySeconds")))
        case .pause: machine.pausedUntil = ends
        case .slowNode: machine.settings.timesSlower = fault.number("timesSlower")
        case .rollingUpgrade:
            let wait = VirtualTime.minutes(fault.number("minutesBetween") * Int64(machine.number))
            world.kernel.after(wait, "upgrade", site: machine.number) { [unowned self] in
                machine.settings.software = "0.2.0"
                machine.crash()
                restart(machine, after: .seconds(20))
            }
        case .restoredBackup, .replacedMachine, .clonedDisk: startMachine(fault, number, machine)
        default: break
        }
    }

    private func crashLoop(_ number: Int, _ machine: SimulatedSite, every pause: VirtualTime) {
        guard isOn(number) else { return }
        world.moment(.crashed, machine)
        machine.crash()
        restart(machine, after: .seconds(5))
        world.kernel.after(pause, "crash loop", site: machine.number) { [unowned self] in
            crashLoop(number, machine, every: pause)
        }
    }

    /// Ends a process that may still run, and begins one when the time has come.
    func restart(_ machine: SimulatedSite, after delay: VirtualTime) {
        world.kernel.after(delay, "restart", site: machine.number) {
            if machine.process != nil { machine.crash() }
            if machine.disk.isOff { machine.powerUp() }
            machine.start()
        }
    }

    private func startDisk(_ fault: ScheduledFault, _ machine: SimulatedSite) {
        switch fault.kind {
        case .powerLoss:
            world.downSeconds[machine.number] = fault.number("downSeconds")
            let stream = world.kernel.stream(machine.id.text, "power \(world.kernel.now.microseconds)")
            machine.disk.cutPower(afterWrites: Int(random.within(1...40)), random: stream)
            // A machine that writes nothing loses power all the same.
            world.kernel.after(.seconds(45), "power", site: machine.number) { [unowned self] in
                guard !machine.disk.isOff, world.downSeconds[machine.number] != nil else { return }
                machine.disk.cancelPowerCut()
                world.lostPower(machine)
            }
        case .syncFails: machine.disk.faults.syncFails = true
        case .diskFull:
            machine.disk.faults.bytesMax = machine.disk.usedBytes + Int(fault.number("bytesLeft"))
        case .readError: machine.disk.faults.readErrorsPerMille = fault.number("perMille")
        case .bitRot:
            damage(machine.number)
            _ = machine.disk.rot(bits: Int(fault.number("bits")), in: "tributary.db", random: &random)
        case .slowDisk: machine.settings.commit += .milliseconds(fault.number("syncMilliseconds"))
        default: break
        }
        if fault.kind != .powerLoss { world.moment(.diskFailed, machine) }
    }

    private func startClock(_ fault: ScheduledFault, _ machine: SimulatedSite) {
        world.moment(.clockSet, machine)
        switch fault.kind {
        case .clockDrift:
            machine.clock.drift(partsPerMillion: fault.number("partsPerMillion"), at: world.kernel.now)
        case .clockStep: machine.clock.step(milliseconds: fault.number("stepSeconds") * 1_000)
        case .clockOffset: machine.clock.step(milliseconds: fault.number("offsetSeconds") * 1_000)
        case .wrongYear: machine.clock.step(milliseconds: fault.number("years") * 365 * 86_400_000)
        case .wrongZone: machine.clock.step(milliseconds: fault.number("zoneMinutes") * 60_000)
        default: break
        }
        // A clock that is wrong when a node starts is what hurts: a running one does not look at it.
        if fault.kind != .clockDrift && fault.kind != .clockStep { restart(machine, after: .seconds(1)) }
    }

    private func startPeople(_ fault: ScheduledFault, at site: Int) {
        switch fault.kind {
        case .sameTicketTwoBranches: world.people.habits[site].twoBranches = fault.number("perMille")
        case .closeAgainstEscalate: world.people.habits[site].closeAgainstEscalate = fault.number("perMille")
        case .refundAskedTwice: world.people.habits[site].refundTwice = fault.number("perMille")
        case .transferWhileOffline: world.people.habits[site].transfers = fault.number("perMille")
        case .storm: world.people.timesBusier[site] = fault.number("timesBusier")
        case .bulkImport:
            world.people.importRows(
                fault.number("rows"), at: site, source: "import \(world.kernel.now.seconds)")
        default: break
        }
    }

    private func startInside(_ fault: ScheduledFault, _ number: Int, _ machine: SimulatedSite) {
        switch fault.kind {
        case .flood:
            damage(machine.number)
            flood(
                number, machine, count: 1 << 20, every: VirtualTime(microseconds: 1_000_000 / fault.number("perSecond"))
            )
        case .tinyBatches: machine.settings.batchBytes = Int(fault.number("batchBytes"))
        case .earlyTimer: machine.settings.hasEarlyTimers = true
        case .spuriousRetry: machine.process?.disturb(.failed(.poll, isFinal: false))
        case .smallQueue:
            machine.settings.queueJobs = Int(fault.number("jobs"))
            restart(machine, after: .seconds(2))
        case .forcedResync:
            let id = machine.id
            world.sites[0].process?.write("resync") { session, _ in
                if let peer = try session.store.peer(site: id) { try session.enterAnew(peer) }
            } completion: { _ in
            }
        default: break
        }
    }
}

extension FaultDriver {
    /// Sends hello after hello under higher and higher numbers, as only a broken branch does: each is one that the hub
    /// must take.
    private func flood(_ number: Int, _ machine: SimulatedSite, count: UInt32, every pause: VirtualTime) {
        guard isOn(number) else { return }
        if let process = machine.process, let life = try? process.read({ try $0.life() }) {
            let request = ExchangeRequest(
                lane: .hello, origin: life.origin, number: .init(start: process.start, count: count),
                acknowledged: life.acknowledged, cursor: life.cursor)
            world.network.post(request.encoded, .hello, from: machine.number, deadline: .seconds(15)) { _ in }
        }
        world.kernel.after(pause, "flood", site: machine.number) { [unowned self] in
            flood(number, machine, count: count + 1, every: pause)
        }
    }
}

extension LinkTrace {
    /// When the next measurement begins to stand, or the present one ceases to.
    func nextChange(after time: VirtualTime) -> VirtualTime? {
        let second = time.seconds
        for sample in samples {
            if sample.startSecond > second { return .seconds(sample.startSecond) }
            if sample.endSecond > second { return .seconds(sample.endSecond) }
        }
        return nil
    }
}
