import Hashing

extension CompareRequest {
    private enum Step {
        static let announce: UInt8 = 1
        static let claim: UInt8 = 2
        static let deliver: UInt8 = 3
        static let buckets: UInt8 = 4
        static let list: UInt8 = 5
        static let returned: UInt8 = 6
        static let level: UInt8 = 7
        static let finish: UInt8 = 8
    }

    var encoded: [UInt8] {
        var writer = ByteWriter(reserving: 1_024)
        switch self {
        case .announce(let previous):
            writer.byte(Step.announce)
            writer.fixed64(previous.raw)
        case .claim(let claim):
            writer.byte(Step.claim)
            writer.fixed64(claim.origin.raw)
            writer.varint(claim.pendingFrom)
            writer.varint(claim.points.count)
            for point in claim.points { writer.chain(point) }
        case .deliver(let part):
            writer.byte(Step.deliver)
            part.write(to: &writer)
        case .buckets(let sums):
            writer.byte(Step.buckets)
            writer.varint(sums.count)
            for item in sums {
                writer.varint(UInt64(item.bucket))
                writer.digest(item.sum)
            }
        case .list(let list):
            writer.byte(Step.list)
            list.write(to: &writer)
        case .returned(let changes):
            writer.byte(Step.returned)
            ChangeTable.write(changes, to: &writer)
        case .level(let list):
            writer.byte(Step.level)
            list.write(to: &writer)
        case .finish: writer.byte(Step.finish)
        }
        return writer.bytes
    }

    init(encoded: [UInt8]) throws {
        var reader = ByteReader(encoded)
        let step = try reader.byte()
        switch step {
        case Step.announce: self = .announce(previous: OriginID(raw: try reader.fixed64()))
        case Step.claim:
            let origin = OriginID(raw: try reader.fixed64())
            let pendingFrom = try reader.sequence()
            let count = try reader.count(atMost: ReplicationLimits.pointsInClaim)
            var last: UInt64 = 0
            let points = try (0..<count).map { _ in
                let point = try reader.chain()
                guard point.number > last else { throw ReplicationError.malformed("A claim's points do not rise.") }
                last = point.number
                return point
            }
            self = .claim(StreamClaim(origin: origin, pendingFrom: pendingFrom, points: points))
        case Step.deliver: self = .deliver(try StreamPart(from: &reader))
        case Step.buckets:
            let count = try reader.count(atMost: Bucket.count)
            self = .buckets(
                try (0..<count).map { _ in
                    BucketSum(
                        bucket: UInt16(try reader.count(atMost: Bucket.count - 1)), sum: try reader.digest())
                })
        case Step.list: self = .list(try BucketList(from: &reader))
        case Step.returned: self = .returned(try ChangeTable.read(from: &reader))
        case Step.level: self = .level(try BucketList(from: &reader))
        case Step.finish: self = .finish
        default: throw ReplicationError.malformed("A comparison has a step that this version does not know.")
        }
        try reader.expectEnd()
    }
}

extension StreamPart {
    private enum Condition {
        static let pending: UInt8 = 0
        static let admitted: UInt8 = 1
        static let refused: UInt8 = 2
        static let emptied: UInt8 = 3
    }

    fileprivate func write(to writer: inout ByteWriter) {
        writer.fixed64(origin.raw)
        writer.chain(before)
        writer.varint(items.count)
        for item in items {
            switch item {
            case .pending: writer.byte(Condition.pending)
            case .admitted: writer.byte(Condition.admitted)
            case .refused(_, let reason):
                writer.byte(Condition.refused)
                writer.text(reason)
            case .emptied(let hash):
                writer.byte(Condition.emptied)
                writer.digest(hash)
            }
        }
        ChangeTable.write(items.compactMap(\.change), to: &writer)
    }

    fileprivate init(from reader: inout ByteReader) throws {
        let origin = OriginID(raw: try reader.fixed64())
        let before = try reader.chain()
        var heads: [(condition: UInt8, reason: String, hash: Digest128)] = []
        for _ in 0..<(try reader.count(atMost: ReplicationLimits.changesInBatch)) {
            let condition = try reader.byte()
            switch condition {
            case Condition.pending, Condition.admitted: heads.append((condition, "", .zero))
            case Condition.refused: heads.append((condition, try reader.text(), .zero))
            case Condition.emptied: heads.append((condition, "", try reader.digest()))
            default: throw ReplicationError.malformed("A change came with a condition that this version does not know.")
            }
        }
        var changes = try ChangeTable.read(from: &reader)[...]
        var items: [Item] = []
        for head in heads {
            if head.condition == Condition.emptied {
                items.append(.emptied(head.hash))
                continue
            }
            guard let change = changes.popFirst() else {
                throw ReplicationError.malformed("A part of a stream announces more changes than it holds.")
            }
            switch head.condition {
            case Condition.pending: items.append(.pending(change))
            case Condition.admitted: items.append(.admitted(change))
            default: items.append(.refused(change, reason: head.reason))
            }
        }
        guard changes.isEmpty else {
            throw ReplicationError.malformed("A part of a stream holds more changes than it announces.")
        }
        self.init(origin: origin, before: before, items: items)
    }
}

extension BucketList {
    fileprivate func write(to writer: inout ByteWriter) {
        writer.varint(buckets.count)
        for bucket in buckets { writer.varint(UInt64(bucket)) }
        writer.varint(items.count)
        for item in items {
            item.entity.write(to: &writer)
            writer.digest(item.sum)
        }
    }

    fileprivate init(from reader: inout ByteReader) throws {
        let buckets = try reader.buckets()
        let count = try reader.count(atMost: ReplicationLimits.entitiesInList)
        let items = try (0..<count).map { _ in
            Item(entity: try EntityID(from: &reader), sum: try reader.digest())
        }
        self.init(buckets: buckets, items: items)
    }
}

extension ByteReader {
    mutating func buckets() throws -> [UInt16] {
        let count = try count(atMost: Bucket.count)
        return try (0..<count).map { _ in UInt16(try self.count(atMost: Bucket.count - 1)) }
    }
}
