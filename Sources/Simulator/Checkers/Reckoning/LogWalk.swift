import SQLite

/// Reads a site's whole log once, row by row, for all the checkers that hold something against it.
///
/// It is read after a start, if it has not been for an hour or the power was lost, once a day, and in the end. The log
/// of a site that a fault has damaged for good proves nothing, and is passed over. So is what a hub has set aside: what
/// another site had brought back under a number that its author had used otherwise.
final class LogWalk {
    private static let pause = VirtualTime.hours(1)
    private static let hoursBetween: Int64 = 24

    private var visitors: [any LogVisitor] = []
    private var walked: [Int: (event: UInt64, at: VirtualTime)] = [:]
    private var lostPower: Set<Int> = []

    func add(_ visitor: any LogVisitor) { visitors.append(visitor) }

    func noteLostPower(_ site: SimulatedSite) { lostPower.insert(site.number) }

    func started(_ site: SimulatedSite, in world: World) {
        let isDue = walked[site.number].map { world.kernel.now - $0.at >= Self.pause } ?? true
        guard isDue || lostPower.contains(site.number) else { return }
        lostPower.remove(site.number)
        walk(site, in: world)
    }

    func hour(_ world: World) {
        let hour = world.kernel.now.seconds / 3_600
        guard hour % Self.hoursBetween == 0 else { return }
        for site in world.sites { walk(site, in: world) }
    }

    /// The hub comes first.
    func ended(_ world: World) {
        for site in world.sites { walk(site, in: world) }
    }

    /// Whoever asks first in an event makes the walk for all.
    private func walk(_ site: SimulatedSite, in world: World) {
        let event = world.kernel.digest.events
        guard walked[site.number].map({ $0.event != event || $0.at != world.kernel.now }) ?? true else { return }
        walked[site.number] = (event, world.kernel.now)
        guard site.process != nil, !world.faults.damaged.contains(site.number) else { return }
        for visitor in visitors { visitor.begins(at: site, in: world) }
        let isWhole = world.look(at: site) { database in
            try database.forEach(
                """
                SELECT origin.id, log.sequence, log.stamp, log.condition, log.entity, entity.kind, entity.id,
                    log.hash, log.body
                FROM log JOIN origin ON origin.number = log.origin JOIN entity ON entity.number = log.entity
                WHERE log.sequence > 0
                ORDER BY log.origin, log.sequence
                """
            ) { row in
                let read = LogRow(row)
                for visitor in self.visitors { visitor.sees(read, at: site, in: world) }
                return true
            }
            return true
        }
        guard isWhole ?? false else { return }
        for visitor in visitors { visitor.ends(at: site, in: world) }
    }
}

/// A checker that looks at logs: all rows of a site, by origin and sequence.
protocol LogVisitor: AnyObject {
    func begins(at site: SimulatedSite, in world: World)
    func sees(_ row: LogRow, at site: SimulatedSite, in world: World)
    /// Only if all rows could be read.
    func ends(at site: SimulatedSite, in world: World)
}

/// One row of a log in the checkers' own form.
struct LogRow {
    let origin: UInt64
    let sequence: UInt64
    let stamp: UInt64
    /// 0 on its way, 1 admitted, 2 waiting, 3 refused.
    let condition: Int64
    /// The site's own number for the entity.
    let entity: Int64
    let kind: UInt8
    let id: [UInt8]
    let hash: Sum128
    /// Nil for content that was erased.
    let body: [UInt8]?
    let fingerprint: UInt64

    init(_ row: Row) {
        origin = row.uint64(0)
        sequence = row.uint64(1)
        stamp = row.uint64(2)
        condition = row.int64(3)
        entity = row.int64(4)
        kind = UInt8(truncatingIfNeeded: row.int64(5))
        id = row.blob(6)
        hash = Sum128(row.blob(7))
        body = row.blobOrNil(8)
        fingerprint = Fingerprint.of(body: body ?? [])
    }

    var key: Journal.Key { Journal.Key(origin: origin, sequence: sequence) }
}

extension Journal {
    /// Whether somebody has ever tried to write this, under this number or under an earlier one of the same site.
    func wasIssued(_ row: LogRow) -> Bool {
        guard let body = row.body else { return true }
        return deed(row.key, kind: row.kind, entity: row.id, body: body) != nil
    }

    /// Into which database, and when, this was first written.
    func written(_ row: LogRow) -> Descent.Place? {
        row.body.flatMap { written(row.key, kind: row.kind, entity: row.id, body: $0) }
    }
}

/// 128 bits, added modulo 2^128: in the checkers' own arithmetic.
struct Sum128: Hashable {
    var high: UInt64 = 0
    var low: UInt64 = 0

    init() {}

    /// 16 bytes, the most significant first; of others, what they come to.
    init(_ bytes: [UInt8]) {
        for byte in bytes {
            high = high << 8 | low >> 56
            low = low << 8 | UInt64(byte)
        }
    }

    var bytes: [UInt8] { Self.bytes(of: high) + Self.bytes(of: low) }

    static func bytes(of word: UInt64) -> [UInt8] {
        stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> UInt64($0)) }
    }

    mutating func add(_ other: Sum128) {
        let sum = low &+ other.low
        high = high &+ other.high &+ (sum < low ? 1 : 0)
        low = sum
    }
}
