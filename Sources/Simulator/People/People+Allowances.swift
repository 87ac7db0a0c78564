import Replication
import ServiceDesk

/// Money that branches pay at the counter, out of an allowance of their own: granted and recalled by the province,
/// spent and returned by the branch, line or no line.
extension People {
    /// Charges that customers of one branch complain of; few, so that many are asked for twice.
    private static let charges: Int64 = 40

    func beginAllowances() {
        guard settings.allowanceFen > 0 else { return }
        supply(round: 0)
        for site in sites where !site.isHub && !site.isStandby { returnNext(at: site.number, round: 0) }
    }

    /// Every charge of a branch begins like this, and no other branch's.
    private func prefix(_ site: Int) -> String { "cash \(sites[site].id.text) " }

    /// Twice a day the province looks who has none, and now and then wants one back.
    private func supply(round: Int) {
        for site in sites where !site.isHub && !site.isStandby {
            var random = RandomStream(seed: kernel.seed, entity: site.id.text, purpose: "allowance \(round)")
            let (identifier, isRecalled) = (random.bytes(16), random.happens(perMille: 300))
            let (prefix, fen, id) = (prefix(site.number), settings.allowanceFen, site.id)
            act(at: 0, actor: "province") { desk, session, key in
                if let out = try AllowanceBook.all(in: session.store).first(where: { $0.site == id.text && $0.isOut }) {
                    guard isRecalled, !out.isRecalled else { return nil }
                    return try desk.returnAllowance(out.row.id.text, key: key, in: &session)
                }
                return try desk.grantAllowance(
                    to: id, charges: prefix, fen: fen, key: key, identifier: identifier, in: &session)
            }
        }
        kernel.after(.hours(12), "allowances") { [unowned self] in
            guard kernel.now < ends else { return }
            supply(round: round + 1)
        }
    }

    private func returnNext(at site: Int, round: Int) {
        kernel.after(.hours(5), "return", site: site) { [unowned self] in
            guard kernel.now < ends else { return }
            act(at: site, actor: clerk(site)) { desk, session, key in
                let own = try AllowanceBook.all(in: session.store).first { $0.isOut && $0.isRecalled }
                return try own.map { try desk.returnAllowance($0.row.id.text, key: key, in: &session) }
            }
            returnNext(at: site, round: round + 1)
        }
    }

    /// A customer wants money back at the counter; now and then the same one asks at another branch as well.
    func planPayment(_ index: Int) {
        guard settings.allowanceFen > 0 else { return }
        let (name, home) = (tickets[index].name, tickets[index].home)
        var random = RandomStream(seed: kernel.seed, entity: name, purpose: "payment")
        guard random.happens(perMille: 500) else { return }
        let charge = prefix(home) + "\(random.below(Self.charges))"
        let fen = random.within(100...2_000)
        let isTwice = random.happens(perMille: 300)
        kernel.after(random.untilNext(mean: .hours(3)), "payment", site: home) { [unowned self] in
            guard kernel.now < ends else { return }
            act(at: home, actor: clerk(home)) { desk, session, key in
                try desk.pay(charge: charge, fen: fen, reason: "billed twice", for: name, key: key, in: &session)
            }
            if isTwice { askElsewhere(charge, fen, than: home) }
        }
    }
}
