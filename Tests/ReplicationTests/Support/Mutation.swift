/// Damage as lines, disks and hostile peers do it.
enum Mutation {
    /// The bytes with one to three things wrong: a flipped bit, another byte, a missing or doubled stretch, a cut.
    static func mutated(_ bytes: [UInt8], using random: inout SplitMix64) -> [UInt8] {
        var bytes = bytes
        for _ in 0...random.below(3) {
            guard !bytes.isEmpty else { return [UInt8(truncatingIfNeeded: random.next())] }
            let place = random.below(bytes.count)
            let end = min(bytes.count, place + 1 + random.below(8))
            switch random.below(6) {
            case 0: bytes[place] ^= 1 << UInt8(random.below(8))
            case 1: bytes[place] = random.pick([0, 1, 2, 127, 128, 254, 255])
            case 2: bytes.removeSubrange(place..<end)
            case 3: bytes.insert(contentsOf: bytes[place..<end], at: place)
            case 4: bytes.removeSubrange(place...)
            default: bytes.insert(contentsOf: [255, 255, 255, 255, 15], at: place)
            }
        }
        return bytes
    }
}
