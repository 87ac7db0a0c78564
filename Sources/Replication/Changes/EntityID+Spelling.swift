/// An identifier in characters that people can say to each other: Crockford's base 32, without I, L, O and U.
///
/// The characters come from the random half first, so a few of them tell entities apart.
extension EntityID {
    /// Characters that an identifier has bits for.
    public static let spellingMax = 24

    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    /// The first characters.
    public func spelling(_ count: Int) -> String {
        precondition((0...Self.spellingMax).contains(count), "an identifier has 24 characters")
        return String(decoding: (0..<count).map(character), as: UTF8.self)
    }

    func appendSpelling(_ count: Int, to writer: inout ByteWriter) {
        for index in 0..<count { writer.byte(character(index)) }
    }

    private func character(_ index: Int) -> UInt8 {
        let bits = index < 12 ? low >> UInt64(index * 5) : high >> UInt64((index - 12) * 5)
        return Self.alphabet[Int(bits & 31)]
    }

    /// How many characters at the end of a label are spelled from this identifier.
    func spelledCount(atEndOf label: UnsafeRawBufferPointer) -> Int {
        for count in stride(from: min(Self.spellingMax, label.count), to: 0, by: -1) {
            let tail = label.count - count
            var index = 0
            while index < count, label[tail + index] == character(index) { index += 1 }
            if index == count { return count }
        }
        return 0
    }
}
