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
    private let actor: [[UInt8]]
    private let key: [[UInt8]]
    private let shape: [[UInt8]]
    private let payload: [[UInt8]]

    init(count: Int, from reader: inout ByteReader) throws {
        self.count = count
        let originCount = try reader.count(atMost: reader.remaining / 8)
        var origins: [OriginID] = []
        for _ in 0..<originCount { origins.append(OriginID(raw: try reader.fixed64())) }
        self.origins = origins
        let entityCount = try reader.count(atMost: min(count, reader.remaining / 16))
        let kinds = try IntegerColumn.read(entityCount, from: &reader)
        var entities: [EntityID] = []
        for kind in kinds {
            guard let kind = UInt8(exactly: kind) else {
                throw ReplicationError.malformed("An entity kind is above 255.")
            }
            entities.append(
                EntityID(
                    kind: EntityKind(rawValue: kind), high: try reader.fixed64(), low: try reader.fixed64()))
        }
        self.entities = entities
        origin = try IntegerColumn.read(count, from: &reader)
        entity = try IntegerColumn.read(count, from: &reader)
        sequence = try IntegerColumn.read(count, from: &reader)
        milliseconds = try IntegerColumn.read(count, from: &reader)
        counter = try IntegerColumn.read(count, from: &reader)
        seenCount = try IntegerColumn.read(count, from: &reader)
        let seenTotal = try reader.count(
            atMost: min(count * ReplicationLimits.originsInSeen, ReplicationLimits.bytesUnfolded / 16))
        seenOrigin = try IntegerColumn.read(seenTotal, from: &reader)
        seenSequence = try IntegerColumn.read(seenTotal, from: &reader)
        actor = try PayloadColumn.read(count, from: &reader)
        key = try PayloadColumn.read(count, from: &reader)
        shape = try PayloadColumn.read(count, from: &reader)
        let payloadCount = try reader.count(
            atMost: min(count * ReplicationLimits.editsInChange, ReplicationLimits.editsInBatch))
        payload = try PayloadColumn.read(payloadCount, from: &reader)
    }

    func changes() throws -> [Change] {
        var changes: [Change] = []
        changes.reserveCapacity(count)
        var lastSequence: [OriginID: UInt64] = [:]
        var lastMilliseconds: Int64 = 0
        var nextEntity = 0
        var seenIndex = 0
        var payloadIndex = 0
        for row in 0..<count {
            let author = try originID(origin[row])
            let target = try entityID(row, &nextEntity)
            let number = lastSequence[author, default: 0] &+ UInt64(bitPattern: IntegerColumn.unzigzag(sequence[row]))
            lastSequence[author] = number
            let stamp = try stamp(row, &lastMilliseconds)
            let seen = try seen(row, &seenIndex)
            guard let name = String(validating: actor[row], as: UTF8.self) else {
                throw ReplicationError.malformed("An actor's name is not UTF-8.")
            }
            let change = Change(
                origin: author, sequence: number, stamp: stamp, entity: target, seen: seen, actor: name,
                key: key[row], edits: try edits(row, &payloadIndex))
            try change.validate()
            changes.append(change)
        }
        guard nextEntity == entities.count, seenIndex == seenOrigin.count, payloadIndex == payload.count else {
            throw ReplicationError.malformed("A batch has dictionary entries to spare.")
        }
        return changes
    }

    private func originID(_ index: UInt64) throws -> OriginID {
        guard index < UInt64(origins.count) else {
            throw ReplicationError.malformed("A change names an origin that is not in its batch.")
        }
        return origins[Int(index)]
    }

    private func entityID(_ row: Int, _ next: inout Int) throws -> EntityID {
        let code = entity[row]
        if code == 0 {
            guard next < entities.count else {
                throw ReplicationError.malformed("A change names an entity that is not in its batch.")
            }
            defer { next += 1 }
            return entities[next]
        }
        guard code <= UInt64(next) else {
            throw ReplicationError.malformed("A change names an entity before its batch does.")
        }
        return entities[Int(code - 1)]
    }

    private func stamp(_ row: Int, _ last: inout Int64) throws -> Stamp {
        let (sum, overflows) = last.addingReportingOverflow(IntegerColumn.unzigzag(milliseconds[row]))
        guard !overflows, sum >= 0, sum <= Stamp.millisecondsMax, counter[row] <= 0xFFFF else {
            throw ReplicationError.malformed("A stamp lies before 1970 or beyond the year 6429.")
        }
        last = sum
        return Stamp(raw: UInt64(sum) << 16 | counter[row])
    }

    private func seen(_ row: Int, _ index: inout Int) throws -> VersionVector {
        let count = seenCount[row]
        guard count <= UInt64(min(ReplicationLimits.originsInSeen, seenOrigin.count - index)) else {
            throw ReplicationError.malformed("A change has seen more origins than its batch names.")
        }
        var entries: [ChangeReference] = []
        for _ in 0..<count {
            let entry = ChangeReference(origin: try originID(seenOrigin[index]), sequence: seenSequence[index])
            guard entry.sequence > 0, entries.last.map({ $0.origin < entry.origin }) ?? true else {
                throw ReplicationError.malformed("A version vector is out of order.")
            }
            entries.append(entry)
            index += 1
        }
        return VersionVector(ascending: entries)
    }

    private func edits(_ row: Int, _ index: inout Int) throws -> [Edit] {
        var form = ByteReader(shape[row])
        var edits: [Edit] = []
        while !form.isAtEnd {
            var tag = try form.byte()
            var body = ByteWriter()
            if tag == ChangeTable.escape {
                tag = try form.byte()
            } else if ChangeTable.hasField(tag: tag) {
                body.varint(UInt64(try form.field().rawValue))
            }
            guard index < payload.count, edits.count < ReplicationLimits.editsInChange else {
                throw ReplicationError.malformed("A change has more edits than its batch has payloads.")
            }
            body.raw(payload[index])
            index += 1
            edits.append(Edit(tag: tag, body: body.bytes))
        }
        return edits
    }
}
