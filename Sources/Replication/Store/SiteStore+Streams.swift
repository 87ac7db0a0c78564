import Hashing
import SQLite

/// The streams of origins: how far each is held, and the chain that proves it.
extension SiteStore {
    /// A digest is kept for every so many changes of a stream; in between it is computed from the hashes.
    static let checkpointStride: UInt64 = 256

    /// How far the stream of an origin is held here.
    func tip(of origin: OriginID) throws -> Chain {
        if let unwritten = unwrittenTip(of: origin) { return unwritten }
        return try database.first("SELECT position, digest FROM origin WHERE id = ?", origin.raw) { row in
            Chain(number: row.uint64(0), digest: try row.digest(1))
        } ?? .start
    }

    /// Whether changes of a stream are here beyond its end: somebody has brought them back.
    func holds(_ origin: OriginID, beyond number: UInt64) throws -> Bool {
        try database.first(
            "SELECT 1 FROM log WHERE origin = ? AND sequence > ? LIMIT 1", try originNumber(origin), number
        ) { _ in true } ?? false
    }

    /// Says how far the stream of an origin is held from now on.
    func advance(_ origin: OriginID, to chain: Chain) throws {
        if unwrittenTip(of: origin) != nil { try settle() }
        try Self.advance(try originNumber(origin), to: chain, in: database)
    }

    /// - Parameter number: of the origin.
    static func advance(_ number: Int64, to chain: Chain, in database: Database) throws {
        try database.run(
            "UPDATE origin SET position = ?, digest = ? WHERE number = ?", chain.number, chain.digest, number)
    }

    /// Keeps the digest of a stream where one is due. Whoever extends a stream asks at every change, and says with
    /// ``advance(_:to:)`` where the stream ends when all are in.
    func keepCheckpoint(of origin: OriginID, _ chain: Chain) throws {
        guard chain.number % Self.checkpointStride == 0 else { return }
        try database.run(
            "INSERT OR REPLACE INTO checkpoint VALUES (?, ?, ?)", try originNumber(origin), chain.number, chain.digest)
    }

    /// The chain of an origin at `number`, up to which its changes must be held.
    /// - Parameter known: an earlier place of the same chain, gone on from where no kept digest is nearer.
    func chain(of origin: OriginID, at number: UInt64, from known: Chain = .start) throws -> Chain {
        let tip = try tip(of: origin)
        if number == tip.number { return tip }
        let local = try originNumber(origin)
        var chain =
            try database.first(
                """
                SELECT position, digest FROM checkpoint WHERE origin = ? AND position > ? AND position <= ?
                ORDER BY position DESC LIMIT 1
                """, local, known.number, number
            ) { Chain(number: $0.uint64(0), digest: try $0.digest(1)) } ?? known
        try extend(&chain, of: origin, upTo: number)
        return chain
    }

    /// The chain of a stream at each of some ascending numbers, none above its tip.
    func chains(of origin: OriginID, at numbers: [UInt64]) throws -> [Chain] {
        var last = Chain.start
        return try numbers.map { number in
            last = try chain(of: origin, at: number, from: last)
            return last
        }
    }

    /// Goes on with a chain over what the log holds after it.
    /// - Parameter keeps: whether digests are kept where they are due: without them each later question about the
    ///   stream goes over all of it.
    func extend(_ chain: inout Chain, of origin: OriginID, upTo number: UInt64, keeps: Bool = false) throws {
        var next = chain
        var due: [Chain] = []
        try database.forEach(
            "SELECT sequence, hash FROM log WHERE origin = ? AND sequence > ? AND sequence <= ? ORDER BY sequence",
            values: [try originNumber(origin), chain.number, number]
        ) { row in
            next.append(try row.digest(1), number: row.uint64(0))
            if keeps, next.number % Self.checkpointStride == 0 { due.append(next) }
            return true
        }
        for chain in due { try keepCheckpoint(of: origin, chain) }
        chain = next
    }

    /// Forgets the digests above `number`, because the changes there are being issued again.
    func forgetCheckpoints(of origin: OriginID, above number: UInt64) throws {
        try database.run(
            "DELETE FROM checkpoint WHERE origin = ? AND position > ?", try originNumber(origin), number)
    }
}
