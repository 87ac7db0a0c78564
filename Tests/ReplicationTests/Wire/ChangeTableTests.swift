import Testing

@testable import Replication

@Suite("Changes in columns")
struct ChangeTableTests {
    private func roundTrip(_ changes: [Change]) throws -> [Change] {
        var writer = ByteWriter()
        ChangeTable.write(changes, to: &writer)
        var reader = ByteReader(writer.bytes)
        let again = try ChangeTable.read(from: &reader)
        try reader.expectEnd()
        return again
    }

    @Test("random batches come back byte for byte")
    func randomBatches() throws {
        var random = SplitMix64(for: "table: batches")
        for size in [0, 1, 2] + (0..<60).map({ _ in random.below(60) }) {
            let changes = WireSamples.batch(size, using: &random)
            let again = try roundTrip(changes)
            #expect(again.map(\.encoded) == changes.map(\.encoded))
        }
    }

    @Test("an edit that nobody knows travels whole, whatever its tag", arguments: UInt8.min...UInt8.max)
    func unknownEdits(tag: UInt8) throws {
        // A body that no known edit has, then one that a reader might take for a field and a value.
        for body in [[0xFF, 0xFF], [], [5, 200, 1]] as [[UInt8]] {
            let change = Changes.change(1, 1, at: 1, .unknown(tag: tag, body: body), Changes.notes("after"))
            let read = Edit(tag: tag, body: body)
            #expect(try roundTrip([change]).map(\.encoded) == [change.encoded])
            #expect(try roundTrip([change])[0].edits.first == read)
        }
    }

    /// Values that each form of a column may take, and those that only look like it.
    private static let values: [Value] = [
        .integer(0), .integer(.min), .integer(.max), .text(""), .text(" "), .text("  a  b "), .text("line 0042"),
        .text("agent0007"), .text("13812345678"), .text("x000000000000000000"), .text("x0000000000000000000"),
        .text("12"), .text("断网 报修"), .bytes([3, 0x80, 0]), .bytes([]), .null, .bool(true),
    ]

    @Test("a field of texts, of integers or of both comes back byte for byte")
    func columns() throws {
        var random = SplitMix64(for: "table: columns")
        let texts = Self.values.filter { $0.textValue != nil }
        let integers = Self.values.filter { $0.integerValue != nil }
        for values in [Self.values, texts, integers] {
            let changes = (0..<300).map { number in
                Changes.change(
                    1, UInt64(number) + 1, at: Int64(number),
                    .assign(Field(rawValue: 5), random.chance(50) ? random.pick(values) : values[0]))
            }
            #expect(try roundTrip(changes).map(\.encoded) == changes.map(\.encoded))
        }
    }

    @Test("an integer that is spelled too long is no integer, and travels as it is")
    func paddedInteger() throws {
        for body in [[5, 3, 0x80, 0], [5, 3], [5, 3, 1, 1], [5, 3] + Array(repeating: 0xFF, count: 10)] as [[UInt8]] {
            let change = Changes.change(1, 1, at: 1, .unknown(tag: 2, body: body))
            #expect(try roundTrip([change]).map(\.encoded) == [change.encoded])
        }
    }

    @Test("a label that is spelled from its identifier comes back, and one that is not, too")
    func labels() throws {
        let entity = EntityID(kind: EntityKind(rawValue: 16), high: 0x1234, low: 0x5678_9ABC_DEF0)
        let labels = ["", "YC-", "YC-" + entity.spelling(8), entity.spelling(24), "0" + entity.spelling(24), "号"]
        for label in labels {
            let change = Change(
                origin: Changes.origin(1), sequence: 1, stamp: .zero, entity: entity,
                edits: [.create(Creation(state: "new", label: label))])
            #expect(try roundTrip([change]).map(\.encoded) == [change.encoded])
        }
    }

    @Test("identifiers that begin with a time and those that do not come back, and so do stamps of one moment")
    func identifiers() throws {
        let highs: [[UInt64]] = [[5, 6, 7], [.max, 0, 1 << 63], [9]]
        for list in highs {
            let changes = list.enumerated().map { place, high in
                Change(
                    origin: Changes.origin(1), sequence: UInt64(place) + 1, stamp: Stamp(raw: 7 << 16 | UInt64(place)),
                    entity: EntityID(kind: EntityKind(rawValue: 16), high: high, low: 3), edits: [Changes.notes("n")])
            }
            #expect(try roundTrip(changes).map(\.encoded) == changes.map(\.encoded))
        }
    }

    @Test("a batch of the greatest size is read, a greater one refused")
    func batchSize() throws {
        let limit = ReplicationLimits.changesInBatch
        let changes = (1...limit + 1).map { Changes.change(1, UInt64($0), at: Int64($0), Changes.notes("n")) }
        #expect(try roundTrip(changes.dropLast()).count == limit)
        #expect(throws: ReplicationError.self) { try roundTrip(changes) }
    }

    @Test("a change of the greatest size and one of 256 edits travel; more is refused")
    func changeSize() throws {
        let edits = Array(repeating: Changes.notes("n"), count: 257)
        func change(_ edits: [Edit]) -> Change {
            Change(origin: Changes.origin(1), sequence: 1, stamp: .zero, entity: Changes.entity, edits: edits)
        }
        #expect(try roundTrip([change(edits.dropLast())])[0].edits.count == 256)
        #expect(throws: ReplicationError.self) { try roundTrip([change(edits)]) }
        let overhead = change([.unknown(tag: 99, body: Array(repeating: 1, count: 1 << 20 - 64))]).storedBody.count
        let length = 1 << 20 - 64 + (1 << 20 - overhead)
        let largest = change([.unknown(tag: 99, body: Array(repeating: 1, count: length))])
        #expect(largest.storedBody.count == ReplicationLimits.bytesInChange)
        #expect(try roundTrip([largest])[0].storedBody.count == ReplicationLimits.bytesInChange)
        let error = #expect(throws: ReplicationError.self) {
            try roundTrip([change([.unknown(tag: 99, body: Array(repeating: 1, count: length + 1))])])
        }
        #expect(error?.kind == .oversized)
    }

    @Test("1,024 origins seen travel, one more is refused")
    func seenSize() throws {
        func change(_ count: Int) -> Change {
            Changes.change(0, 1, at: 1, seen: (1...count).map { Changes.reference($0, 1) }, Changes.notes("n"))
        }
        #expect(try roundTrip([change(1_024)])[0].seen.entries.count == 1_024)
        #expect(throws: ReplicationError.self) { try roundTrip([change(1_025)]) }
    }
}
