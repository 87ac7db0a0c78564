import Hashing
import Testing

@testable import Replication

@Suite("The bytes of a change")
struct ChangeCodingTests {
    private func read(_ change: Change) throws -> Change {
        try Change(
            origin: change.origin, sequence: change.sequence, stamp: change.stamp, entity: change.entity,
            storedBody: change.storedBody)
    }

    @Test("every edit comes back as it was written", arguments: EditSamples.all)
    func roundTrip(edit: Edit) throws {
        let change = Changes.change(
            1, 7, at: 1_700_000_000_000, seen: [Changes.reference(2, 3)], actor: "李", key: [1, 2], edit)
        let again = try read(change)
        #expect(again == change)
        #expect(again.storedBody == change.storedBody)
        #expect(again.hash == change.hash)
        #expect(Edit(tag: edit.tag, body: edit.body) == edit)
    }

    @Test("the bytes and the hash of a change are those that are on disks already")
    func golden() {
        let change = Change(
            origin: OriginID(raw: 0x0123_4567_89AB_CDEF), sequence: 300, stamp: Stamp(raw: 0x018B_CFE5_6800_0002),
            entity: EntityID(kind: EntityKind(rawValue: 16), high: 1, low: 2),
            seen: VersionVector([ChangeReference(origin: OriginID(raw: 5), sequence: 6)]), actor: "wang", key: [0xAA],
            edits: [
                .assign(Field(rawValue: 2), .text("é")), .count(Field(rawValue: 33), -3), .unknown(tag: 99, body: [7]),
            ])
        let hex = change.encoded.map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }
        let expected =
            "0123456789abcdef" + "ac02" + "018bcfe568000002" + "10" + "0000000000000001" + "0000000000000002"
            + "01" + "0000000000000005" + "06" + "0477616e67" + "01aa" + "03" + "02" + "04" + "0204c3a9"
            + "05" + "02" + "2105" + "63" + "01" + "07"
        #expect(hex.joined() == expected)
        #expect(change.hash.description == "a5405d8eded21948b69f645b67c652bb")
    }

    @Test("issued again, a change keeps everything but its time, and so has another hash")
    func issuedAgain() {
        let change = Changes.change(1, 2, at: 5, seen: Changes.afterCreation, actor: "a", key: [1], Changes.sets("x"))
        let again = change.issuedAgain(at: Stamp(milliseconds: 9))
        #expect(again.storedBody == change.storedBody)
        #expect(again.reference == change.reference)
        #expect(again.stamp == Stamp(milliseconds: 9))
        #expect(again.hash != change.hash)
    }

    @Test("covers is what was seen, or earlier by the same origin")
    func covers() {
        let change = Changes.change(1, 5, at: 5, seen: [Changes.reference(2, 3)], Changes.sets("x"))
        #expect(change.covers(Changes.reference(2, 3)))
        #expect(change.covers(Changes.reference(2, 1)))
        #expect(!change.covers(Changes.reference(2, 4)))
        #expect(change.covers(Changes.reference(1, 5)))
        #expect(!change.covers(Changes.reference(1, 6)))
        #expect(!change.covers(Changes.reference(3, 1)))
    }

    @Test("a mutilated body is refused, or read as the change that has just those bytes")
    func mutations() throws {
        var random = SplitMix64(for: "change: mutations")
        var refused = 0
        let rounds = 4_000
        for _ in 0..<rounds {
            let edits = (0...random.below(3)).map { _ in random.pick(EditSamples.all) }
            let change = Change(
                origin: Changes.origin(1), sequence: 1, stamp: .zero, entity: Changes.entity,
                seen: VersionVector([Changes.reference(2, 9), Changes.reference(4, 300)]), actor: "a", edits: edits)
            let bytes = Mutation.mutated(change.storedBody, using: &random)
            do {
                let again = try Change(
                    origin: change.origin, sequence: 1, stamp: .zero, entity: change.entity, storedBody: bytes)
                #expect(again.storedBody == bytes)
            } catch { refused += 1 }
        }
        #expect(refused > rounds / 10)
        #expect(refused < rounds)
    }
}
