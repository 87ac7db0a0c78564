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

    /// What the edits of a slot have in common.
    struct Slot: Hashable {
        let tag: UInt8
        /// Of an edit that assigns, adds or removes: those begin with the number of their field.
        let field: UInt16?
        /// Whether the body stands as it is although edits of this tag have a field: this version could not read it.
        let isEscaped: Bool
    }

    /// Before the tag of a slot whose bodies stand as they are.
    static let escape: UInt8 = 0xFF

    static func hasField(tag: UInt8) -> Bool {
        tag == Edit.Tag.assign.rawValue || tag == Edit.Tag.add.rawValue || tag == Edit.Tag.remove.rawValue
    }
}
