import Hashing
import SQLite

/// 12: each stream that a site holds whole is proved by its chain, reckoned anew from the hashes, and each hash by the
/// content.
final class AuditChainChecker: Checker, LogVisitor {
    let number = 12
    let name = "the audit chain is intact"
    let tally = Tally()
    private let walk: LogWalk
    private var claims: [UInt64: Claim] = [:]
    private var stream: Stream?
    /// What a hash was found to be the hash of.
    private var proved: [Sum128: UInt64] = [:]

    private struct Claim {
        let position: UInt64
        let digest: Sum128
        var isProved = false
    }

    private struct Stream {
        let origin: UInt64
        var count: UInt64 = 0
        var digest = Sum128()
    }

    init(_ walk: LogWalk) {
        self.walk = walk
        walk.add(self)
    }

    func started(_ site: SimulatedSite, in world: World) { walk.started(site, in: world) }
    func hour(_ world: World) { walk.hour(world) }
    func ended(_ world: World) { walk.ended(world) }

    func begins(at site: SimulatedSite, in world: World) {
        stream = nil
        claims = [:]
        _ = world.look(at: site) { database in
            // Of other sites' origins a branch holds a part, and claims nothing.
            try database.forEach(
                """
                SELECT id, position, digest FROM origin WHERE position > 0
                UNION ALL SELECT origin, sequence, digest FROM life WHERE sequence > 0
                """
            ) { row in
                let claim = Claim(position: row.uint64(1), digest: Sum128(row.blob(2)))
                if let other = self.claims[row.uint64(0)] {
                    self.tally.expect(
                        other.digest == claim.digest && other.position == claim.position, world, [site],
                        "two places in the database of \(site.id) have two ends of its own chain")
                }
                self.claims[row.uint64(0)] = claim
                return true
            }
        }
    }

    func sees(_ row: LogRow, at site: SimulatedSite, in world: World) {
        if stream?.origin != row.origin { close(at: site, in: world) }
        var next = stream ?? Stream(origin: row.origin)
        if row.sequence == next.count + 1 {
            next.count += 1
            next.digest = Self.link(next.digest, row.sequence, row.hash)
            // What lies beyond came back from elsewhere, in parts.
            if let claim = claims[row.origin], claim.position == next.count {
                claims[row.origin]?.isProved = claim.digest == next.digest
            }
        }
        stream = next
        guard let body = row.body else { return }
        tally.expect(
            isProved(row, body), world, [site],
            "change \(row.sequence) of one origin, in the log of \(site.id), is not what its hash is of")
    }

    func ends(at site: SimulatedSite, in world: World) {
        close(at: site, in: world)
        for (_, claim) in claims.sorted(by: { $0.key < $1.key }) {
            tally.expect(false, world, [site], "a chain of \(claim.position) changes, and none of them is there")
        }
        claims = [:]
    }

    private func close(at site: SimulatedSite, in world: World) {
        guard let stream else { return }
        self.stream = nil
        guard let claim = claims.removeValue(forKey: stream.origin) else { return }
        tally.expect(
            claim.isProved, world, [site],
            "the chain over \(claim.position) changes of one origin is not what \(site.id) says it is")
    }

    /// The digest before, the number and the hash, hashed; of that the first half.
    private static func link(_ before: Sum128, _ number: UInt64, _ hash: Sum128) -> Sum128 {
        Sum128(Array(SHA256.hash(before.bytes + Sum128.bytes(of: number) + hash.bytes).prefix(16)))
    }

    private func isProved(_ row: LogRow, _ body: [UInt8]) -> Bool {
        let head =
            Sum128.bytes(of: row.origin) + Self.groups(row.sequence) + Sum128.bytes(of: row.stamp) + [row.kind] + row.id
        let content = Fingerprint.of(body: head) ^ row.fingerprint
        if proved[row.hash] == content { return true }
        guard Sum128(Array(SHA256.hash(head + body).prefix(16))) == row.hash else { return false }
        proved[row.hash] = content
        return true
    }

    /// Seven bits a byte, the least significant first, the eighth set in all but the last.
    private static func groups(_ number: UInt64) -> [UInt8] {
        number < 128 ? [UInt8(number)] : [UInt8(number % 128) + 128] + groups(number / 128)
    }
}
