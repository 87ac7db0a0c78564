import Hashing
import SQLite
import ServiceDesk

@testable import Replication

/// A branch sends what it likes: the hub takes or refuses it, stays true to its own log, and another branch takes what
/// comes of it.
enum HubEntry {
    /// What is put right in the request, so that it comes farther than the first check.
    struct Repairs: OptionSet {
        let rawValue: UInt8

        /// Origin, number, cursor and acknowledgement.
        static let envelope = Repairs(rawValue: 1)
        /// The place of the batch in the stream, and its digests.
        static let batch = Repairs(rawValue: 2)
        /// Stamps that rise and lie in the past.
        static let stamps = Repairs(rawValue: 4)
        /// Entities that there are.
        static let entities = Repairs(rawValue: 8)
        /// What the changes have seen: nothing.
        static let seen = Repairs(rawValue: 16)
    }

    static func run(_ body: [UInt8], _ repairs: Repairs) throws {
        guard let request = try WireEntry.refused({ try ExchangeRequest(encoded: WireEntry.frame(.request, body)) })
        else { return }
        try FuzzProvince.use { province in
            var request = request
            try repair(&request, repairs, province)
            try run(request, province)
        }
    }

    private static func run(_ request: ExchangeRequest, _ province: FuzzProvince) throws {
        let hub = province.hub
        try hub.trying {
            guard let answer = try take(request, province) else { return }
            try hub.checkLog()
            try WireEntry.check(answer)
            guard !request.changes.isEmpty else { return }
            try relay(province)
        }
    }

    private static func take(_ request: ExchangeRequest, _ province: FuzzProvince) throws -> ExchangeAnswer? {
        let now = province.now
        guard
            let answer = try WireEntry.refused({
                try province.hub.inside { try $0.take(request, from: province.sender.id, at: now) }
            })
        else { return nil }
        return try province.filled(answer, for: request, of: province.sender)
    }

    /// What was stored goes on to the other branch, which must be able to take it.
    private static func relay(_ province: FuzzProvince) throws {
        let request = try province.prepare(.poll, at: province.other)
        try province.other.trying {
            let head = try province.hub.inside { try $0.take(request, from: province.other.id, at: province.now) }
            let filled = try province.filled(head, for: request, of: province.other)
            let answer = try ExchangeAnswer(encoded: filled.encoded)
            _ = try province.other.inside { try $0.apply(answer, to: request) }
            try province.other.checkLog()
        }
    }

    private static func repair(
        _ request: inout ExchangeRequest, _ repairs: Repairs, _ province: FuzzProvince
    ) throws {
        let store = province.hub.store
        let origin = try province.sender.store.life().origin
        guard let peer = try store.peer(site: province.sender.id) else { return }
        let tip = try store.tip(of: origin)
        if repairs.contains(.envelope) {
            request.origin = origin
            request.number = .init(start: 2, count: 1)
            request.acknowledged = tip
            request.cursor = FeedCursor(epoch: try store.life().cursor.epoch, chain: peer.feed)
        }
        guard !request.changes.isEmpty else { return }
        let first = province.now - Int64(request.changes.count)
        request.changes = request.changes.enumerated().map { index, change in
            Change(
                origin: repairs.contains(.batch) ? origin : change.origin,
                sequence: repairs.contains(.batch) ? tip.number + UInt64(index) + 1 : change.sequence,
                stamp: repairs.contains(.stamps) ? Stamp(milliseconds: first + Int64(index)) : change.stamp,
                entity: repairs.contains(.entities) ? known(change.entity, province) : change.entity,
                seen: repairs.contains(.seen) ? VersionVector() : change.seen, actor: change.actor, key: change.key,
                edits: change.edits)
        }
        guard repairs.contains(.batch) else { return }
        request.before = tip
        var chain = tip
        for change in request.changes { chain.append(change.hash) }
        request.after = chain.digest
    }

    private static func known(_ entity: EntityID, _ province: FuzzProvince) -> EntityID {
        province.tickets[Int(entity.low % UInt64(province.tickets.count))]
    }
}
