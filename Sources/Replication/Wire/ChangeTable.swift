/// Changes in columns: dictionaries for origins, entities and shapes, steps for stamps and sequences, and a column of
/// its own for each *slot*, which is a tag and, where there is one, a field.
///
/// A *shape* is the list of slots of a change's edits; a batch has few. What remains of a one-field change is its
/// entity's identifier, a step of time and a value.
enum ChangeTable {
    static func write(_ changes: [Change], to writer: inout ByteWriter) {
        var table = ChangeTableWriter(expecting: changes.count)
        for change in changes { table.append(change.record) }
        table.write(to: &writer)
    }

    static func read(from reader: inout ByteReader) throws -> [Change] {
        let count = try reader.count(atMost: ReplicationLimits.changesInBatch)
        return try ChangeTableReader(count: count, from: &reader).changes()
    }

    /// What the edits of a slot have in common. In one word, since it is compared for each edit of a batch.
    struct Slot: Hashable {
        private static let hasField: UInt32 = 1 << 24
        private static let escaped: UInt32 = 1 << 25

        private let raw: UInt32

        /// - Parameters:
        ///   - field: of an edit that assigns, adds or removes: those begin with the number of their field.
        ///   - isEscaped: whether the body stands as it is although edits of this tag have a field: this version
        ///     could not read it.
        @inline(__always)
        init(tag: UInt8, field: UInt16?, isEscaped: Bool) {
            raw =
                UInt32(tag) | (field.map { UInt32($0) << 8 | Self.hasField } ?? 0) | (isEscaped ? Self.escaped : 0)
        }

        var tag: UInt8 { UInt8(truncatingIfNeeded: raw) }
        var field: UInt16? { raw & Self.hasField == 0 ? nil : UInt16(truncatingIfNeeded: raw >> 8) }
        var isEscaped: Bool { raw & Self.escaped != 0 }
    }

    /// Before the tag of a slot whose bodies stand as they are.
    static let escape: UInt8 = 0xFF

    static func hasField(tag: UInt8) -> Bool {
        tag == Edit.Tag.assign.rawValue || tag == Edit.Tag.add.rawValue || tag == Edit.Tag.remove.rawValue
    }
}
