import HTTP
import Testing

@Suite("Mutated requests")
struct ParserFuzzTests {
    private static let tokens = [
        "\r\n", "\r", "\n", "\0", " ", ":", "\r\n\r\n", "Content-Length: 3\r\n", "Transfer-Encoding: chunked\r\n",
        "0\r\n\r\n", "ffffffffffffffff", "+", "%2e", "HTTP/1.1", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "Host: a\r\n",
    ]

    private func mutate(_ bytes: inout [UInt8], _ random: inout TestRandom) {
        let position = bytes.isEmpty ? 0 : Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<6, using: &random) {
        case 0 where !bytes.isEmpty: bytes[position] = UInt8.random(in: 0...255, using: &random)
        case 1 where !bytes.isEmpty: bytes.remove(at: position)
        case 2 where !bytes.isEmpty: bytes.removeSubrange(position...)
        case 3 where !bytes.isEmpty:
            let end = min(bytes.count, position + Int.random(in: 1...40, using: &random))
            bytes.insert(contentsOf: Array(bytes[position..<end]), at: position)
        case 4: bytes.insert(UInt8.random(in: 0...255, using: &random), at: position)
        default:
            let token = Int.random(in: 0..<Self.tokens.count, using: &random)
            bytes.insert(contentsOf: Self.tokens[token].utf8, at: position)
        }
    }

    private func pieces(_ bytes: [UInt8], _ random: inout TestRandom) -> [[UInt8]] {
        var rest = bytes[...]
        var pieces: [[UInt8]] = []
        while !rest.isEmpty {
            let count = Int.random(in: 1...max(1, rest.count), using: &random)
            pieces.append(Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        return pieces
    }

    @Test("never trap, never exceed a limit, and end in a request, in need of more, or in a refusal")
    func mutations() {
        let seed = TestRandom.announcedSeed()
        var random = TestRandom(seed: seed)
        var limits = ParserLimits()
        limits.startLineBytesMax = 64
        limits.headerBytesMax = 128
        limits.headerFieldsMax = 4
        limits.bodyBytesMax = 32
        limits.trailerFieldsMax = 2
        let refusals: Set<Int> = [400, 413, 414, 431, 501, 505]
        var seen: Set<Int> = []
        for _ in 0..<20_000 {
            let fixture = Int.random(in: 0..<RequestParserTests.fixtures.count, using: &random)
            var bytes = RequestParserTests.fixtures[fixture].bytes
            for _ in 0..<Int.random(in: 1...6, using: &random) { mutate(&bytes, &random) }
            let whole = ParserRun([bytes], limits: limits)
            for message in whole.messages {
                #expect(message.body.count <= 32, "seed \(seed)")
                #expect(message.head.headers.fields.count <= 4, "seed \(seed)")
                #expect(message.trailers?.fields.count ?? 0 <= 2, "seed \(seed)")
                #expect(!message.head.target.segments.contains(".."), "seed \(seed)")
            }
            if let refusal = whole.refusal {
                seen.insert(refusal.code)
                #expect(refusals.contains(refusal.code), "seed \(seed)")
            }
            #expect(ParserRun(pieces(bytes, &random), limits: limits) == whole, "seed \(seed)")
        }
        #expect(seen.count >= 4, "the mutations are too tame, seed \(seed)")
    }

    @Test("mutated responses never trap the response parser, and mean the same however split")
    func responses() {
        let seed = TestRandom.announcedSeed()
        var random = TestRandom(seed: seed)
        for _ in 0..<5000 {
            let fixture = Int.random(in: 0..<ResponseParserTests.fixtures.count, using: &random)
            var bytes = ResponseParserTests.fixtures[fixture].bytes
            for _ in 0..<Int.random(in: 1...6, using: &random) { mutate(&bytes, &random) }
            let whole = ResponseParserTests.run([bytes])
            #expect(ResponseParserTests.run(pieces(bytes, &random)) == whole, "seed \(seed)")
        }
    }
}
