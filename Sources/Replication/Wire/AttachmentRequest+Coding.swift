extension AttachmentRequest {
    var encoded: [UInt8] {
        var writer = ByteWriter(reserving: 1_024)
        writer.varint(offers.count)
        for offer in offers {
            writer.attachmentName(offer.name)
            writer.raw(offer.proof)
        }
        writer.varint(wants.count)
        for want in wants {
            writer.attachmentName(want.name)
            writer.bool(want.held != nil)
            want.held?.write(to: &writer)
        }
        writer.parts(parts)
        return writer.bytes
    }

    init(encoded: [UInt8]) throws {
        var reader = ByteReader(encoded)
        self.init()
        let offered = try reader.count(atMost: AttachmentLimits.offersInRequest)
        offers = try (0..<offered).map { _ in
            Offer(name: try reader.attachmentName(), proof: try reader.raw(ContentHash.byteCount))
        }
        let wanted = try reader.count(atMost: AttachmentLimits.wantsInRequest)
        wants = try (0..<wanted).map { _ in
            let name = try reader.attachmentName()
            return Want(name: name, held: try reader.bool() ? try ChunkMap(from: &reader) : nil)
        }
        parts = try reader.parts()
        try reader.expectEnd()
    }
}

extension AttachmentAnswer {
    private enum Word {
        static let held: UInt8 = 1
        static let lacking: UInt8 = 2
        static let damaged: UInt8 = 3
        static let unknown: UInt8 = 4
        static let here: UInt8 = 5
        static let notYet: UInt8 = 6
    }

    var encoded: [UInt8] {
        var writer = ByteWriter(reserving: 1_024)
        writer.varint(offered.count)
        for item in offered {
            writer.attachmentName(item.name)
            switch item.standing {
            case .held: writer.byte(Word.held)
            case .lacking(let map):
                writer.byte(Word.lacking)
                map.write(to: &writer)
            case .damaged: writer.byte(Word.damaged)
            case .unknown: writer.byte(Word.unknown)
            }
        }
        writer.varint(wanted.count)
        for item in wanted {
            writer.attachmentName(item.name)
            switch item.standing {
            case .here(let isElsewhere):
                writer.byte(Word.here)
                writer.bool(isElsewhere)
            case .notYet: writer.byte(Word.notYet)
            case .unknown: writer.byte(Word.unknown)
            }
        }
        writer.parts(parts)
        return writer.bytes
    }

    init(encoded: [UInt8]) throws {
        var reader = ByteReader(encoded)
        self.init()
        for _ in 0..<(try reader.count(atMost: AttachmentLimits.offersInRequest)) {
            offered.append((try reader.attachmentName(), try Self.offered(&reader)))
        }
        for _ in 0..<(try reader.count(atMost: AttachmentLimits.wantsInRequest)) {
            wanted.append((try reader.attachmentName(), try Self.wanted(&reader)))
        }
        parts = try reader.parts()
        try reader.expectEnd()
    }

    private static func offered(_ reader: inout ByteReader) throws -> Offered {
        switch try reader.byte() {
        case Word.held: return .held
        case Word.lacking: return .lacking(try ChunkMap(from: &reader))
        case Word.damaged: return .damaged
        case Word.unknown: return .unknown
        default:
            throw ReplicationError.malformed("An offer of a file was answered with what this version does not know.")
        }
    }

    private static func wanted(_ reader: inout ByteReader) throws -> Wanted {
        switch try reader.byte() {
        case Word.here: return .here(isElsewhere: try reader.bool())
        case Word.notYet: return .notYet
        case Word.unknown: return .unknown
        default:
            throw ReplicationError.malformed("A wish for a file was answered with what this version does not know.")
        }
    }
}

extension ByteWriter {
    fileprivate mutating func attachmentName(_ name: AttachmentName) {
        name.entity.write(to: &self)
        raw(name.hash.bytes)
    }

    fileprivate mutating func parts(_ parts: [AttachmentPart]) {
        varint(parts.count)
        for part in parts {
            attachmentName(part.name)
            varint(part.number)
            varint(UInt64(part.checksum))
            block(part.bytes)
        }
    }
}

extension ByteReader {
    fileprivate mutating func attachmentName() throws -> AttachmentName {
        let entity = try EntityID(from: &self)
        guard let hash = ContentHash(try raw(ContentHash.byteCount)) else {
            throw ReplicationError.malformed("A file is not named by 32 bytes.")
        }
        return AttachmentName(entity: entity, hash: hash)
    }

    /// As many as fit, even if the last chunks of files are short; each takes at least 50 bytes of the frame.
    fileprivate mutating func parts() throws -> [AttachmentPart] {
        try (0..<(try count(atMost: AttachmentLimits.bytesInRequest / 50))).map { _ in
            let name = try attachmentName()
            let number = try count(atMost: AttachmentLimits.chunksInFile - 1)
            let checksum = UInt32(try count(atMost: Int(UInt32.max)))
            let bytes = try block()
            guard bytes.count <= AttachmentLimits.bytesInChunk else {
                throw ReplicationError.malformed("A chunk of a file is over 64 KiB.")
            }
            return AttachmentPart(name: name, number: number, bytes: bytes, checksum: checksum)
        }
    }
}
