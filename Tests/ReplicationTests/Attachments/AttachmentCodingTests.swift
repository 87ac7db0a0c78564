import Testing

@testable import Replication

@Suite("Attachments on the wire")
struct AttachmentCodingTests {
    private let name = AttachmentName(
        entity: EntityID(kind: TestDomain.ticket, high: 1, low: 2), hash: ContentHash(of: [1]))

    private var request: AttachmentRequest {
        var map = ChunkMap(count: 11)
        map[0] = true
        map[10] = true
        var request = AttachmentRequest()
        request.offers = [.init(name: name, proof: Array(repeating: 5, count: 32))]
        request.wants = [.init(name: name, held: map), .init(name: name, held: nil)]
        request.parts = [AttachmentPart(name: name, number: 3, bytes: [1, 2, 3])]
        return request
    }

    private var answer: AttachmentAnswer {
        var answer = AttachmentAnswer()
        answer.offered = [
            (name, .held), (name, .lacking(ChunkMap(count: 3))), (name, .damaged), (name, .unknown),
        ]
        answer.wanted = [(name, .here(isElsewhere: true)), (name, .notYet), (name, .unknown)]
        answer.parts = request.parts
        return answer
    }

    @Test("requests and answers come back as they were")
    func roundTrip() throws {
        #expect(try AttachmentRequest(encoded: request.encoded) == request)
        #expect(try AttachmentAnswer(encoded: answer.encoded) == answer)
    }

    @Test("a message cut off anywhere is refused")
    func cutOff() {
        let (asked, answered) = (request.encoded, answer.encoded)
        for count in 0..<asked.count {
            #expect(failure { try AttachmentRequest(encoded: Array(asked[..<count])) } != nil, "\(count) bytes")
        }
        for count in 0..<answered.count {
            #expect(failure { try AttachmentAnswer(encoded: Array(answered[..<count])) } != nil, "\(count) bytes")
        }
    }

    @Test("a have-list has no bits beyond its end")
    func haveList() throws {
        var map = ChunkMap(count: 9)
        map[8] = true
        #expect(ChunkMap(encoded: map.encoded) == map)
        #expect(map.missing == Array(0..<8))
        var bytes = map.encoded
        bytes[bytes.count - 1] |= 0x80
        #expect(ChunkMap(encoded: bytes) == nil)
    }

    @Test("a chunk of more than 64 KiB and too many offers are refused")
    func limits() {
        var large = AttachmentRequest()
        large.parts = [
            AttachmentPart(name: name, number: 0, bytes: Array(repeating: 0, count: AttachmentLimits.bytesInChunk))
        ]
        #expect(failure { try AttachmentRequest(encoded: large.encoded) } == nil)
        large.parts = [
            AttachmentPart(name: name, number: 0, bytes: Array(repeating: 0, count: AttachmentLimits.bytesInChunk + 1))
        ]
        #expect(failure { try AttachmentRequest(encoded: large.encoded) } == .malformed)
        var many = AttachmentRequest()
        many.offers = Array(repeating: request.offers[0], count: AttachmentLimits.offersInRequest)
        #expect(failure { try AttachmentRequest(encoded: many.encoded) } == nil)
        many.offers.append(request.offers[0])
        #expect(failure { try AttachmentRequest(encoded: many.encoded) } != nil)
    }

    @Test("a hash is read from 64 hexadecimal digits and from nothing else")
    func hashes() {
        let hash = ContentHash(of: [1, 2])
        #expect(ContentHash(text: hash.text) == hash)
        #expect(ContentHash(text: hash.text.uppercased()) == hash)
        for text in ["", String(hash.text.dropLast()), hash.text + "0", "g" + hash.text.dropFirst()] {
            #expect(ContentHash(text: text) == nil)
        }
    }
}
