import Testing

@testable import Replication

@Suite("A batch that contradicts itself")
struct ChangeTableDamageTests {
    private let table = RawTable()

    @Test("the table that the others are made from is sound")
    func sound() throws {
        #expect(try table.read().map(\.reference) == [Changes.reference(1, 1)])
        let vector = table.with(\.origins, [0xA001, 2, 3]).with(\.seenCount, [2]).with(\.seenOrigin, [1, 2])
            .with(\.seenSequence, [4, 5])
        #expect(try vector.read()[0].seen.entries.map(\.sequence) == [4, 5])
    }

    private static let wrong: [(String, RawTable)] = {
        let table = RawTable()
        let seen = table.with(\.origins, [0xA001, 2, 3]).with(\.seenSequence, [4, 5])
        return [
            ("an origin beyond the dictionary", table.with(\.origin, [1])),
            ("an entity beyond the dictionary", table.with(\.entities, 0).with(\.kinds, [])),
            ("an entity named before it is introduced", table.with(\.entity, [1])),
            ("more entities than changes", table.with(\.entities, 2).with(\.kinds, [16, 16])),
            (
                "an entity that nothing names",
                table.with(\.count, 2).with(\.entities, 2).with(\.kinds, [16, 16]).with(\.origin, [0, 0])
                    .with(\.entity, [0, 1]).with(\.sequence, [2, 2]).with(\.milliseconds, [2, 2])
                    .with(\.counter, [0, 0]).with(\.seenCount, [0, 0]).with(\.actor, [[], []]).with(\.key, [[], []])
                    .with(\.shape, [0, 0]).with(\.columns, [RawTable.payloads([[1, 0], [1, 0]])])
            ),
            ("a kind above 255", table.with(\.kinds, [256])),
            ("a sequence of 0", table.with(\.sequence, [0])),
            ("a stamp before 1970", table.with(\.milliseconds, [1])),
            ("a stamp beyond 47 bits", table.with(\.milliseconds, [1 << 48])),
            ("a stamp whose step overflows", table.with(\.milliseconds, [.max])),
            ("a counter beyond 16 bits", table.with(\.counter, [0x2_0000])),
            ("too few numbers in a column", table.with(\.counter, [])),
            ("too many numbers in a column", table.with(\.counter, [0, 0])),
            ("more seen than is there", table.with(\.seenCount, [1])),
            ("seen beyond any count", table.with(\.seenCount, [.max])),
            ("seen to spare", seen.with(\.seenCount, [1]).with(\.seenOrigin, [1, 2])),
            ("seen in disorder", seen.with(\.seenCount, [2]).with(\.seenOrigin, [2, 1])),
            ("seen twice", seen.with(\.seenCount, [2]).with(\.seenOrigin, [1, 1])),
            ("seen of no origin", seen.with(\.seenCount, [2]).with(\.seenOrigin, [1, 9])),
            (
                "seen of sequence 0",
                seen.with(\.seenCount, [2]).with(\.seenOrigin, [1, 2]).with(\.seenSequence, [4, 0])
            ),
            ("its own origin seen", seen.with(\.seenCount, [2]).with(\.seenOrigin, [1, 0])),
            ("an actor that is not UTF-8", table.with(\.actor, [[0xFF]])),
            ("no edits", table.with(\.shapes, [[]]).with(\.columns, [RawTable.payloads([])])),
            ("a shape without payload", table.with(\.shapes, [[0, 0]])),
            ("a payload to spare", table.with(\.columns, [RawTable.payloads([[1, 0], [1, 0]])])),
            ("a shape of no slot", table.with(\.shapes, [[1]])),
            ("a change of no shape", table.with(\.shape, [1])),
            ("a slot without a column", table.with(\.columns, [])),
            ("more shapes than changes", table.with(\.shapes, [[0], [0]])),
            ("a field above 65,535", table.with(\.slots, [[2, 0x80, 0x80, 0x04]])),
            ("a form that nobody knows", table.with(\.columns, [[5, 0, 0]])),
            ("too many integers", table.assigning(RawTable.integers(.integers, [1, 2]))),
            ("too few steps", table.assigning(RawTable.integers(.steps, []))),
            ("a text without words", table.assigning(RawTable.words([0], []))),
            ("a text with fewer words than it says", table.assigning(RawTable.words([2], [[0, 65]]))),
            ("a word to spare", table.assigning(RawTable.words([1], [[0, 65], [0, 66]]))),
            ("a word without its count of digits", table.assigning(RawTable.words([1], [[]]))),
            ("a word without its number", table.assigning(RawTable.words([1], [[4, 65]]))),
            ("a number to spare", table.assigning(RawTable.words([1], [[0, 65]], [7]))),
            ("a number with more digits than its word", table.assigning(RawTable.words([1], [[4, 65]], [10_000]))),
            ("a word with too few digits", table.assigning(RawTable.words([1], [[3, 65]], [1]))),
            ("a word with too many digits", table.assigning(RawTable.words([1], [[19, 65]], [1]))),
            ("a creation without a head", table.with(\.slots, [[1]]).with(\.columns, [creations([[]], [[0]])])),
            ("a creation without a label", table.with(\.slots, [[1]]).with(\.columns, [creations([[1]], [[]])])),
            (
                "a label spelled beyond its identifier",
                table.with(\.slots, [[1]]).with(\.columns, [creations([[1]], [[25]])])
            ),
        ]
    }()

