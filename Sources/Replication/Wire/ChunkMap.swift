/// Which chunks of a file are held: a have-list, one bit each.
public struct ChunkMap: Equatable, Sendable {
    public let count: Int
    private var bits: [UInt8]

    /// None of `count` chunks.
    public init(count: Int) {
        self.count = count
        bits = [UInt8](repeating: 0, count: (count + 7) / 8)
    }

    public subscript(_ number: Int) -> Bool {
        get { number >= 0 && number < count && bits[number >> 3] & (1 << UInt8(number & 7)) != 0 }
        set {
            guard number >= 0, number < count else { return }
            if newValue {
                bits[number >> 3] |= 1 << UInt8(number & 7)
            } else {
                bits[number >> 3] &= ~(1 << UInt8(number & 7))
            }
        }
    }

    /// The chunks that are not held, in order.
    public var missing: [Int] { (0..<count).filter { !self[$0] } }

    public var held: Int { bits.reduce(0) { $0 + $1.nonzeroBitCount } }

    public var isFull: Bool { held == count }

    func write(to writer: inout ByteWriter) {
        writer.varint(count)
        writer.raw(bits)
    }

    init(from reader: inout ByteReader) throws {
        let count = try reader.count(atMost: AttachmentLimits.chunksInFile)
        let bits = try reader.raw((count + 7) / 8)
        self.init(count: count)
        for number in 0..<count where bits[number >> 3] & (1 << UInt8(number & 7)) != 0 { self[number] = true }
        guard self.bits == bits else { throw ReplicationError.malformed("A have-list has bits beyond its end.") }
    }

    /// As a database keeps it.
    var encoded: [UInt8] {
        var writer = ByteWriter(reserving: bits.count + 2)
        write(to: &writer)
        return writer.bytes
    }

    init?(encoded: [UInt8]) {
        var reader = ByteReader(encoded)
        guard let map = try? ChunkMap(from: &reader) else { return nil }
        self = map
    }
}
