import Testing

@testable import Replication

@Suite("The bytes of an edit")
struct EditCodingTests {
    @Test("a tag that this version does not know is kept with its body")
    func unknownTag() {
        for tag in UInt8.min...UInt8.max where !(1...14).contains(tag) {
            #expect(Edit(tag: tag, body: [1, 2, 3]) == .unknown(tag: tag, body: [1, 2, 3]))
        }
    }

    @Test("a known edit with a tail that a newer version wrote is kept whole", arguments: EditSamples.all)
    func unknownTail(edit: Edit) {
        // What ends in a value or a text to the end has no room for a tail.
        switch edit {
        case .assign, .add, .remove, .unknown: return
        default: break
        }
        let body = edit.body + [0]
        #expect(Edit(tag: edit.tag, body: body) == .unknown(tag: edit.tag, body: body))
    }

    @Test("a value of a type that this version does not know makes the edit unknown")
    func unknownValue() {
        for tag: UInt8 in [2, 3, 4] {
            #expect(Edit(tag: tag, body: [5, 6]) == .unknown(tag: tag, body: [5, 6]))
            #expect(Edit(tag: tag, body: [5, 4, 0xFF]) == .unknown(tag: tag, body: [5, 4, 0xFF]))
            #expect(Edit(tag: tag, body: [5, 0, 0]) == .unknown(tag: tag, body: [5, 0, 0]))
        }
    }

    @Test("whatever the bytes, an edit keeps them")
    func anyBytes() {
        var random = SplitMix64(for: "edit: any bytes")
        for _ in 0..<5_000 {
            let sample = random.pick(EditSamples.all)
            let body = Mutation.mutated(sample.body, using: &random)
            let tag = random.chance(80) ? sample.tag : UInt8(random.below(16))
            let edit = Edit(tag: tag, body: body)
            #expect(edit.tag == tag)
            #expect(edit.body == body)
        }
    }

    @Test("every value comes back, and only from its own bytes", arguments: EditSamples.values)
    func values(value: Value) throws {
        #expect(try Value(encoded: value.encoded) == value)
        #expect(try EditSamples.values.count { try Value(encoded: $0.encoded) == value } == 1)
        #expect(throws: ReplicationError.self) { try Value(encoded: []) }
        #expect(throws: ReplicationError.self) { try Value(encoded: [6]) }
    }
}