    private static func creations(_ heads: [[UInt8]], _ labels: [[UInt8]]) -> [UInt8] {
        [SlotForm.creations.rawValue] + RawTable.content(heads) + RawTable.content(labels)
    }

    @Test("each form is read when nothing is wrong with it")
    func forms() throws {
        let field = Field(rawValue: 5)
        func edits(_ table: RawTable) throws -> [Edit] { try table.read()[0].edits }
        #expect(try edits(table.assigning(RawTable.integers(.integers, [5]))) == [.assign(field, .integer(-3))])
        #expect(try edits(table.assigning(RawTable.integers(.steps, [6]))) == [.assign(field, .integer(3))])
        let words = table.assigning(RawTable.words([2], [[0, 65], [4, 66]], [7]))
        #expect(try edits(words) == [.assign(field, .text("A B0007"))])
        let creation = table.with(\.slots, [[1]]).with(\.columns, [Self.creations([[1, 65]], [[2, 66]])])
        let label = "B" + EntityID(kind: EntityKind(rawValue: 16), high: 1, low: 0).spelling(2)
        #expect(try edits(creation) == [.create(Creation(rules: 1, state: "A", label: label))])
    }

    @Test("is refused for each thing that may be wrong with it", arguments: wrong.map(\.0))
    func refused(what: String) throws {
        let table = try #require(Self.wrong.first { $0.0 == what }?.1)
        #expect(throws: ReplicationError.self, "\(what)") { try table.read() }
    }

    @Test("a small batch that unfolds to more than 4 MiB is refused before it does")
    func bomb() {
        let count = 40
        func column<T>(_ value: T) -> [T] { Array(repeating: value, count: count) }
        let payload = Array(repeating: UInt8(7), count: (1 << 20) - 64)
        let table = table.with(\.count, count).with(\.origin, column(0)).with(
            \.entity, [0] + Array(column(1).dropLast())
        )
        .with(\.sequence, column(2)).with(\.milliseconds, column(2)).with(\.counter, column(0))
        .with(\.seenCount, column(0)).with(\.actor, column([])).with(\.key, column([]))
        .with(\.slots, [[99]]).with(\.shape, column(0)).with(\.columns, [RawTable.payloads(column(payload))])
        #expect(table.bytes.count < ReplicationLimits.bytesInFrame)
        let error = #expect(throws: ReplicationError.self) { try table.read() }
        #expect(error?.kind == .oversized)
        #expect(error?.message.contains("unfolds") == true)
    }

