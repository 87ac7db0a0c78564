import Hashing
import Replication
import Synchronization

/// A file on its way to whoever reads it, chunk by chunk and on any thread. The last chunk is given out only if all of
/// them together are what the hash says, so that what a disk has let rot is never taken for the file.
final class ContentReading: Sendable {
    private struct Place {
        var next = 0
        var sum = SHA256()
    }

    private let hash: ContentHash
    private let chunks: Int
    private let place = Mutex(Place())

    init(of hash: ContentHash, size: Int) {
        self.hash = hash
        chunks = AttachmentLimits.chunks(size: size)
    }

    enum Piece {
        case bytes([UInt8])
        case end
        /// A chunk is missing, or the whole is not what its hash says.
        case damaged
    }

    /// - Parameter read: a chunk by its number; nil if it is not there.
    func next(_ read: (Int) -> [UInt8]?) -> Piece {
        place.withLock { place in
            guard place.next < chunks else { return .end }
            guard let bytes = read(place.next) else { return .damaged }
            place.sum.update(bytes)
            place.next += 1
            guard place.next == chunks else { return .bytes(bytes) }
            return place.sum.finalize() == hash.bytes ? .bytes(bytes) : .damaged
        }
    }
}
