/// Bytes waiting for the network, in pieces so that large bodies are not copied together.
struct OutgoingQueue: Sendable {
    private var pieces: [[UInt8]] = []
    private var firstPiece = 0
    private var offset = 0
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    mutating func append(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        pieces.append(bytes)
        count += bytes.count
    }

    /// Calls with the rest of the first piece.
    func withFirst<Value>(_ body: (UnsafeRawBufferPointer) -> Value) -> Value {
        pieces[firstPiece].withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[offset...])) }
    }

    /// Forgets bytes of the first piece.
    mutating func drop(_ bytes: Int) {
        offset += bytes
        count -= bytes
        guard offset == pieces[firstPiece].count else { return }
        pieces[firstPiece] = []
        firstPiece += 1
        offset = 0
        if firstPiece == pieces.count || firstPiece >= 64 {
            pieces.removeSubrange(..<firstPiece)
            firstPiece = 0
        }
    }

    mutating func removeAll() {
        self = OutgoingQueue()
    }
}
