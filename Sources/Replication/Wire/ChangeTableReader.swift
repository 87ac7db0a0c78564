/// The columns of a batch while it is read; every index is checked against its dictionary before it is used.
struct ChangeTableReader {
    private let count: Int
    private let origins: [OriginID]
    private let entities: [EntityID]
    private let origin: [UInt64]
    private let entity: [UInt64]
    private let sequence: [UInt64]
    private let milliseconds: [UInt64]
    private let counter: [UInt64]
    private let seenCount: [UInt64]
    private let seenOrigin: [UInt64]
    private let seenSequence: [UInt64]
    private let actor: [Span]
    private let key: [Span]
    private let slots: [ChangeTable.Slot]
    private let shapes: [[Int]]
    private let shape: [Int]
    private var columns: [SlotReader]
    private var body: BatchBody
    /// The last sequence of each origin, but for the one that the last change was of.
    private var lastSequences: [OriginID: UInt64] = [:]
    private var last = ChangeReference(origin: OriginID(raw: 0), sequence: 0)
    private var lastStamp = Stamp.zero
    private var nextEntity = 0
    private var nextSeen = 0

    init(count: Int, from reader: inout ByteReader) throws {
        self.count = count
        body = BatchBody(source: reader.source)
        let originCount = try reader.count(atMost: reader.remaining / 8)
        origins = try (0..<originCount).map { _ in OriginID(raw: try reader.fixed64()) }
        entities = try Self.entities(count, from: &reader)
        origin = try IntegerColumn.read(count, from: &reader)
        entity = try IntegerColumn.read(count, from: &reader)
        sequence = try IntegerColumn.read(count, from: &reader)
        milliseconds = try IntegerColumn.read(count, from: &reader)
        counter = try IntegerColumn.read(count, from: &reader)
        seenCount = try IntegerColumn.read(count, from: &reader)
        let seenTotal = try reader.count(
            atMost: min(count * ReplicationLimits.originsInSeen, ReplicationLimits.itemsInFrame))
        seenOrigin = try IntegerColumn.read(seenTotal, from: &reader)
        seenSequence = try IntegerColumn.read(seenTotal, from: &reader)
        actor = try PayloadColumn.read(count, from: &reader)
        key = try PayloadColumn.read(count, from: &reader)
        slots = try Self.slots(from: &reader)
        shapes = try Self.shapes(atMost: count, of: slots.count, from: &reader)
        let shapeCount = shapes.count
        shape = try IntegerColumn.read(count, from: &reader).map { index in
            guard index < UInt64(shapeCount) else {
                throw ReplicationError.malformed("A change names a shape that is not in its batch.")
            }
            return Int(index)
        }
        columns = []
        var words = ReplicationLimits.wordsInBatch
        let edits = editsInSlots()
        guard edits.reduce(0, +) <= ReplicationLimits.editsInBatch else {
            throw ReplicationError(
                .oversized, "A batch has more than \(ReplicationLimits.editsInBatch) edits.",
                remedy: "Send smaller batches.")
        }
        for edits in edits { columns.append(try SlotReader(edits, words: &words, from: &reader)) }
    }

    private static func entities(_ count: Int, from reader: inout ByteReader) throws -> [EntityID] {
        let entityCount = try reader.count(atMost: min(count, reader.remaining / 8))
        let kinds = try IntegerColumn.read(entityCount, from: &reader)
        var highs: [UInt64] = []
        if try reader.bool() {
            for step in try IntegerColumn.read(entityCount, from: &reader) {
                highs.append((highs.last ?? 0) &+ UInt64(bitPattern: IntegerColumn.unzigzag(step)))
            }
        } else {
            for _ in 0..<entityCount { highs.append(try reader.fixed64()) }
        }
        return try zip(kinds, highs).map { kind, high in
            guard let kind = UInt8(exactly: kind) else {
                throw ReplicationError.malformed("An entity kind is above 255.")
            }
            return EntityID(kind: EntityKind(rawValue: kind), high: high, low: try reader.fixed64())
        }
    }

    private static func slots(from reader: inout ByteReader) throws -> [ChangeTable.Slot] {
        try (0..<(try reader.count(atMost: reader.remaining))).map { _ in
            let first = try reader.byte()
            if first == ChangeTable.escape {
                return ChangeTable.Slot(tag: try reader.byte(), field: nil, isEscaped: true)
            }
            let field = ChangeTable.hasField(tag: first) ? try reader.field().rawValue : nil
            return ChangeTable.Slot(tag: first, field: field, isEscaped: false)
        }
    }

