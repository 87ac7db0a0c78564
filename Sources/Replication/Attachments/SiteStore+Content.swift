import Hashing
import SQLite

/// Contents of files, chunk by chunk. Methods that write are called inside a transaction.
extension SiteStore {
    /// A chunk's place is its content's number times this, plus its own.
    private static let chunkStride: Int64 = 1_024

    /// What keeping one more chunk came to.
    enum Settled: Equatable {
        case lacking
        /// Verified whole: the number of the content, which is another's if this one was here already.
        case whole(Int64)
        /// All chunks were here and were not what the hash says: they are dropped, for the so manieth time.
        case damaged(times: Int)
    }

    /// The number of a content that is here whole; nil if it is not.
    func wholeContent(_ hash: ContentHash) throws -> Int64? {
        try database.first("SELECT number FROM content WHERE hash = ? AND is_whole = 1", hash.bytes) { $0.int64(0) }
    }

    /// Begins a content of which no chunk is here.
    /// - Parameter isLoose: nothing names it yet: somebody is putting it in.
    func beginContent(_ hash: ContentHash, size: Int, isLoose: Bool, at milliseconds: Int64) throws -> Int64 {
        try database.run(
            "INSERT INTO content (hash, size, is_loose, touched) VALUES (?, ?, ?, ?)", hash.bytes, size, isLoose,
            milliseconds)
        return database.lastInsertedRowID
    }

    /// Which chunks of a content are here.
    func chunkMap(of content: Int64, size: Int) throws -> ChunkMap {
        var map = ChunkMap(count: AttachmentLimits.chunks(size: size))
        try forEachPlace(of: content) { map[$0] = true }
        return map
    }

    private func forEachPlace(of content: Int64, _ body: (Int) -> Void) throws {
        let first = content * Self.chunkStride
        try database.forEach(
            "SELECT place FROM chunk WHERE place BETWEEN ? AND ?", first, first + Self.chunkStride - 1
        ) { row in
            body(Int(row.int64(0) - first))
            return true
        }
    }

    /// Keeps a chunk whose length the caller has checked; one that is here already stays as it is.
    func keepChunk(_ bytes: [UInt8], number: Int, of content: Int64) throws {
        try database.run(
            "INSERT OR IGNORE INTO chunk VALUES (?, ?)", content * Self.chunkStride + Int64(number), bytes)
    }

    /// The bytes of one chunk; nil if it is not here.
    public func chunk(_ number: Int, of content: Int64) throws -> [UInt8]? {
        try database.first(
            "SELECT bytes FROM chunk WHERE place = ?", content * Self.chunkStride + Int64(number)
        ) { $0.blob(0) }
    }

    /// Verifies a content when all its chunks are here.
    func settle(_ content: Int64, _ hash: ContentHash, size: Int) throws -> Settled {
        guard try chunkMap(of: content, size: size).isFull else { return .lacking }
        let found = try digests(of: content)
        guard found.hash == hash.bytes else {
            try dropChunks(of: content)
            try database.run("UPDATE content SET failures = failures + 1 WHERE number = ?", content)
            let times = try database.first("SELECT failures FROM content WHERE number = ?", content) { $0.int(0) }
            return .damaged(times: times ?? 1)
        }
        if let other = try wholeContent(hash), other != content {
            try dropContent(content)
            return .whole(other)
        }
        try database.run(
            """
            UPDATE content SET is_whole = 1, failures = 0, secret = ?, whole_since = ? WHERE number = ?
            """, found.secret, try life().admission, content)
        return .whole(content)
    }

    /// Whether a content is still what its hash says.
    func isSound(_ content: Int64, _ hash: ContentHash) throws -> Bool {
        try digests(of: content).hash == hash.bytes
    }

    /// The content's hash, and its secret: another hash, which nobody knows who does not hold the content.
    private func digests(of content: Int64) throws -> (hash: [UInt8], secret: [UInt8]) {
        var hash = SHA256()
        var secret = SHA256()
        secret.update(Array("tributary: this content is held here".utf8))
        let first = content * Self.chunkStride
        try database.forEach(
            "SELECT bytes FROM chunk WHERE place BETWEEN ? AND ? ORDER BY place", first, first + Self.chunkStride - 1
        ) { row in
            row.withBlob(0) { bytes in
                hash.update(bytes)
                secret.update(bytes)
            }
            return true
        }
        return (hash.finalize(), secret.finalize())
    }

    /// Shows that a content is held, for one entity only: what is heard of one proof is of no use for another.
    func proof(of content: Int64, for entity: EntityID) throws -> [UInt8]? {
        let secret = try database.first("SELECT secret FROM content WHERE number = ? AND is_whole = 1", content) {
            $0.blobOrNil(0)
        }
        guard let secret = secret ?? nil else { return nil }
        return HMACSHA256.authenticate([entity.kind.rawValue] + entity.bytes, key: secret)
    }

    func dropChunks(of content: Int64) throws {
        let first = content * Self.chunkStride
        try database.run("DELETE FROM chunk WHERE place BETWEEN ? AND ?", first, first + Self.chunkStride - 1)
    }

    func dropContent(_ content: Int64) throws {
        try dropChunks(of: content)
        try database.run("DELETE FROM content WHERE number = ?", content)
    }
}
