import Replication
import ServiceDesk
import Standards

/// Who may do what: the province names everybody on the first day, takes roles away now and then, and gives them back;
/// a branch's administrator gives some of them too.
extension People {
    /// Everybody acts in the roles that they hold, and there are no others.
    var hasRosters: Bool { hasProcedures && settings.rosterChangesPerDay > 0 }

    func beginRosters() {
        guard hasRosters else { return }
        for site in sites where !site.isStandby {
            for (person, role) in staff(of: site) { give(role, to: person, at: site, by: 0) }
        }
        takeNext(round: 0)
    }

    private func staff(of site: SimulatedSite) -> [(person: String, role: String)] {
        let known = pack.organisation.roles.map(\.id)
        let place = site.id.text
        var people: [(person: String, role: String)] = []
        for role in known where roles.contains(role) {
            for number in 0..<Clerk.people { people.append(("\(role) \(number)@\(place)", role)) }
        }
        for department in pack.organisation.departments { people.append(("\(department.id) 0@\(place)", clerks)) }
        people.append((administrator(of: site), Self.administrators))
        let named =
            site.isHub
            ? [
                ("province", "provinceAgent"), (agent, "provinceAgent"), (Self.supervisor, "provinceSupervisor"),
                ("standards", "standardsOwner"),
            ] : [(clerk(site.number), clerks), ("import@\(place)", clerks)]
        return people + named.filter { known.contains($0.1) }
    }

    static let supervisor = "supervisor"
    private static let administrators = "branchAdministrator"
    var agent: String { "provinceAgent@\(sites[0].id.text)" }
    private var clerks: String { "clerk" }
    private func administrator(of site: SimulatedSite) -> String { "\(Self.administrators) 0@\(site.id.text)" }

    /// The roles that steps ask for, and that of whoever takes tickets.
    private var roles: Set<String> {
        Set(pack.ticketTypes.flatMap { $0.transitions.flatMap(\.roles) }).union([clerks])
    }

    private func give(
        _ role: String, to person: String, at site: SimulatedSite, by place: Int,
        done: @escaping @Sendable (Written?) -> Void = { _ in }
    ) {
        let (id, actor) = (site.id, place == 0 ? "province" : administrator(of: site))
        act(at: place, actor: actor) { desk, session, key in
            try desk.staff(person, at: id, granting: [role], revoking: [], shown: nil, key: key, in: &session).written
        } done: { written in
            done(written)
        }
    }

    private func takeNext(round: Int) {
        var random = RandomStream(seed: kernel.seed, entity: "rosters", purpose: "round \(round)")
        let wait = random.untilNext(mean: VirtualTime(microseconds: 86_400_000_000 / settings.rosterChangesPerDay))
        let drawn = random
        kernel.after(wait, "rosters") { [unowned self] in
            guard kernel.now < ends else { return }
            take(drawn)
            takeNext(round: round + 1)
        }
    }

    /// One role of one person, for some hours; now and then its administrator gives it at that very moment.
    private func take(_ drawn: RandomStream) {
        var random = drawn
        let given = pack.organisation.roles.first { $0.id == Self.administrators }?.grants ?? []
        let open = given.filter { roles.contains($0) }
        let branches = sites.filter { !$0.isHub && !$0.isStandby }
        guard !open.isEmpty, !branches.isEmpty else { return }
        let (site, role) = (random.pick(branches), random.pick(open))
        let person = random.happens(perMille: 200) ? clerk(site.number) : "\(role) \(random.below(4))@\(site.id.text)"
        let taken = person == clerk(site.number) ? clerks : role
        let (id, isContested) = (site.id, random.happens(perMille: 300))
        let pause = VirtualTime.minutes(random.within(60...720))
        let isGivenThere = random.happens(perMille: 500)
        act(at: 0, actor: "province") { desk, session, key in
            try desk.staff(person, at: id, granting: [], revoking: [taken], shown: nil, key: key, in: &session).written
        } done: { [self] written in
            guard written != nil else { return }
            watcher.mark(.roleTaken)
        }
        if isContested {
            give(taken, to: person, at: site, by: site.number) { [self] written in
                if written != nil { watcher.mark(.roleContested) }
            }
        }
        kernel.after(pause, "role again") { [unowned self] in
            give(taken, to: person, at: site, by: isGivenThere ? site.number : 0)
        }
    }
}
