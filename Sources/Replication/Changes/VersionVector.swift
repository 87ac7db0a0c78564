/// How far the changes of each origin to one entity are held: the highest sequence, origin by origin.
public struct VersionVector: Hashable, Sendable {
    /// Sorted by origin; sequences are at least 1.
    public private(set) var entries: [ChangeReference]

    public init() { entries = [] }

    public init(_ entries: [ChangeReference]) {
        self.entries = []
        for entry in entries { include(entry) }
    }

    /// - Precondition: sorted by origin, without repetition.
    init(ascending entries: [ChangeReference]) { self.entries = entries }

    public var isEmpty: Bool { entries.isEmpty }

    public subscript(origin: OriginID) -> UInt64 {
        entries.first { $0.origin == origin }?.sequence ?? 0
    }

    public mutating func include(_ reference: ChangeReference) {
        guard let index = entries.firstIndex(where: { $0.origin >= reference.origin }) else {
            entries.append(reference)
            return
        }
        if entries[index].origin == reference.origin {
            if entries[index].sequence < reference.sequence { entries[index] = reference }
        } else {
            entries.insert(reference, at: index)
        }
    }

    /// The same without one origin: a change leaves its own out of what it has seen.
    public func without(_ origin: OriginID) -> VersionVector {
        var copy = self
        copy.entries.removeAll { $0.origin == origin }
        return copy
    }

    public func covers(_ reference: ChangeReference) -> Bool { self[reference.origin] >= reference.sequence }

    func write(to writer: inout ByteWriter) {
        writer.varint(entries.count)
        for entry in entries {
            writer.fixed64(entry.origin.raw)
            writer.varint(entry.sequence)
        }
    }

    /// - Parameter limit: more origins than this are refused; a stored row may name more than a change.
    init(from reader: inout ByteReader, atMost limit: Int = ReplicationLimits.originsInSeen) throws {
        let count = try reader.count(atMost: min(reader.remaining / 9, limit))
        entries = []
        entries.reserveCapacity(count)
        for _ in 0..<count {
            let entry = ChangeReference(origin: OriginID(raw: try reader.fixed64()), sequence: try reader.varint())
            guard entry.sequence > 0, entries.last.map({ $0.origin < entry.origin }) ?? true else {
                throw ReplicationError.malformed("A version vector is out of order.")
            }
            entries.append(entry)
        }
    }
}
