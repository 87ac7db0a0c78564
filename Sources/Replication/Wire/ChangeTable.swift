/// Changes in columns: dictionaries for origins, entities, shapes and payloads, steps for stamps and sequences.
///
/// A *shape* is the list of (tag, field) of a change's edits; a batch has few. What remains of a one-field change is
/// its entity's identifier, a step of time and a value.
enum ChangeTable {
    static func write(_ changes: [Change], to writer: inout ByteWriter) {
        var columns = Columns()
        for change in changes { columns.append(change) }
        writer.varint(changes.count)
        columns.write(to: &writer)
    }

    static func read(from reader: inout ByteReader) throws -> [Change] {
        let count = try reader.count(atMost: ReplicationLimits.changesInBatch)
        return try ChangeTableReader(count: count, from: &reader).changes()
    }

    /// An edit cut into what the shape holds and what the payload holds.
    static func split(_ edit: Edit) -> (shape: [UInt8], payload: [UInt8]) {
        switch edit {
        case .assign(let field, let value), .add(let field, let value), .remove(let field, let value):
            var shape = ByteWriter(reserving: 4)
            shape.byte(edit.tag)
            shape.varint(UInt64(field.rawValue))
            return (shape.bytes, value.encoded)
        case .unknown(let tag, let body) where hasField(tag: tag) || tag == escape: return ([escape, tag], body)
        default: return ([edit.tag], edit.body)
        }
    }

    /// Before the tag of an edit whose body this version could not read although it knows the tag: no field follows.
    /// No edit of ours has this tag; one that comes from elsewhere is escaped like them.
    static let escape: UInt8 = 0xFF

    static func hasField(tag: UInt8) -> Bool {
        [Edit.Tag.assign.rawValue, Edit.Tag.add.rawValue, Edit.Tag.remove.rawValue].contains(tag)
    }

    /// The columns of a batch while it is written.
    private struct Columns {
        var originIndexes: [OriginID: Int] = [:]
        var origins: [OriginID] = []
        var entityIndexes: [EntityID: Int] = [:]
        var entities: [EntityID] = []
        var kinds = IntegerColumn()
        var origin = IntegerColumn()
        var entity = IntegerColumn()
        var sequence = IntegerColumn()
        var milliseconds = IntegerColumn()
        var counter = IntegerColumn()
        var seenCount = IntegerColumn()
        var seenOrigin = IntegerColumn()
        var seenSequence = IntegerColumn()
        var actor = PayloadColumn()
        var key = PayloadColumn()
        var shape = PayloadColumn()
        var payload = PayloadColumn()
        var lastSequence: [OriginID: UInt64] = [:]
        var lastMilliseconds: Int64 = 0

        mutating func index(_ id: OriginID) -> UInt64 {
            if let index = originIndexes[id] { return UInt64(index) }
            originIndexes[id] = origins.count
            origins.append(id)
            return UInt64(origins.count - 1)
        }

        mutating func append(_ change: Change) {
            origin.values.append(index(change.origin))
            if let index = entityIndexes[change.entity] {
                entity.values.append(UInt64(index) + 1)
            } else {
                entityIndexes[change.entity] = entities.count
                entities.append(change.entity)
                kinds.values.append(UInt64(change.entity.kind.rawValue))
                entity.values.append(0)
            }
            let step = Int64(bitPattern: change.sequence &- lastSequence[change.origin, default: 0])
            sequence.values.append(IntegerColumn.zigzag(step))
            lastSequence[change.origin] = change.sequence
            milliseconds.values.append(IntegerColumn.zigzag(change.stamp.milliseconds - lastMilliseconds))
            lastMilliseconds = change.stamp.milliseconds
            counter.values.append(change.stamp.raw & 0xFFFF)
            seenCount.values.append(UInt64(change.seen.entries.count))
            for seen in change.seen.entries {
                seenOrigin.values.append(index(seen.origin))
                seenSequence.values.append(seen.sequence)
            }
            actor.payloads.append(Array(change.actor.utf8))
            key.payloads.append(change.key)
            var form = ByteWriter(reserving: 32)
            for edit in change.edits {
                let parts = split(edit)
                form.raw(parts.shape)
                payload.payloads.append(parts.payload)
            }
            shape.payloads.append(form.bytes)
        }

        func write(to writer: inout ByteWriter) {
            writer.varint(origins.count)
            for origin in origins { writer.fixed64(origin.raw) }
            writer.varint(entities.count)
            kinds.write(to: &writer)
            for entity in entities {
                writer.fixed64(entity.high)
                writer.fixed64(entity.low)
            }
            for column in [origin, entity, sequence, milliseconds, counter, seenCount] { column.write(to: &writer) }
            writer.varint(seenOrigin.values.count)
            seenOrigin.write(to: &writer)
            seenSequence.write(to: &writer)
            for column in [actor, key, shape] { column.write(to: &writer) }
            writer.varint(payload.payloads.count)
            payload.write(to: &writer)
        }
    }
}
