/// One of 4,096 parts into which entities fall by a hash of their identifiers: a comparison finds the differing parts
/// first.
enum Bucket {
    static let count = 4_096

    /// Mixes all bits, since an identifier's leading ones are a time and would put a day's entities together.
    ///
    /// Source: the finalizer of Steele, Lea, Flood, "Fast splittable pseudorandom number generators" (2014).
    static func number(of entity: EntityID) -> Int {
        var mixed = entity.low ^ entity.high.byteSwapped ^ UInt64(entity.kind.rawValue)
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(count))
    }
}
