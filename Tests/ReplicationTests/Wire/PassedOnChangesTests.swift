import Hashing
import Testing

@testable import Replication

@Suite("Changes that an answer passes on")
struct PassedOnChangesTests {
    private func answer(_ entries: [FeedEntry]) -> ExchangeAnswer {
        var answer = ExchangeAnswer(request: .init(start: 1, count: 1), epoch: .none, stored: .start, feed: .start)
        answer.entries = entries
        return answer
    }

    private func passesOn(_ body: [UInt8]) throws {
        var passedOn = PassedOnChanges()
        try passedOn.append(Changes.creation.record, body: Changes.creation.storedBody)
        try passedOn.append(Changes.creation.record, body: body)
    }

    @Test("take the same bytes as changes that were read, with other entries between them and histories behind")
    func sameBytes() throws {
        var random = SplitMix64(for: "wire: passed on")
        for count in [1, 2, 40] {
            let changes = WireSamples.batch(count, using: &random)
            var read = answer([])
            var passed = answer([])
            for (index, change) in changes.enumerated() {
                let number = UInt64(index) * 2 + 1
                let other = FeedEntry(number: number + 1, content: .withdraw(change.entity))
                read.entries += [FeedEntry(number: number, content: .change(change)), other]
                passed.entries += [FeedEntry(number: number, content: .stored(change.record.head)), other]
                try passed.passedOn.append(change.record, body: change.storedBody)
            }
            #expect(passed.encoded == read.encoded)
            let history = ExchangeAnswer.HistoryChunk(
                enter: 1, entity: Changes.entity, upTo: 1, isLast: true, changes: [Changes.creation])
            read.histories = [history]
            passed.histories = [history]
            #expect(passed.encoded == read.encoded)
            #expect(try ExchangeAnswer(encoded: passed.encoded) == ExchangeAnswer(encoded: read.encoded))
        }
    }

    @Test("are refused as damage where the log holds no whole body, or more than one may have")
    func damaged() throws {
        let whole = Changes.change(1, 1, at: 1, seen: Changes.afterCreation, Changes.sets("a"), Changes.notes("b"))
            .storedBody
        try passesOn(whole)
        for length in whole.indices {
            #expect(throws: ReplicationError.self, "\(length) bytes") { try passesOn(Array(whole[..<length])) }
        }
        #expect(throws: ReplicationError.self) { try passesOn(whole + [0]) }
        var endless = ByteWriter()
        for _ in 0..<3 { endless.varint(0 as UInt64) }
        endless.varint(UInt64.max)
        #expect(throws: ReplicationError.self) { try passesOn(endless.bytes) }
        let seen = (2...ReplicationLimits.originsInSeen + 2).map { Changes.reference($0, 1) }
        try passesOn(Changes.change(1, 1, at: 1, seen: Array(seen.dropLast()), Changes.sets("a")).storedBody)
        #expect(throws: ReplicationError.self) {
            try passesOn(Changes.change(1, 1, at: 1, seen: seen, Changes.sets("a")).storedBody)
        }
        let many = (0...ReplicationLimits.editsInChange).map { Edit.count(Field(rawValue: UInt16($0)), 1) }
        let origin = Changes.origin(1)
        let stamp = Stamp(milliseconds: 1)
        try passesOn(
            Change(origin: origin, sequence: 1, stamp: stamp, entity: Changes.entity, edits: Array(many.dropFirst()))
                .storedBody)
        #expect(throws: ReplicationError.self) {
            try passesOn(
                Change(origin: origin, sequence: 1, stamp: stamp, entity: Changes.entity, edits: many).storedBody)
        }
    }
}

extension PassedOnChanges {
    fileprivate mutating func append(_ record: ChangeRecord, body: [UInt8]) throws {
        try body.withUnsafeBytes { try append(record.head, body: $0) }
    }
}
