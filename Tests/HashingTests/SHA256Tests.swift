import Testing

@testable import Hashing

func hexadecimal(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef")
    return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
}

@Suite("SHA-256")
struct SHA256Tests {
    @Test(
        "the published vectors give their digests",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
            (
                "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
                    + "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
                "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
            ),
        ])
    func vectors(message: String, digest: String) {
        #expect(hexadecimal(SHA256.hash(Array(message.utf8))) == digest)
        #expect(hexadecimal(SHA256.hash(bytes: message.utf8)) == digest)
    }

    @Test("the processor's instructions and the function written out do the same, where there are any")
    func bothWays() {
        guard SHA256State.isNative else { return }
        var seed: UInt64 = 7
        for count in 0...9 {
            let blocks = (0..<count * SHA256.blockByteCount).map { _ in
                seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return UInt8(truncatingIfNeeded: seed >> 33)
            }
            var (native, portable) = (SHA256State(), SHA256State())
            blocks.withUnsafeBytes { bytes in
                native.absorbNatively(bytes)
                portable.absorbPortably(bytes)
            }
            #expect(native.bytes == portable.bytes)
            #expect(native.firstHalf.bytes == Array(portable.bytes.prefix(16)))
        }
    }

    @Test("the published vectors hold for the function written out, whatever the processor has")
    func portable() {
        var state = SHA256State()
        let padded = Array("abc".utf8) + [0x80] + [UInt8](repeating: 0, count: 59) + [24]
        padded.withUnsafeBytes { state.absorbPortably($0) }
        #expect(hexadecimal(state.bytes) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test("a million times the letter a, fed in pieces, gives the published digest")
    func million() {
        var hash = SHA256()
        for _ in 0..<1_000 {
            hash.update([UInt8](repeating: 0x61, count: 1_000))
        }
        #expect(
            hexadecimal(hash.finalize()) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    @Test("every length around the block boundaries is the same in one piece and in pieces of every size")
    func pieces() {
        for length in [0, 1, 54, 55, 56, 57, 63, 64, 65, 119, 120, 127, 128, 129, 200] {
            let message = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 7) }
            let whole = SHA256.hash(message)
            for size in [1, 3, 63, 64, 65] {
                var hash = SHA256()
                for start in stride(from: 0, to: length, by: size) {
                    hash.update(bytes: message[start..<min(start + size, length)])
                }
                #expect(hash.finalize() == whole, "length \(length), pieces of \(size)")
            }
        }
    }

    @Test("a sequence without contiguous storage is hashed like an array")
    func lazySequence() {
        let numbers = (0..<100).lazy.map { UInt8($0) }
        #expect(SHA256.hash(bytes: numbers) == SHA256.hash(Array(numbers)))
        var hash = SHA256()
        hash.update(bytes: numbers)
        #expect(hash.finalize() == SHA256.hash(Array(numbers)))
    }

    @Test("finalizing leaves the hash usable, and copies go on by themselves")
    func copies() {
        var hash = SHA256()
        hash.update(Array("ab".utf8))
        let copy = hash
        _ = hash.finalize()
        hash.update(Array("c".utf8))
        #expect(hash.finalize() == SHA256.hash(Array("abc".utf8)))
        #expect(copy.finalize() == SHA256.hash(Array("ab".utf8)))
    }
}
