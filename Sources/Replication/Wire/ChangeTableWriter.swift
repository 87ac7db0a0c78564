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
    /// The entity of each change.
    private var entities: [EntityID] = []
    private var origin = IntegerColumn()
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
    /// The edits of the changes, one after the other; which slots they are of, their shapes say.
    private var edits: [Span] = []
    private var shapeIndexes: [[Int]: Int] = [:]
    private var shapes: [[Int]] = []
    private var shape = IntegerColumn()
    /// The slots of the last change's shape.
    private var lastSlots: [ChangeTable.Slot] = []
    private var lastStamp = Stamp.zero

    private let expected: Int

    /// - Parameter expected: about how many changes will come; 0 if nobody knows.
    init(expecting expected: Int) { self.expected = expected }

    var isEmpty: Bool { count == 0 }
    /// Bytes of the bodies: more than their columns take.
    var bodyBytes: Int { bytes.count }

    /// - Precondition: the body is whole, as that of a change read or made here is.
    mutating func append(_ change: ChangeRecord) {
        let isWhole = change.body.withUnsafeBytes { put(change.head, body: $0) }
        precondition(isWhole, "the body of a change is whole")
    }

    /// - Parameter body: as it stands in the log; what its edits say is not looked at.
    /// - Returns: whether it consists of the parts that one has, no more of them than may be. The table is of no use
    ///   after one that does not.
    mutating func append(_ change: ChangeHead, body: UnsafeRawBufferPointer) -> Bool {
        let before = edits.count
        return put(change, body: body) && edits.count - before <= ReplicationLimits.editsInChange
            && seenCount.values.last.map { $0 <= UInt64(ReplicationLimits.originsInSeen) } ?? false
    }

    private mutating func put(_ change: ChangeHead, body: UnsafeRawBufferPointer) -> Bool {
        count += 1
        if count == Self.sample { reserveBatch() }
        let author = index(change.origin)
        origin.values.append(UInt64(author))
        entities.append(change.entity)
        let step = Int64(bitPattern: change.sequence &- sequences[author])
        sequence.values.append(IntegerColumn.zigzag(step))
        sequences[author] = change.sequence
        append(change.stamp)
        let start = bytes.count
        bytes.append(contentsOf: body)
        var cursor = ByteCursor(body)
        return appendBody(&cursor, at: start) != nil && cursor.isAtEnd
    }

    /// Changes after which a batch is likely to become a full one.
    private static let sample = 16

    /// Asks for what a batch of such changes takes: to grow step by step copies it several times.
    private mutating func reserveBatch() {
        let full = min(ReplicationLimits.bytesInBatch * count / max(bytes.count, 1), ReplicationLimits.changesInBatch)
        let changes = expected > 0 ? min(expected, full) : full
        guard changes > count else { return }
        bytes.reserveCapacity(bytes.count * changes / count)
        edits.reserveCapacity(edits.count * changes / count)
        origin.values.reserveCapacity(changes)
        entities.reserveCapacity(changes)
        sequence.values.reserveCapacity(changes)
        milliseconds.values.reserveCapacity(changes)
        counter.values.reserveCapacity(changes)
        seenCount.values.reserveCapacity(changes)
        actors.reserveCapacity(changes)
        keys.reserveCapacity(changes)
        shape.values.reserveCapacity(changes)
    }

    private mutating func index(_ id: OriginID) -> Int {
        if let last = origin.values.last, origins[Int(last)] == id { return Int(last) }
        if let index = originIndexes[id] { return index }
        originIndexes[id] = origins.count
        origins.append(id)
        sequences.append(0)
        return origins.count - 1
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
    private mutating func appendBody(_ body: inout ByteCursor, at start: Int) -> Void? {
        guard let seen = body.varint(), seen <= UInt64(body.remaining) else { return nil }
        seenCount.values.append(seen)
        for _ in 0..<seen {
            guard let origin = body.fixed64(), let sequence = body.varint() else { return nil }
            seenOrigin.values.append(UInt64(index(OriginID(raw: origin))))
            seenSequence.values.append(sequence)
        }
        // An edit takes two bytes at least.
        guard let actor = body.block(), let key = body.block(), let count = body.varint(),
            count <= UInt64(body.remaining)
        else { return nil }
        actors.append(Span(start + actor.position, actor.remaining))
        keys.append(Span(start + key.position, key.remaining))
        return appendEdits(count, of: &body, at: start)
    }

    /// - Returns: nil if the body is not whole.
    private mutating func appendEdits(_ count: UInt64, of body: inout ByteCursor, at start: Int) -> Void? {
        // Most changes of a batch have the shape of the one before.
        let before = lastSlots
        var isAsBefore = count == before.count
        var found: [ChangeTable.Slot] = []
        var read = 0
        edits.append(addingCapacity: Int(count)) { edits in
            while read < count, let tag = body.byte(), var edit = body.block() {
                let slot = Self.slot(tag, &edit)
                edits.append(Span(start + edit.position, edit.remaining))
                if isAsBefore, before[read] != slot {
                    found = Array(before[..<read])
                    isAsBefore = false
                }
                if !isAsBefore { found.append(slot) }
                read += 1
            }
        }
        guard read == count else { return nil }
        if isAsBefore, let last = shape.values.last {
            shape.values.append(last)
        } else {
            lastSlots = found
            shape.values.append(index(found.map { index($0) }))
        }
        return ()
    }

    /// - Parameter body: of an edit; its field is read where it has one.
    @inline(__always)
    private static func slot(_ tag: UInt8, _ body: inout ByteCursor) -> ChangeTable.Slot {
        guard ChangeTable.hasField(tag: tag) else {
            return ChangeTable.Slot(tag: tag, field: nil, isEscaped: tag == ChangeTable.escape)
        }
        var after = body
        guard let field = after.varint(), field <= UInt16.max else {
            return ChangeTable.Slot(tag: tag, field: nil, isEscaped: true)
        }
        body = after
        return ChangeTable.Slot(tag: tag, field: UInt16(truncatingIfNeeded: field), isEscaped: false)
    }

    private mutating func index(_ slot: ChangeTable.Slot) -> Int {
        if let index = slotIndexes[slot] { return index }
        slotIndexes[slot] = slots.count
        slots.append(slot)
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
        let entity = writeEntities(to: &writer)
        for column in [origin, entity, sequence, milliseconds, counter, seenCount] { column.write(to: &writer) }
        writer.varint(seenOrigin.values.count)
        seenOrigin.write(to: &writer)
        seenSequence.write(to: &writer)
        bytes.withUnsafeBytes { bytes in
            for spans in [actors, keys] { PayloadColumn(spans[...], in: bytes).write(to: &writer, from: bytes) }
            writeShapes(to: &writer)
            let columns = editsBySlot()
            for (place, slot) in slots.enumerated() {
                SlotColumn(columns[place], ofCreationsOf: slot.tag == Edit.Tag.create.rawValue ? creations(place) : nil)
                    .write(to: &writer, from: bytes)
            }
        }
    }

    /// The edits of each slot, in the order of the changes.
    private func editsBySlot() -> [ArraySlice<Span>] {
        var next = 0
        let starts = editCounts.map { count in
            defer { next += count }
            return next
        }
        var ends = starts
        var sorted = [Span](repeating: Span(0, 0), count: edits.count)
        var places = ends.mutableSpan
        var output = sorted.mutableSpan
        var edit = 0
        var last = UInt64.max
        var columns: [Int] = []
        let forms = shape.values
        for form in forms {
            // Most changes have the shape of the one before.
            if form != last { (last, columns) = (form, shapes[Int(form)]) }
            for slot in columns {
                output[places[slot]] = edits[edit]
                places[slot] += 1
                edit += 1
            }
        }
        return zip(starts, ends).map { sorted[$0..<$1] }
    }

    /// How many edits each slot has.
    private var editCounts: [Int] {
        var uses = [Int](repeating: 0, count: shapes.count)
        let forms = shape.values
        for form in forms { uses[Int(form)] += 1 }
        var counts = [Int](repeating: 0, count: slots.count)
        for (columns, uses) in zip(shapes, uses) {
            for slot in columns { counts[slot] += uses }
        }
        return counts
    }

    /// The entity of each edit of a slot.
    private func creations(_ slot: Int) -> [EntityID] {
        var created: [EntityID] = []
        for (form, entity) in zip(shape.values, entities) {
            for other in shapes[Int(form)] where other == slot { created.append(entity) }
        }
        return created
    }

    /// The first half of an identifier that begins with a time is a small step from the one before.
    /// - Returns: the entity of each change: 0 for the next one that is written here, else its number plus one.
    private func writeEntities(to writer: inout ByteWriter) -> IntegerColumn {
        let (distinct, column) = numberedEntities()
        writer.varint(distinct.count)
        IntegerColumn(values: distinct.map { UInt64($0.kind.rawValue) }).write(to: &writer)
        var last: UInt64 = 0
        let steps = IntegerColumn(
            values: distinct.map { entity in
                defer { last = entity.high }
                return IntegerColumn.zigzag(Int64(bitPattern: entity.high &- last))
            })
        let sizes = steps.sizes
        let isStepped = sizes.framed < distinct.count * 8
        writer.bool(isStepped)
        if isStepped { steps.write(sizes, to: &writer) } else { for entity in distinct { writer.fixed64(entity.high) } }
        for entity in distinct { writer.fixed64(entity.low) }
        return column
    }

    private func numberedEntities() -> ([EntityID], IntegerColumn) {
        var identifiers = ByteWriter(reserving: entities.count * 16)
        let spans = entities.map { entity in
            identifiers.fixed64(entity.high)
            identifiers.fixed64(entity.low)
            return Span(identifiers.count - 16, 16, tag: entity.kind.rawValue)
        }
        var dictionary = SpanDictionary(expecting: spans.count)
        var distinct: [EntityID] = []
        let codes = identifiers.bytes.withUnsafeBytes { bytes in
            zip(entities, spans).map { entity, span -> UInt64 in
                let number = dictionary.number(span, in: bytes)
                guard Int(number) == distinct.count else { return UInt64(number) + 1 }
                distinct.append(entity)
                return 0
            }
        }
        return (distinct, IntegerColumn(values: codes))
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
