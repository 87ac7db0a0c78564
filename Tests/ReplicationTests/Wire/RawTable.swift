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
    var slots: [[UInt8]] = [[10]]
    var shapes: [[UInt64]] = [[0]]
    var shape: [UInt64] = [0]
    /// One for each slot: its form and its content.
    var columns: [[UInt8]] = [RawTable.payloads([[1, 0]])]

    var bytes: [UInt8] {
        var writer = ByteWriter()
        writer.varint(count)
        writer.varint(origins.count)
        for origin in origins { writer.fixed64(origin) }
        writer.varint(entities)
        IntegerColumn(values: kinds).write(to: &writer)
        writer.bool(false)
        for _ in 0..<entities { writer.fixed64(1) }
        for number in 0..<entities { writer.fixed64(UInt64(number)) }
        for column in [origin, entity, sequence, milliseconds, counter, seenCount] {
            IntegerColumn(values: column).write(to: &writer)
        }
        writer.varint(seenOrigin.count)
        IntegerColumn(values: seenOrigin).write(to: &writer)
        IntegerColumn(values: seenSequence).write(to: &writer)
        for column in [actor, key] { writer.raw(Self.content(column)) }
        writer.varint(slots.count)
        for slot in slots { writer.raw(slot) }
        writer.varint(shapes.count)
        for form in shapes {
            writer.varint(form.count)
            for slot in form { writer.varint(slot) }
        }
        IntegerColumn(values: shape).write(to: &writer)
        for column in columns { writer.raw(column) }
        return writer.bytes
    }

    /// A slot's column of byte strings.
    static func payloads(_ payloads: [[UInt8]]) -> [UInt8] { [SlotForm.payloads.rawValue] + content(payloads) }

    static func content(_ payloads: [[UInt8]]) -> [UInt8] {
        let all = payloads.flatMap(\.self)
        var writer = ByteWriter()
        all.withUnsafeBytes { bytes in
            var start = 0
            let spans = payloads.map { payload in
                defer { start += payload.count }
                return Span(start, payload.count)
            }
            PayloadColumn(spans[...], in: bytes).write(to: &writer, from: bytes)
        }
        return writer.bytes
    }

    static func integers(_ form: SlotForm, _ values: [UInt64]) -> [UInt8] {
        var writer = ByteWriter()
        writer.byte(form.rawValue)
        IntegerColumn(values: values).write(to: &writer)
        return writer.bytes
    }

    /// A slot's column of words: how many each text has, stems with the count of their digits before them, numbers.
    static func words(_ counts: [UInt64], _ stems: [[UInt8]], _ numbers: [UInt64] = []) -> [UInt8] {
        var writer = ByteWriter()
        writer.byte(SlotForm.words.rawValue)
        IntegerColumn(values: counts).write(to: &writer)
        writer.varint(stems.count)
        writer.raw(content(stems))
        writer.varint(numbers.count)
        IntegerColumn(values: numbers).write(to: &writer)
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

    /// The same with one field assigned and its column otherwise.
    func assigning(_ column: [UInt8]) -> RawTable { with(\.slots, [[2, 5]]).with(\.columns, [column]) }
}
