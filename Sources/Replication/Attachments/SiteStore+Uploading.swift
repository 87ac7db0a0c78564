import SQLite

/// A file on its way into this site from whoever sits at it: put in piece by piece, verified whole, and only then
/// named by a change.
extension SiteStore {
    public enum Upload: Equatable, Sendable {
        /// Whole and verified: it may be attached.
        case whole
        /// The offset, in bytes, of the first piece that is not here.
        case lacking(from: Int)
        /// All of it came and was not what its hash says: it was dropped.
        case damaged
    }

    /// How far a file has come in.
    public func upload(of hash: ContentHash) throws -> Upload {
        if try wholeContent(hash) != nil { return .whole }
        guard let loose = try loose(hash) else { return .lacking(from: 0) }
        return .lacking(from: try firstMissing(of: loose))
    }

    /// Takes a piece of a file.
    /// - Parameters:
    ///   - offset: where it lies, a multiple of ``AttachmentLimits/bytesInChunk``.
    ///   - bytes: whole chunks, but for the end of the file.
    ///   - milliseconds: province time.
    /// - Throws: `oversized` beyond the limits, `malformed` when the piece does not lie as it should, `limited` when
    ///   too much waits to be attached already.
    public func putIn(
        _ bytes: [UInt8], at offset: Int, of hash: ContentHash, size: Int, at milliseconds: Int64
    ) throws -> Upload {
        if let problem = AttachmentProblem.size(UInt64(max(0, size))) {
            throw ReplicationError(.oversized, problem.text, remedy: "Nothing was kept.")
        }
        if try wholeContent(hash) != nil { return .whole }
        let chunk = AttachmentLimits.bytesInChunk
        guard offset >= 0, offset % chunk == 0, offset < size, offset + bytes.count <= size,
            bytes.count % chunk == 0 || offset + bytes.count == size, !bytes.isEmpty
        else {
            throw ReplicationError(
                .malformed, "A piece of \(bytes.count) bytes cannot lie at \(offset) of a file of \(size).",
                remedy: "Send pieces of whole chunks of \(chunk) bytes, but for the end of the file.")
        }
        let content = try looseOrNew(hash, size: size, at: milliseconds)
        for start in stride(from: 0, to: bytes.count, by: chunk) {
            let end = min(start + chunk, bytes.count)
            try keepChunk(Array(bytes[start..<end]), number: (offset + start) / chunk, of: content.number)
        }
        switch try settle(content.number, hash, size: size) {
        case .lacking: return .lacking(from: try firstMissing(of: content))
        case .whole: return .whole
        case .damaged:
            try dropContent(content.number)
            return .damaged
        }
    }

    /// Forgets what was put in and never attached.
    public func forgetUploads(before milliseconds: Int64) throws {
        let old = try database.all(
            "SELECT number FROM content WHERE is_loose = 1 AND touched < ? ORDER BY number", milliseconds
        ) { $0.int64(0) }
        for content in old { try dropContent(content) }
    }

    private struct Loose {
        let number: Int64
        let size: Int
    }

    private func loose(_ hash: ContentHash) throws -> Loose? {
        try database.first("SELECT number, size FROM content WHERE hash = ? AND is_loose = 1", hash.bytes) {
            Loose(number: $0.int64(0), size: $0.int(1))
        }
    }

    private func looseOrNew(_ hash: ContentHash, size: Int, at milliseconds: Int64) throws -> Loose {
        if let loose = try loose(hash) {
            guard loose.size == size else {
                throw ReplicationError(
                    .malformed, "The file was begun with \(loose.size) bytes and goes on with \(size).",
                    remedy: "Send the size of the whole file with every piece.")
            }
            return loose
        }
        try forgetUploads(before: milliseconds - AttachmentLimits.uploadMilliseconds)
        let waiting = try database.first("SELECT total(size) FROM content WHERE is_loose = 1") { $0.int64(0) } ?? 0
        guard waiting + Int64(size) <= Int64(AttachmentLimits.bytesUploading) else {
            throw ReplicationError(
                .limited, "\(waiting) bytes were put in here and not attached yet.",
                remedy: "Attach them, or wait: after a day they are forgotten.")
        }
        return Loose(number: try beginContent(hash, size: size, isLoose: true, at: milliseconds), size: size)
    }

    private func firstMissing(of loose: Loose) throws -> Int {
        let map = try chunkMap(of: loose.number, size: loose.size)
        return (map.missing.first ?? 0) * AttachmentLimits.bytesInChunk
    }
}
