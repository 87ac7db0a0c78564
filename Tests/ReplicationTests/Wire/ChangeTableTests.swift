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
