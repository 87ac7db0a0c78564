/// Whether two secrets are equal, in a time that depends on their lengths only, so that a guesser learns nothing from
/// how far a guess agreed. The length itself is not hidden: compare digests where that matters.
public func constantTimeEquals(_ first: [UInt8], _ second: [UInt8]) -> Bool {
    guard first.count == second.count else { return false }
    var difference: UInt8 = 0
    for index in first.indices {
        difference |= first[index] ^ second[index]
    }
    return difference == 0
}

/// The same for text, compared as UTF-8 bytes: two spellings of one character differ.
public func constantTimeEquals(_ first: String, _ second: String) -> Bool {
    constantTimeEquals(Array(first.utf8), Array(second.utf8))
}
