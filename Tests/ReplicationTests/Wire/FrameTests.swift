import Hashing
import Testing

@testable import Replication

@Suite("Frames")
struct FrameTests {
    private func sample() -> ExchangeRequest {
        var random = SplitMix64(seed: 11)
        var request = WireSamples.request(using: &random)
        request.lane = .push
        request.before = WireSamples.chain(3)
        request.after = .zero
        request.changes = WireSamples.batch(2, using: &random)
        return request
    }

    @Test("every truncation is refused")
    func truncation() {
        let bytes = sample().encoded
        for end in bytes.indices {
            #expect(throws: ReplicationError.self) { try ExchangeRequest(encoded: Array(bytes[..<end])) }
        }
    }

    @Test("every flipped bit is noticed")
    func bitFlips() {
        let bytes = sample().encoded
        #expect(bytes.count > 200)
        for place in bytes.indices {
            for bit in 0..<8 {
                var flipped = bytes
                flipped[place] ^= 1 << UInt8(bit)
                #expect(throws: ReplicationError.self) { try ExchangeRequest(encoded: flipped) }
            }
        }
    }

    @Test("bytes after the end are refused")
    func tail() {
        #expect(throws: ReplicationError.self) { try ExchangeRequest(encoded: sample().encoded + [0]) }
    }

    @Test("an answer is not taken for a request, nor a later frame version for this one")
    func type() {
        var writer = ByteWriter()
        writer.byte(0)
        #expect(throws: ReplicationError.self) { try Frame.open(Frame.seal(.answer, writer), as: .request) }
        var bytes = Frame.seal(.request, writer)
        bytes[4] = 2
        let sum = CRC32.checksum(Array(bytes.dropLast(4)))
        bytes.replaceSubrange(
            bytes.count - 4..<bytes.count,
            with: [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: sum >> UInt32($0)) })
        let error = #expect(throws: ReplicationError.self) { try Frame.open(bytes, as: .request) }
        #expect(error?.message.contains("version 2") == true)
    }

    @Test("a sign-in page of the network is told from a frame")
    func foreign() {
        let error = #expect(throws: ReplicationError.self) {
            try ExchangeAnswer(encoded: Array("<html><body>Please sign in</body></html>".utf8))
        }
        #expect(error?.remedy.contains("sign-in page") == true)
    }

    @Test("a frame of 4 MiB is opened and one byte more is not")
    func size() throws {
        func frame(_ length: Int) -> [UInt8] {
            var writer = ByteWriter(reserving: length)
            writer.raw(Array(repeating: 7, count: length - 10))
            return Frame.seal(.request, writer)
        }
        let limit = ReplicationLimits.bytesInFrame
        #expect(try Frame.open(frame(limit), as: .request).remaining == limit - 10)
        let error = #expect(throws: ReplicationError.self) { try Frame.open(frame(limit + 1), as: .request) }
        #expect(error?.kind == .oversized)
    }

    @Test("a hostile body under a right checksum is refused or read, and never stops the site")
    func hostile() throws {
        var random = SplitMix64(for: "frame: hostile")
        var refused = 0
        for round in 0..<1_500 {
            let isRequest = round % 2 == 0
            let bytes =
                isRequest
                ? WireSamples.request(using: &random).encoded : WireSamples.answer(using: &random).encoded
            let type: Frame.FrameType = isRequest ? .request : .answer
            var reader = try Frame.open(bytes, as: type)
            var writer = ByteWriter()
            writer.raw(Mutation.mutated(try reader.raw(reader.remaining), using: &random))
            let hostile = Frame.seal(type, writer)
            do {
                if isRequest {
                    _ = try ExchangeRequest(encoded: hostile)
                } else {
                    _ = try ExchangeAnswer(encoded: hostile)
                }
            } catch { refused += 1 }
        }
        #expect(refused > 500)
    }
}