    private static func shapes(
        atMost limit: Int, of slots: Int, from reader: inout ByteReader
    ) throws -> [[Int]] {
        try (0..<(try reader.count(atMost: min(limit, reader.remaining)))).map { _ in
            try (0..<(try reader.count(atMost: ReplicationLimits.editsInChange))).map { _ in
                let slot = try reader.varint()
                guard slot < UInt64(slots) else {
                    throw ReplicationError.malformed("A shape names a slot that is not in its batch.")
                }
                return Int(slot)
            }
        }
    }

    /// How many edits of the batch fall on each slot.
    private func editsInSlots() -> [Int] {
        var changes = [Int](repeating: 0, count: shapes.count)
        for index in shape { changes[index] += 1 }
        var edits = [Int](repeating: 0, count: slots.count)
        for (form, count) in zip(shapes, changes) {
            for slot in form { edits[slot] += count }
        }
        return edits
    }

    consuming func changes() throws -> [Change] {
        var changes: [Change] = []
        changes.reserveCapacity(count)
        for row in 0..<count { changes.append(try change(row)) }
        guard nextEntity == entities.count, nextSeen == seenOrigin.count else {
            throw ReplicationError.malformed("A batch has dictionary entries to spare.")
        }
        for index in columns.indices { try columns[index].expectEnd() }
        return changes
    }

    private mutating func change(_ row: Int) throws -> Change {
        let author = try originID(origin[row])
        let target = try entityID(row)
        let number = nextSequence(of: author, by: IntegerColumn.unzigzag(sequence[row]))
        let stamp = try stamp(row)
        try appendSeen(row)
        try body.block(actor[row])
        try body.block(key[row])
        let form = shapes[shape[row]]
        try body.varint(UInt64(form.count))
        for slot in form {
            try body.byte(slots[slot].tag)
            let start = try body.beginBlock()
            if let field = slots[slot].field { try body.varint(UInt64(field)) }
            try columns[slot].next(of: target, to: &body)
            body.endBlock(from: start)
        }
        let change = try Change(
            origin: author, sequence: number, stamp: stamp, entity: target, storedBody: body.take())
        try change.validate()
        return change
    }

    private mutating func nextSequence(of author: OriginID, by step: Int64) -> UInt64 {
        if author != last.origin {
            lastSequences[last.origin] = last.sequence
            last = ChangeReference(origin: author, sequence: lastSequences[author, default: 0])
        }
        last = ChangeReference(origin: author, sequence: last.sequence &+ UInt64(bitPattern: step))
        return last.sequence
    }

    private func originID(_ index: UInt64) throws -> OriginID {
        guard index < UInt64(origins.count) else {
            throw ReplicationError.malformed("A change names an origin that is not in its batch.")
        }
        return origins[Int(index)]
    }

    private mutating func entityID(_ row: Int) throws -> EntityID {
        let code = entity[row]
        if code == 0 {
            guard nextEntity < entities.count else {
                throw ReplicationError.malformed("A change names an entity that is not in its batch.")
            }
            defer { nextEntity += 1 }
            return entities[nextEntity]
        }
        guard code <= UInt64(nextEntity) else {
            throw ReplicationError.malformed("A change names an entity before its batch does.")
        }
        return entities[Int(code - 1)]
    }

    private mutating func stamp(_ row: Int) throws -> Stamp {
        let step = IntegerColumn.unzigzag(milliseconds[row])
        let (time, overflows) = lastStamp.milliseconds.addingReportingOverflow(step)
        let base = step == 0 ? Int64(lastStamp.counter) : 0
        let (counter, wraps) = base.addingReportingOverflow(IntegerColumn.unzigzag(counter[row]))
        guard !overflows, !wraps, time >= 0, time <= Stamp.millisecondsMax, counter >= 0, counter <= 0xFFFF else {
            throw ReplicationError.malformed("A stamp lies before 1970 or beyond the year 6429.")
        }
        lastStamp = Stamp(raw: UInt64(time) << 16 | UInt64(counter))
        return lastStamp
    }

    private mutating func appendSeen(_ row: Int) throws {
        let count = seenCount[row]
        guard count <= UInt64(min(ReplicationLimits.originsInSeen, seenOrigin.count - nextSeen)) else {
            throw ReplicationError.malformed("A change has seen more origins than its batch names.")
        }
        try body.varint(count)
        for _ in 0..<count {
            try body.fixed64(try originID(seenOrigin[nextSeen]).raw)
            try body.varint(seenSequence[nextSeen])
            nextSeen += 1
        }
    }
}