    @Test("a small dictionary of words that unfolds to more than 4 MiB is refused before it does")
    func wordBomb() {
        let word = [0] + Array(repeating: UInt8(ascii: "w"), count: 1 << 16)
        let bomb = table.assigning(RawTable.words([1_024], Array(repeating: word, count: 1_024)))
        #expect(bomb.bytes.count < 1 << 18)
        let error = #expect(throws: ReplicationError.self) { try bomb.read() }
        #expect(error?.kind == .oversized)
        let limit = ReplicationLimits.wordsInBatch
        let many = table.assigning(RawTable.words([UInt64(limit) + 1], Array(repeating: [0], count: limit + 1)))
        #expect(many.bytes.count < 200)
        let refusal = #expect(throws: ReplicationError.self) { try many.read() }
        #expect(refusal?.message.contains("above the \(limit)") == true)
    }

    @Test("a batch has at most 262,144 edits, however few bytes they take")
    func edits() throws {
        func changes(_ last: Int) -> [UInt8] {
            let counts = Array(repeating: ReplicationLimits.editsInChange, count: 1_024) + (last > 0 ? [last] : [])
            let changes = counts.enumerated().map { index, count in
                Change(
                    origin: Changes.origin(1), sequence: UInt64(index) + 1, stamp: .zero, entity: Changes.entity,
                    seen: VersionVector(), actor: "",
                    edits: Array(repeating: .unknown(tag: 99, body: []), count: count))
            }
            var writer = ByteWriter()
            ChangeTable.write(changes, to: &writer)
            return writer.bytes
        }
        var most = ByteReader(changes(0))
        #expect(try ChangeTable.read(from: &most).count == 1_024)
        var more = ByteReader(changes(1))
        #expect(throws: ReplicationError.self) { try ChangeTable.read(from: &more) }
    }

    @Test("a few bytes cannot claim millions of numbers")
    func claims() {
        // 4,096 changes of which each claims 1,024 seen, in runs of a few bytes.
        var writer = ByteWriter()
        writer.varint(4_096)
        writer.varint(1)
        writer.fixed64(1)
        writer.varint(0)
        IntegerColumn(values: []).write(to: &writer)
        writer.bool(false)
        for _ in 0..<6 { IntegerColumn(values: Array(repeating: 0, count: 4_096)).write(to: &writer) }
        writer.varint(4_096 * 1_024)
        var reader = ByteReader(writer.bytes)
        let error = #expect(throws: ReplicationError.self) { try ChangeTable.read(from: &reader) }
        #expect(error?.message.contains("above the 262144") == true)
        var runs = ByteReader([1, 2, 0, 1])
        #expect(throws: ReplicationError.self) { try IntegerColumn.read(1, from: &runs) }
        var long = ByteReader([1, 2, 9, 1])
        #expect(throws: ReplicationError.self) { try IntegerColumn.read(8, from: &long) }
    }

    @Test("a payload column that names what it has not is refused")
    func payloads() {
        func read(codes: [UInt64], lengths: [UInt64], literals: [UInt8]) throws -> [Span] {
            var writer = ByteWriter()
            IntegerColumn(values: codes).write(to: &writer)
            writer.varint(lengths.count)
            IntegerColumn(values: lengths).write(to: &writer)
            writer.block(literals)
            var reader = ByteReader(writer.bytes)
            return try PayloadColumn.read(codes.count, from: &reader)
        }
        #expect(throws: Never.self) { try read(codes: [1, 2, 0], lengths: [1, 1], literals: [7, 8]) }
        #expect(throws: ReplicationError.self) { try read(codes: [2], lengths: [], literals: []) }
        #expect(throws: ReplicationError.self) { try read(codes: [0, 2], lengths: [1], literals: [7]) }
        #expect(throws: ReplicationError.self) { try read(codes: [1, .max], lengths: [1], literals: [7]) }
        #expect(throws: ReplicationError.self) { try read(codes: [0], lengths: [2], literals: [7]) }
        #expect(throws: ReplicationError.self) { try read(codes: [0], lengths: [.max], literals: [7]) }
        #expect(throws: ReplicationError.self) { try read(codes: [0], lengths: [1], literals: [7, 8]) }
        #expect(throws: ReplicationError.self) { try read(codes: [1, 2], lengths: [1, 1], literals: [7, 8]) }
    }
}
