import Hashing
import Testing

@Suite("HMAC with SHA-256")
struct HMACSHA256Tests {
    struct Vector: Sendable {
        let key: [UInt8]
        let message: [UInt8]
        let code: String
    }

    /// The test cases of RFC 4231, without the truncated one.
    static let vectors = [
        Vector(
            key: Array(repeating: 0x0b, count: 20), message: Array("Hi There".utf8),
            code: "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
        Vector(
            key: Array("Jefe".utf8), message: Array("what do ya want for nothing?".utf8),
            code: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
        Vector(
            key: Array(repeating: 0xaa, count: 20), message: Array(repeating: 0xdd, count: 50),
            code: "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
        Vector(
            key: Array(1...25), message: Array(repeating: 0xcd, count: 50),
            code: "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"),
        Vector(
            key: Array(repeating: 0xaa, count: 131),
            message: Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
            code: "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
        Vector(
            key: Array(repeating: 0xaa, count: 131),
            message: Array(
                ("This is a test using a larger than block-size key and a larger than block-size data. "
                    + "The key needs to be hashed before being used by the HMAC algorithm.").utf8),
            code: "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"),
    ]

    @Test("the vectors of RFC 4231 give their codes", arguments: vectors)
    func published(vector: Vector) {
        #expect(hexadecimal(HMACSHA256.authenticate(vector.message, key: vector.key)) == vector.code)
    }

    @Test("a prepared key authenticates several messages, fed in pieces")
    func preparedKey() {
        let prepared = HMACSHA256(key: Array("Jefe".utf8))
        for message in ["one", "two"] {
            var code = prepared
            code.update(Array(message.utf8.prefix(1)))
            code.update(bytes: message.utf8.dropFirst())
            let whole = HMACSHA256.authenticate(Array(message.utf8), key: Array("Jefe".utf8))
            #expect(code.finalize() == whole)
        }
    }

    @Test("a code is refused when one bit differs, or when it is shorter or longer")
    func validity() {
        var code = HMACSHA256(key: [1, 2, 3])
        code.update([4, 5, 6])
        let right = code.finalize()
        #expect(code.isValid(right))
        for index in right.indices {
            var wrong = right
            wrong[index] ^= 1
            #expect(!code.isValid(wrong))
        }
        #expect(!code.isValid(Array(right.dropLast())))
        #expect(!code.isValid(right + [0]))
        #expect(!code.isValid([]))
    }
}
