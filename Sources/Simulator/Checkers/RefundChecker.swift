import SQLite

/// 3: a charge is paid back once at most, only as it was asked and granted, and not before so many branches hold the
/// mark of the decision that no loss of a disk can make it a second time.
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
    private var paymentsSeen = 0
    private var paid: [String: Int64] = [:]
    /// By the mark's key: the change that made it, and the sites that held it when it was paid and whose disk has not
    /// been taken away since. A key that every disk has lost is marked anew, by another change.
    private var marked: [[UInt8]: (by: Journal.Key, at: Set<Int>)] = [:]

    /// As the design has it.
    private static let witnesses = 3

    func hour(_ world: World) { lookAtPayments(world) }

    func paid(_ payment: PaymentOffice.Payment, in world: World) {
        // By the next hour the hub that paid may have lost its disk, and what it knew of the request.
        _ = Self.key(payment.request).flatMap { asked(by: $0, world) }
        if let mark = world.inspect(world.sites[0], Self.marks)?[payment.key] {
            let sites = world.sites.filter { site in
                !world.isDamaged(site) && world.inspect(site, Self.marks)?[payment.key] == mark
            }
            marked[payment.key] = (mark, Set(sites.map(\.number)))
        }
        let counting = world.look(at: world.sites[0]) { database in
            try database.all("SELECT site FROM peer WHERE is_counting = 1 ORDER BY site") { $0.text(0) }
        }
        guard let counting else { return }
        let holders = counting.count { name in
            guard let number = world.number(of: name) else { return false }
            // What has lost its disk since may have held it.
            if world.missing[number] != nil || world.isDamaged(world.sites[number]) { return true }
            let isThere = world.inspect(world.sites[number]) { database in
                try database.first("SELECT 1 FROM entity WHERE id = ? AND kind = 2", payment.key) { _ in true } ?? false
            }
            return isThere ?? true
        }
        tally.expect(
            holders >= min(Self.witnesses, counting.count), world, [world.sites[0]],
            "\(payment.fen) fen are paid, and \(holders) branches hold the mark of the decision")
    }

    func replaced(_ site: SimulatedSite, in world: World) {
        let images = world.parked.filter { $0.site == site.number }.map(\.image)
        let held = ([world.inspect(site, Self.marks)] + images.map { World.survey($0, Self.marks) }).compactMap { $0 }
        // order does not matter: each by itself
        for (key, mark) in marked where !held.contains(where: { $0[key] == mark.by }) {
            marked[key]?.at.remove(site.number)
        }
    }

    /// The change that made each mark, or made it again.
    private static func marks(_ database: Database) throws -> [[UInt8]: Journal.Key] {
        let rows = try database.all(
            """
            SELECT entity.id, origin.id, log.sequence FROM entity
            JOIN log ON log.position = entity.last JOIN origin ON origin.number = log.origin WHERE entity.kind = 2
            """
        ) { ($0.blob(0), Journal.Key(origin: $0.uint64(1), sequence: $0.uint64(2))) }
        return Dictionary(rows) { $1 }
    }

    func ended(_ world: World) {
        lookAtPayments(world)
        lookAtAnswers(world)
    }

    /// What was asked for by a change that the hub holds, under whatever number it was first written.
    private func asked(by key: Journal.Key, _ world: World) -> Asked? {
        if let known = asked[key] { return known }
        let held = world.look(at: world.sites[0]) { database in
            try database.first(
                """
                SELECT entity.kind, entity.id, log.body FROM log JOIN entity ON entity.number = log.entity
                WHERE log.origin = (SELECT number FROM origin WHERE id = ?) AND log.sequence = ?
                """, key.origin, key.sequence
            ) {
                world.journal.deed(
                    key, kind: UInt8(truncatingIfNeeded: $0.int64(0)), entity: $0.blob(1), body: $0.blob(2))
            }
        }
        let deed = ((held ?? nil) ?? nil) ?? world.journal.deed(named: key)
        for case .asked(let charge, let fen) in deed?.kinds ?? [] {
            asked[key] = Asked(charge: charge, fen: fen, entity: deed?.entity ?? "")
        }
        return asked[key]
    }

    private func lookAtPayments(_ world: World) {
        let hub = [world.sites[0]]
        for payment in world.payments.payments[paymentsSeen...] {
            // A disk that fails to read says nothing of what is on it; an hour later it may.
            guard !failsToRead(world) || isKnown(payment) else { return }
            paymentsSeen += 1
            let request = Self.key(payment.request).flatMap { asked(by: $0, world) }
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
    }

    private func failsToRead(_ world: World) -> Bool { world.sites[0].disk.faults.readErrorsPerMille > 0 }

    private func isKnown(_ payment: PaymentOffice.Payment) -> Bool {
        Self.key(payment.request).map { asked[$0] != nil } ?? false
    }

    /// What was paid and what was granted are the same, request by request, once everything has come to rest.
    private func lookAtAnswers(_ world: World) {
        let hub = world.sites[0]
        guard !world.staysBroken(0), let granted = granted(at: hub, in: world) else { return }
        var charges: [String: Int] = [:]
        for key in granted.sorted() { charges[asked(by: key, world)?.charge ?? "what nobody asked", default: 0] += 1 }
        for (charge, count) in charges.sorted(by: { $0.key < $1.key }) {
            tally.expect(count == 1, world, [hub], about: .charge(charge), "\(charge) was granted \(count) times")
        }
        let others = world.payments.payments.filter { payment in
            Self.key(payment.request).map { !granted.contains($0) } ?? true
        }
        let stray = others.first { payment in
            !(Self.key(payment.request).map { isMarked(payment, $0, at: hub, in: world) } ?? false)
                && !isForgotten(payment, in: world)
        }
        tally.expect(
            stray == nil, world, [hub],
            "\(stray.map { "\($0.fen) fen for \($0.entity), as \($0.request) asked," } ?? "something") were paid that "
                + "were not granted")
        guard world.isSettled else { return }
        // What every disk forgot may be granted to another request of the same charge, and is not paid again.
        let paidFor = others.compactMap { payment in
            Self.key(payment.request).flatMap { asked(by: $0, world) }?.charge
        }
        // order does not matter: a sum
        let known = granted.compactMap { asked(by: $0, world) }.filter { !paidFor.contains($0.charge) }
            .reduce(Int64(0)) { $0 + $1.fen }
        let due = others.reduce(known) { $0 + $1.fen }
        let sum = world.payments.payments.reduce(Int64(0)) { $0 + $1.fen }
        tally.expect(due == sum, world, [hub], "\(due) fen were granted and \(sum) paid")
    }

    /// A request may be lost with the last disk that held it, and its answer with the hub's: then it is open until
    /// somebody decides it again, who can only grant it. The mark of its decision is not lost.
    private func isMarked(
        _ payment: PaymentOffice.Payment, _ request: Journal.Key, at hub: SimulatedSite, in world: World
    ) -> Bool {
        let isMarked = world.look(at: hub) { database in
            try database.first(
                """
                SELECT 1 FROM entity WHERE id = ? AND kind = 2
                    AND NOT EXISTS (
                        SELECT 1 FROM request WHERE origin = ? AND sequence = ? AND (outcome IS NOT NULL OR ?))
                """, payment.key, request.origin, request.sequence, world.missing[0] == nil
            ) { _ in true } ?? false
        }
        return isMarked ?? true
    }

    /// Of what every disk that held its mark has lost since, or can tell nobody any more, no system knows.
    private func isForgotten(_ payment: PaymentOffice.Payment, in world: World) -> Bool {
        guard let mark = marked[payment.key] else { return false }
        // What a damaged disk held when it was put away cannot be told, so nothing is expected of it.
        let isHeld = mark.at.contains { !world.staysBroken($0) && !world.isDamaged(world.sites[$0]) }
        let isThere = world.core.contains { site in
            world.inspect(site, Self.marks).map { $0[payment.key] == mark.by } ?? !world.isDamaged(site)
        }
        return !isHeld && !isThere
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
