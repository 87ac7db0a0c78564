/// The columns of a batch while it is written.
///
/// Works on the bytes that the log holds: no edit is read for it.
struct ChangeTableWriter {
    private var count = 0
    /// The bodies of the changes, one after the other: what all spans lie in.
    private var bytes: [UInt8] = []
    private var origins: [OriginID] = []
    private var originIndexes: [OriginID: Int] = [:]
    /// The last sequence of each origin.
    private var sequences: [UInt64] = []
    private var entities: [EntityID] = []
    private var entityBytes: [UInt8] = []
    private var entityNumbers = SpanDictionary(expecting: 512)
    private var origin = IntegerColumn()
    private var entity = IntegerColumn()
    private var sequence = IntegerColumn()
    private var milliseconds = IntegerColumn()
    private var counter = IntegerColumn()
    private var seenCount = IntegerColumn()
    private var seenOrigin = IntegerColumn()
    private var seenSequence = IntegerColumn()
    private var actors: [Span] = []
    private var keys: [Span] = []
    private var slotIndexes: [ChangeTable.Slot: Int] = [:]
    private var slots: [ChangeTable.Slot] = []
    private var columns: [SlotColumn] = []
    private var shapeIndexes: [[Int]: Int] = [:]
    private var shapes: [[Int]] = []
    private var shape = IntegerColumn()
    private var lastStamp = Stamp.zero

    /// - Precondition: the body is whole, as that of a change read or made here is, and of a record from the log.
    mutating func append(_ change: ChangeRecord) {
        count += 1
        let author = index(change.origin)
        origin.values.append(UInt64(author))
        appendEntity(change.entity)
        let step = Int64(bitPattern: change.sequence &- sequences[author])
        sequence.values.append(IntegerColumn.zigzag(step))
        sequences[author] = change.sequence
        append(change.stamp)
        let start = bytes.count
        bytes.append(contentsOf: change.body)
        let isWhole: Void? = change.body.withUnsafeBytes { body in
            var cursor = ByteCursor(body)
            return appendBody(&cursor, at: start, of: change.entity)
        }
        precondition(isWhole != nil, "the body of a change is whole")
    }

    private mutating func index(_ id: OriginID) -> Int {
        if let last = origin.values.last, origins[Int(last)] == id { return Int(last) }
        if let index = originIndexes[id] { return index }
        originIndexes[id] = origins.count
        origins.append(id)
        sequences.append(0)
        return origins.count - 1
    }

    private mutating func appendEntity(_ id: EntityID) {
        let start = entityBytes.count
        entityBytes.append(id.kind.rawValue)
        withUnsafeBytes(of: (id.high, id.low)) { entityBytes.append(contentsOf: $0) }
        let number = entityBytes.withUnsafeBytes { entityNumbers.number(Span(start, 17), in: $0) }
        if Int(number) == entities.count {
            entities.append(id)
            entity.values.append(0)
        } else {
            entityBytes.removeLast(17)
            entity.values.append(UInt64(number) + 1)
        }
    }

    /// Changes of one moment count on; a later one begins anew.
    private mutating func append(_ stamp: Stamp) {
        let step = stamp.milliseconds - lastStamp.milliseconds
        let base = step == 0 ? Int64(lastStamp.counter) : 0
        milliseconds.values.append(IntegerColumn.zigzag(step))
        counter.values.append(IntegerColumn.zigzag(Int64(stamp.counter) - base))
        lastStamp = stamp
    }

