@testable import Replication

/// A batch laid out column by column, so that a test may make any one of them wrong.
struct RawTable {
    var count = 1
    var origins: [UInt64] = [0xA001]
    var kinds: [UInt64] = [16]
    var entities = 1
    var origin: [UInt64] = [0]
    var entity: [UInt64] = [0]
    var sequence: [UInt64] = [2]
    var milliseconds: [UInt64] = [2]
    var counter: [UInt64] = [0]
    var seenCount: [UInt64] = [0]
    var seenOrigin: [UInt64] = []
    var seenSequence: [UInt64] = []
    var actor: [[UInt8]] = [[]]
    var key: [[UInt8]] = [[]]
    /// One note, whose tag is 10.
    var shape: [[UInt8]] = [[10]]
    var payload: [[UInt8]] = [[1, 0]]

    var bytes: [UInt8] {
        var writer = ByteWriter()
        writer.varint(count)
        writer.varint(origins.count)
        for origin in origins { writer.fixed64(origin) }
        writer.varint(entities)
        IntegerColumn(values: kinds).write(to: &writer)
        for number in 0..<entities {
            writer.fixed64(1)
            writer.fixed64(UInt64(number))
        }
        for column in [origin, entity, sequence, milliseconds, counter, seenCount] {
            IntegerColumn(values: column).write(to: &writer)
        }
        writer.varint(seenOrigin.count)
        IntegerColumn(values: seenOrigin).write(to: &writer)
        IntegerColumn(values: seenSequence).write(to: &writer)
        for column in [actor, key, shape] { PayloadColumn(payloads: column).write(to: &writer) }
        writer.varint(payload.count)
        PayloadColumn(payloads: payload).write(to: &writer)
        return writer.bytes
    }

    func read() throws -> [Change] {
        var reader = ByteReader(bytes)
        let changes = try ChangeTable.read(from: &reader)
        try reader.expectEnd()
        return changes
    }

    /// The same with one thing otherwise.
    func with<T>(_ path: WritableKeyPath<RawTable, T>, _ value: T) -> RawTable {
        var copy = self
        copy[keyPath: path] = value
        return copy
    }
}
