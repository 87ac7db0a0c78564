/// A change as a log keeps it, taken apart with a checker's own eyes: first what its author had seen, then the rest,
/// which stays the same under whatever number the change is issued.
struct StoredBody {
    let bytes: [UInt8]
    /// The highest sequence of each origin that its author had seen; empty where it cannot be read.
    let seen: [UInt64: UInt64]
    /// Where the rest begins.
    private let rest: Int

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var place = 0
        var seen: [UInt64: UInt64] = [:]
        let count = Self.groups(bytes, &place)
        for _ in 0..<min(count, UInt64(bytes.count)) {
            guard place + 8 <= bytes.count else { break }
            let origin = bytes[place..<place + 8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            place += 8
            seen[origin] = Self.groups(bytes, &place)
        }
        self.seen = seen
        rest = min(place, bytes.count)
    }

    func essence(of kind: UInt8, _ entity: [UInt8]) -> UInt64 {
        Fingerprint.of(body: [kind] + entity + bytes[rest..<(isSealed ? bytes.count - Self.seal : bytes.count)])
    }

    /// The hub's signature is the last of its edits: tag 15, 16 bytes. It is another under another number.
    private static let seal = 16
    private var isSealed: Bool { bytes.count - rest > Self.seal + 2 && Array(bytes.suffix(18).prefix(2)) == [15, 16] }

    /// Seven bits a byte, the least significant first, the eighth set in all but the last.
    static func groups(_ bytes: [UInt8], _ place: inout Int) -> UInt64 {
        var number: UInt64 = 0
        var shift: UInt64 = 0
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            number |= UInt64(byte & 0x7F) << min(shift, 63)
            shift += 7
            if byte < 0x80 { break }
        }
        return number
    }
}