    /// - Returns: nil if the body is not whole.
    private mutating func appendBody(_ body: inout ByteCursor, at start: Int, of entity: EntityID) -> Void? {
        guard let seen = body.varint() else { return nil }
        seenCount.values.append(seen)
        for _ in 0..<seen {
            guard let origin = body.fixed64(), let sequence = body.varint() else { return nil }
            seenOrigin.values.append(UInt64(index(OriginID(raw: origin))))
            seenSequence.values.append(sequence)
        }
        guard let actor = body.block(), let key = body.block(), let count = body.varint() else { return nil }
        actors.append(Span(start + actor.position, actor.end - actor.position))
        keys.append(Span(start + key.position, key.end - key.position))
        // Most changes of a batch have the shape of the one before.
        let expected = shape.values.last.map { shapes[Int($0)] } ?? []
        var form: [Int] = []
        for place in 0..<count {
            guard let tag = body.byte(), var edit = body.block() else { return nil }
            let slot = Self.slot(tag, &edit)
            var index = -1
            if form.isEmpty, place < expected.count, slots[expected[Int(place)]] == slot {
                index = expected[Int(place)]
            } else {
                if form.isEmpty { form = Array(expected[..<Int(place)]) }
                index = self.index(slot)
                form.append(index)
            }
            columns[index].append(Span(start + edit.position, edit.end - edit.position), of: entity)
        }
        if form.isEmpty, count == expected.count, let last = shape.values.last {
            shape.values.append(last)
        } else {
            shape.values.append(index(form.isEmpty ? Array(expected[..<Int(count)]) : form))
        }
        return ()
    }

    /// - Parameter body: of an edit; its field is read where it has one.
    private static func slot(_ tag: UInt8, _ body: inout ByteCursor) -> ChangeTable.Slot {
        guard ChangeTable.hasField(tag: tag) else {
            return ChangeTable.Slot(tag: tag, field: nil, isEscaped: tag == ChangeTable.escape)
        }
        var after = body
        guard let field = after.varint().flatMap({ UInt16(exactly: $0) }) else {
            return ChangeTable.Slot(tag: tag, field: nil, isEscaped: true)
        }
        body = after
        return ChangeTable.Slot(tag: tag, field: field, isEscaped: false)
    }

    private mutating func index(_ slot: ChangeTable.Slot) -> Int {
        if let index = slotIndexes[slot] { return index }
        slotIndexes[slot] = slots.count
        slots.append(slot)
        columns.append(SlotColumn(isOfCreations: slot.tag == Edit.Tag.create.rawValue))
        return slots.count - 1
    }

    private mutating func index(_ form: [Int]) -> UInt64 {
        if let index = shapeIndexes[form] { return UInt64(index) }
        shapeIndexes[form] = shapes.count
        shapes.append(form)
        return UInt64(shapes.count - 1)
    }

    func write(to writer: inout ByteWriter) {
        writer.varint(count)
        writer.varint(origins.count)
        for origin in origins { writer.fixed64(origin.raw) }
        writeEntities(to: &writer)
        for column in [origin, entity, sequence, milliseconds, counter, seenCount] { column.write(to: &writer) }
        writer.varint(seenOrigin.values.count)
        seenOrigin.write(to: &writer)
        seenSequence.write(to: &writer)
        bytes.withUnsafeBytes { bytes in
            for spans in [actors, keys] {
                var column = PayloadColumn(expecting: spans.count)
                for span in spans { column.append(span, in: bytes) }
                column.write(to: &writer, from: bytes)
            }
            writeShapes(to: &writer)
            for column in columns { column.write(to: &writer, from: bytes) }
        }
    }

    /// The first half of an identifier that begins with a time is a small step from the one before.
    private func writeEntities(to writer: inout ByteWriter) {
        writer.varint(entities.count)
        IntegerColumn(values: entities.map { UInt64($0.kind.rawValue) }).write(to: &writer)
        var steps = IntegerColumn()
        var last: UInt64 = 0
        for entity in entities {
            steps.values.append(IntegerColumn.zigzag(Int64(bitPattern: entity.high &- last)))
            last = entity.high
        }
        let isStepped = steps.size < entities.count * 8
        writer.bool(isStepped)
        if isStepped { steps.write(to: &writer) } else { for entity in entities { writer.fixed64(entity.high) } }
        for entity in entities { writer.fixed64(entity.low) }
    }

    private func writeShapes(to writer: inout ByteWriter) {
        writer.varint(slots.count)
        for slot in slots {
            if slot.isEscaped { writer.byte(ChangeTable.escape) }
            writer.byte(slot.tag)
            if let field = slot.field { writer.varint(UInt64(field)) }
        }
        writer.varint(shapes.count)
        for form in shapes {
            writer.varint(form.count)
            for slot in form { writer.varint(slot) }
        }
        shape.write(to: &writer)
    }
}
