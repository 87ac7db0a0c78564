import Hashing

extension CompareAnswer {
    private enum Word {
        static let done: UInt8 = 1
        static let notReady: UInt8 = 2
        static let standing: UInt8 = 3
        static let delivered: UInt8 = 4
        static let differing: UInt8 = 5
        static let vectors: UInt8 = 6
        static let overruled: UInt8 = 7
    }

    var encoded: [UInt8] {
        var writer = ByteWriter(reserving: 256)
        switch self {
        case .done: writer.byte(Word.done)
        case .notReady: writer.byte(Word.notReady)
        case .standing(let standing):
            writer.byte(Word.standing)
            writer.varint(standing.common)
            writer.varint(standing.tip)
            writer.varint(standing.further.count)
            for held in standing.further {
                writer.fixed64(held.stamp.raw)
                writer.digest(held.hash)
            }
        case .delivered(let chain):
            writer.byte(Word.delivered)
            writer.chain(chain)
        case .differing(let buckets):
            writer.byte(Word.differing)
            writer.varint(buckets.count)
            for bucket in buckets { writer.varint(UInt64(bucket)) }
        case .vectors(let held):
            writer.byte(Word.vectors)
            writer.varint(held.count)
            for item in held {
                item.entity.write(to: &writer)
                item.vector.write(to: &writer)
                for sum in item.sums { writer.digest(sum) }
            }
        case .overruled(let references):
            writer.byte(Word.overruled)
            writer.varint(references.count)
            for reference in references { reference.write(to: &writer) }
        }
        return writer.bytes
    }

    init(encoded: [UInt8]) throws {
        var reader = ByteReader(encoded)
        switch try reader.byte() {
        case Word.done: self = .done
        case Word.notReady: self = .notReady
        case Word.standing:
            let common = try reader.sequence()
            let tip = try reader.sequence()
            let count = try reader.count(atMost: ReplicationLimits.pointsInClaim)
            let further = try (0..<count).map { _ in
                StreamStanding.Held(stamp: Stamp(raw: try reader.fixed64()), hash: try reader.digest())
            }
            self = .standing(StreamStanding(common: common, tip: tip, further: further))
        case Word.delivered: self = .delivered(try reader.chain())
        case Word.differing: self = .differing(try reader.buckets())
        case Word.vectors:
            let count = try reader.count(atMost: ReplicationLimits.entitiesInList)
            self = .vectors(
                try (0..<count).map { _ in
                    let entity = try EntityID(from: &reader)
                    let vector = try VersionVector(from: &reader)
                    let sums = try vector.entries.map { _ in try reader.digest() }
                    return Held(entity: entity, vector: vector, sums: sums)
                })
        case Word.overruled:
            let count = try reader.count(atMost: ReplicationLimits.changesInBatch)
            self = .overruled(try (0..<count).map { _ in try ChangeReference(from: &reader) })
        default: throw ReplicationError.malformed("A comparison was answered with what this version does not know.")
        }
        try reader.expectEnd()
    }
}
