import Standards

extension Scenario {
    /// Lists what is wrong with a scenario in its province: sites that are not there, faults that cannot be where they
    /// are, and pairs of faults that cannot both hold (``FaultConflict`` has the rules).
    ///
    /// - Parameter topology: the province of the file ``topology``.
    public func check(against topology: Topology) -> [Standards.Finding] {
        let log = FindingLog()
        checkAlone(log)
        checkList(branches, "/branches", topology, mayNameHub: false, log)
        let cast = cast(of: topology)
        if cast.branches.isEmpty {
            log.add("/topology", "no branch takes part", "name a topology that has branches")
        }
        for (index, fault) in faults.enumerated() { check(fault, path: path(ofFault: index), cast, log) }
        checkStandby(cast, log)
        checkList(then.sites, "/then/sites", cast, mayNameHub: false, log)
        if then.heal == .allBut, !then.sites.isEmpty, cast.branches.allSatisfy({ then.sites.contains($0.id) }) {
            log.add("/then/sites", "names every branch, so that none is left to become level", "leave one of them out")
        }
        checkConflicts(cast, log)
        return log.findings
    }

    /// A standby stands beside branches that work, and a hub is made of nothing else.
    private func checkStandby(_ cast: Topology, _ log: FindingLog) {
        if let standby {
            let known = cast.branches.map(\.id)
            if !known.contains(standby) {
                log.add(
                    "/standby", "no branch \(Standards.Finding.quote(standby)) takes part",
                    NearestWord.hint(for: standby, among: known))
            } else if known.count == 1 {
                log.add("/standby", "is the only branch, and nobody works at a standby", "let another take part")
            }
        }
        for (index, fault) in faults.enumerated() where fault.kind == .failOver && fault.number("fromStandby") == 1 {
            if standby == nil {
                log.add(
                    path(ofFault: index) + "/fromStandby", "is 1, and there is no standby", "name one: \"standby\"")
            }
        }
    }

    /// Finds what is wrong whatever the province.
    func checkAlone(_ log: FindingLog) {
        for (index, fault) in faults.enumerated() {
            let path = path(ofFault: index)
            if fault.at < .zero { log.add(path + "/at", "is negative", "begin at \"0s\" or later") }
            if fault.at >= lasts {
                log.add(
                    path + "/at", "begins at \(DurationText.text(fault.at)), when the scenario is over",
                    "begin before \(DurationText.text(lasts)), or let the scenario last longer")
            }
        }
        for (index, kind) in (swarm?.omitting ?? []).enumerated() where swarm?.omitting.firstIndex(of: kind) != index {
            log.add("/faults", "the swarm omits \(kind.rawValue) twice", "keep one of them")
        }
        switch then.heal {
        case .all where !then.sites.isEmpty:
            log.add("/then/sites", "names sites, and all are healed", "remove them, or write \"allBut\"")
        case .allBut where then.sites.isEmpty:
            log.add(
                "/then/sites", "is missing: \"allBut\" needs the sites that stay broken", "name them, or write \"all\"")
        default: break
        }
    }

    /// Where a fault stands in the file.
    func path(ofFault index: Int) -> String {
        "/faults/\(index + ((swarm?.place ?? faults.count) <= index ? 1 : 0))"
    }

    private func check(_ fault: ScheduledFault, path: String, _ cast: Topology, _ log: FindingLog) {
        let kind = fault.kind
        if kind.isHubOnly {
            for (index, site) in fault.sites.enumerated() where site != cast.hub?.id {
                log.add(
                    "\(path)/sites/\(index)",
                    "\(kind.rawValue) is done to the hub, not to \(Standards.Finding.quote(site))",
                    "leave \"sites\" out")
            }
            return
        }
        if fault.sites.count > cast.sites.count {
            log.add(
                path + "/sites", "names \(fault.sites.count) sites, and \(cast.sites.count) take part",
                "leave \"sites\" out for all branches")
        }
        checkList(fault.sites, path + "/sites", cast, mayNameHub: kind.mayBeAtHub, what: kind.rawValue, log)
        if kind == .bitRot, let hub = cast.hub?.id, let index = fault.sites.firstIndex(of: hub) {
            log.add(
                "\(path)/sites/\(index)", "damage to the hub's disk is only survived with its backup at hand",
                "name branches, or lose the hub's disk whole: failOver")
        }
    }

    private func checkList(
        _ sites: [String], _ path: String, _ cast: Topology, mayNameHub: Bool, what: String = "this list",
        _ log: FindingLog
    ) {
        let known = cast.sites.map(\.id).filter { mayNameHub || $0 != cast.hub?.id }
        for (index, site) in sites.enumerated() where !known.contains(site) {
            let quoted = Standards.Finding.quote(site)
            if site == cast.hub?.id {
                log.add("\(path)/\(index)", "\(quoted) is the hub, and \(what) is for branches", "name branches")
            } else {
                log.add(
                    "\(path)/\(index)", "no site \(quoted) takes part", NearestWord.hint(for: site, among: known))
            }
        }
    }

    /// Each pair is reported once, at the later of the two in the file.
    private func checkConflicts(_ cast: Topology, _ log: FindingLog) {
        let places = faults.map { Set($0.sites(in: cast)) }
        for later in faults.indices {
            for earlier in faults[..<later].indices {
                guard log.findings.count < FindingLog.limit else { return }
                guard let reason = FaultConflict.reason(faults[earlier], faults[later], until: lasts),
                    let site = places[earlier].intersection(places[later]).min()
                else { continue }
                let pair = "\(words(faults[later])) and \(words(faults[earlier])) of \(path(ofFault: earlier))"
                log.add(
                    path(ofFault: later), "\(pair) cannot both hold at \(site): \(reason)",
                    "let one end before the other begins, or name other sites")
            }
        }
    }

    private func words(_ fault: ScheduledFault) -> String {
        let span = fault.span(until: lasts)
        let begins = "\(fault.kind.rawValue) at \(DurationText.text(span.lowerBound))"
        let length = span.upperBound - span.lowerBound
        return length < .seconds(1) ? begins : begins + " for \(DurationText.text(length))"
    }
}
