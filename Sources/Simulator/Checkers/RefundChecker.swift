import SQLite

/// 3: a charge is paid back once at most, and only as it was asked and granted.
final class RefundChecker: Checker {
    let number = 3
    let name = "refunds are paid once"
    let tally = Tally()

    private struct Asked {
        let charge: String
        let fen: Int64
        let entity: String
    }

    private var asked: [Journal.Key: Asked] = [:]
    private var entriesSeen = 0
    private var paymentsSeen = 0
    private var paid: [String: Int64] = [:]

    func hour(_ world: World) { lookAtPayments(world) }

    func ended(_ world: World) {
        lookAtPayments(world)
        lookAtAnswers(world)
    }

    private func learn(_ world: World) {
        for entry in world.journal.entries[entriesSeen...] {
            for case .asked(let charge, let fen) in entry.deed.kinds {
                let key = Journal.Key(origin: entry.deed.origin, sequence: entry.deed.sequence)
                asked[key] = Asked(charge: charge, fen: fen, entity: entry.deed.entity)
            }
        }
        entriesSeen = world.journal.entries.count
    }

    private func lookAtPayments(_ world: World) {
        learn(world)
        let hub = [world.sites[0]]
        for payment in world.payments.payments[paymentsSeen...] {
            let request = Self.key(payment.request).flatMap { asked[$0] }
            tally.expect(request != nil, world, hub, "\(payment.fen) fen were paid, and nobody asked")
            tally.expect(payment.fen > 0, world, hub, "a payment of \(payment.fen) fen")
            guard let request else { continue }
            tally.expect(
                payment.fen == request.fen && payment.entity == request.entity, world, hub,
                "\(payment.fen) fen were paid for \(request.charge), of which \(request.fen) were asked")
            paid[request.charge, default: 0] += 1
            tally.expect(
                paid[request.charge] == 1, world, hub, about: .charge(request.charge),
                "\(request.charge) was paid \(paid[request.charge] ?? 0) times")
        }
        paymentsSeen = world.payments.payments.count
    }

    /// What was paid and what was granted are the same, request by request, once everything has come to rest.
    private func lookAtAnswers(_ world: World) {
        let hub = world.sites[0]
        guard !world.staysBroken(0), let granted = granted(at: hub, in: world) else { return }
        var charges: [String: Int] = [:]
        for key in granted.sorted() { charges[asked[key]?.charge ?? "what nobody asked", default: 0] += 1 }
        for (charge, count) in charges.sorted(by: { $0.key < $1.key }) {
            tally.expect(count == 1, world, [hub], about: .charge(charge), "\(charge) was granted \(count) times")
        }
        let payments = Set(world.payments.payments.compactMap { Self.key($0.request) })
        tally.expect(payments.isSubset(of: granted), world, [hub], "something was paid that was not granted")
        guard world.isSettled else { return }
        // order does not matter: a sum
        let due = granted.reduce(Int64(0)) { $0 + (asked[$1]?.fen ?? 0) }
        let sum = world.payments.payments.reduce(Int64(0)) { $0 + $1.fen }
        tally.expect(due == sum, world, [hub], "\(due) fen were granted and \(sum) paid")
    }

    private func granted(at hub: SimulatedSite, in world: World) -> Set<Journal.Key>? {
        world.look(at: hub) { database in
            Set(
                try database.all("SELECT origin, sequence FROM request WHERE outcome = 1") {
                    Journal.Key(origin: $0.uint64(0), sequence: $0.uint64(1))
                })
        }
    }

    /// A change's name: 16 hexadecimal digits of its origin, a hyphen, its number.
    private static func key(_ text: String) -> Journal.Key? {
        let parts = text.split(separator: "-")
        guard parts.count == 2, let origin = UInt64(parts[0], radix: 16), let sequence = UInt64(parts[1]) else {
            return nil
        }
        return Journal.Key(origin: origin, sequence: sequence)
    }
}
