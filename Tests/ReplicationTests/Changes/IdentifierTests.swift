import Testing

@testable import Replication

@Suite("Identifiers and vectors")
struct IdentifierTests {
    @Test("a change's name reads back from its text, and from no other spelling")
    func reference() {
        let reference = ChangeReference(origin: OriginID(raw: 0xAB), sequence: 12)
        #expect(reference.description == "00000000000000ab-12")
        #expect(ChangeReference(reference.description) == reference)
        let wrong = ["", "-", "ab-12", "00000000000000ab", "00000000000000ab-", "+0000000000000ab-12"]
        for text in wrong + ["00000000000000ab-+12", "00000000000000ab--1", "00000000000000ab-1-2"] {
            #expect(ChangeReference(text) == nil, "\(text)")
        }
    }

    @Test("an entity's identifier reads back from text and bytes")
    func entity() {
        let id = EntityID(kind: EntityKind(rawValue: 3), high: 1, low: .max)
        #expect(id.text == "0000000000000001ffffffffffffffff")
        #expect(EntityID(kind: id.kind, text: id.text) == id)
        #expect(EntityID(kind: id.kind, bytes: id.bytes) == id)
        #expect(EntityID(kind: id.kind, bytes: Array(id.bytes.dropLast())) == nil)
        #expect(EntityID(kind: id.kind, text: "+000000000000001ffffffffffffffff") == nil)
    }

    @Test("a vector keeps the highest sequence of each origin, sorted by origin")
    func vector() {
        var vector = VersionVector([Changes.reference(3, 1), Changes.reference(1, 5), Changes.reference(3, 2)])
        vector.include(Changes.reference(1, 4))
        #expect(vector.entries == [Changes.reference(1, 5), Changes.reference(3, 2)])
        #expect(vector[Changes.origin(2)] == 0)
        #expect(vector.covers(Changes.reference(3, 2)))
        #expect(!vector.covers(Changes.reference(3, 3)))
        #expect(vector.without(Changes.origin(3)).entries == [Changes.reference(1, 5)])
    }

    @Test("a vector in disorder, with a repetition or with a zero is refused")
    func disorder() {
        func read(_ entries: [(UInt64, UInt64)]) throws -> VersionVector {
            var writer = ByteWriter()
            writer.varint(entries.count)
            for (origin, sequence) in entries {
                writer.fixed64(origin)
                writer.varint(sequence)
            }
            var reader = ByteReader(writer.bytes)
            return try VersionVector(from: &reader)
        }
        #expect(throws: Never.self) { try read([(1, 1), (2, 1)]) }
        for entries in [[(2, 1), (1, 1)], [(1, 1), (1, 2)], [(1, 0)]] as [[(UInt64, UInt64)]] {
            #expect(throws: ReplicationError.self) { try read(entries) }
        }
    }

    @Test("an idempotency key tells clients, keys and contents apart, and names what it creates")
    func idempotency() {
        let key = IdempotencyKey(client: "a", key: "bc", content: [1])
        #expect(IdempotencyKey(client: "ab", key: "c", content: [1]).name != key.name)
        #expect(IdempotencyKey(client: "a", key: "bc", content: [2]).name == key.name)
        #expect(IdempotencyKey(client: "a", key: "bc", content: [2]).content != key.content)
        #expect(IdempotencyKey(bytes: key.bytes) == key)
        #expect(IdempotencyKey(bytes: []) == nil)
        let kind = EntityKind(rawValue: 16)
        #expect(key.entity(kind: kind) == IdempotencyKey(client: "a", key: "bc", content: [2]).entity(kind: kind))
        #expect(key.entity(kind: kind).bytes != key.entity(kind: EntityKind(rawValue: 17)).bytes)
    }

    @Test("an identifier is spelled in 24 characters that cannot be mistaken, its random half first")
    func spelling() {
        let entity = EntityID(kind: EntityKind(rawValue: 16), high: 1, low: 0b00001_00000_11111)
        #expect(entity.spelling(3) == "Z01")
        #expect(
            entity.spelling(24) == "Z01" + String(repeating: "0", count: 9) + "1" + String(repeating: "0", count: 11))
        #expect(entity.spelling(0) == "")
        for count in [0, 1, 8, 24] {
            let label = Array(("YC-" + entity.spelling(count)).utf8)
            #expect(label.withUnsafeBytes { entity.spelledCount(atEndOf: $0) } == count)
        }
        #expect(Array("YC-".utf8).withUnsafeBytes { entity.spelledCount(atEndOf: $0) } == 0)
    }
}
