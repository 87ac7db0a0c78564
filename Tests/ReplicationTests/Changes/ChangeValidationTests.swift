import Testing

@testable import Replication

@Suite("What no author writes is refused")
struct ChangeValidationTests {
    private func change(
        sequence: UInt64 = 1, stamp: Stamp = .zero, entity: EntityID = Changes.entity,
        seen: VersionVector = VersionVector(), actor: String = "", edits: [Edit]
    ) -> Change {
        Change(
            origin: Changes.origin(1), sequence: sequence, stamp: stamp, entity: entity, seen: seen,
            actor: actor, edits: edits)
    }

    private func kind(of change: Change) -> ReplicationError.Kind? {
        do {
            try change.validate()
            return nil
        } catch { return (error as? ReplicationError)?.kind }
    }

    private let edit = Changes.sets("x")

    @Test("a change has edits, a sequence, and does not name its own origin")
    func shape() {
        #expect(kind(of: change(edits: [edit])) == nil)
        #expect(kind(of: change(edits: [])) == .malformed)
        #expect(kind(of: change(sequence: 0, edits: [edit])) == .malformed)
        #expect(kind(of: change(seen: VersionVector([Changes.reference(1, 1)]), edits: [edit])) == .malformed)
    }

    @Test("a sequence has at most 48 bits: the log keeps the rest for what it sets aside")
    func sequences() throws {
        #expect(kind(of: change(sequence: (1 << 48) - 1, edits: [edit])) == nil)
        #expect(kind(of: change(sequence: 1 << 48, edits: [edit])) == .malformed)
        #expect(kind(of: change(sequence: .max - 7, edits: [edit])) == .malformed)
        var writer = ByteWriter()
        Changes.reference(1, 1 << 48).write(to: &writer)
        #expect(throws: ReplicationError.self) {
            var reader = ByteReader(writer.bytes)
            _ = try ChangeReference(from: &reader)
        }
        #expect(ChangeReference("00000000000000b1-281474976710655") != nil)
        #expect(ChangeReference("00000000000000b1-281474976710656") == nil)
    }

    @Test("an entity is of some kind: under no kind the log keeps what it holds of no entity")
    func kinds() throws {
        let nothing = EntityID(kind: .nothing, high: 1, low: 2)
        #expect(kind(of: change(entity: nothing, edits: [edit])) == .malformed)
        var writer = ByteWriter()
        nothing.write(to: &writer)
        #expect(throws: ReplicationError.self) {
            var reader = ByteReader(writer.bytes)
            _ = try EntityID(from: &reader)
        }
    }

    @Test("a change is stamped within what SQLite sorts as we do")
    func stamps() {
        let last = Stamp.end(of: Stamp.millisecondsMax)
        #expect(last.raw == UInt64(Int64.max))
        #expect(kind(of: change(stamp: last, edits: [edit])) == nil)
        #expect(kind(of: change(stamp: last.next, edits: [edit])) == .malformed)
    }

    @Test("a change creates and moves its entity at most once")
    func once() {
        let creation = Edit.create(Creation(state: "new"))
        let move = Changes.moves(from: "new", to: "open")
        #expect(kind(of: change(edits: [creation, move])) == nil)
        #expect(kind(of: change(edits: [creation, creation])) == .malformed)
        #expect(kind(of: change(edits: [move, move])) == .malformed)
    }

    @Test("a change has at most 256 edits")
    func edits() throws {
        #expect(kind(of: change(edits: Array(repeating: edit, count: 256))) == nil)
        let over = change(edits: Array(repeating: edit, count: 257))
        #expect(kind(of: over) == .oversized)
        #expect(throws: ReplicationError.self) {
            try Change(
                origin: over.origin, sequence: 1, stamp: .zero, entity: over.entity, storedBody: over.storedBody)
        }
    }

    @Test("an actor has at most 256 bytes")
    func actor() {
        #expect(kind(of: change(actor: String(repeating: "a", count: 256), edits: [edit])) == nil)
        #expect(kind(of: change(actor: String(repeating: "a", count: 254) + "李", edits: [edit])) == .oversized)
    }

    @Test("a change has seen at most 1,024 origins, and is readable up to there")
    func seen() throws {
        let vector = VersionVector((0..<1_024).map { Changes.reference($0 + 2, 1) })
        let most = change(seen: vector, edits: [edit])
        #expect(kind(of: most) == nil)
        let again = try Change(
            origin: most.origin, sequence: 1, stamp: .zero, entity: most.entity, storedBody: most.storedBody)
        #expect(again == most)
        var more = vector
        more.include(Changes.reference(5_000, 1))
        let over = change(seen: more, edits: [edit])
        #expect(kind(of: over) == .oversized)
        #expect(throws: ReplicationError.self) {
            try Change(
                origin: over.origin, sequence: 1, stamp: .zero, entity: over.entity, storedBody: over.storedBody)
        }
    }

    @Test("a change is at most 1 MiB when encoded")
    func bytes() {
        let limit = ReplicationLimits.bytesInChange
        func note(_ length: Int) -> Change {
            change(edits: [.unknown(tag: 99, body: Array(repeating: 65, count: length))])
        }
        let overhead = note(limit - 100).storedBody.count - (limit - 100)
        #expect(note(limit - overhead).storedBody.count == limit)
        #expect(kind(of: note(limit - overhead)) == nil)
        #expect(kind(of: note(limit - overhead + 1)) == .oversized)
    }

    @Test("an error names the change and no value of it")
    func namesNoValue() {
        let error = #expect(throws: ReplicationError.self) {
            try change(sequence: 0, actor: "wang", edits: [Changes.sets("13800000000")]).validate()
        }
        #expect(error?.description.contains("13800000000") == false)
        #expect(error?.message.contains(Changes.reference(1, 0).description) == true)
        #expect(error?.remedy.isEmpty == false)
    }
}
