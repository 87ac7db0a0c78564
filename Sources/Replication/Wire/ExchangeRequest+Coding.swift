extension ExchangeRequest {
    public var encoded: [UInt8] {
        var writer = ByteWriter(reserving: 1_024)
        writer.protocolRange(protocols)
        writer.byte(lane.rawValue)
        writer.text(software)
        writer.fixed64(origin.raw)
        writer.varint(UInt64(number.start))
        writer.varint(UInt64(number.count))
        writer.signed(wallClock)
        writer.chain(acknowledged)
        writer.cursor(cursor)
        writer.bool(watermark != nil)
        if let watermark {
            writer.signed(watermark.time)
            writer.varint(watermark.sequence)
        }
        writer.varint(backlog)
        writer.varint(withdrawn.count)
        for item in withdrawn {
            writer.varint(item.number)
            writer.varint(item.sequence)
        }
        writer.varint(whole.count)
        for item in whole {
            writer.varint(item.enter)
            writer.varint(item.upTo)
        }
        writer.varint(wishes.count)
        for item in wishes {
            writer.varint(item.enter)
            item.entity.write(to: &writer)
            writer.varint(item.after)
        }
        writer.bool(before != nil)
        if let before, let after {
            writer.chain(before)
            writer.digest(after)
            ChangeTable.write(changes, to: &writer)
        }
        writer.sections(sections)
        return Frame.seal(.request, writer)
    }

    private var sections: [Section] {
        var sections = [
            compare.map { Section(tag: Section.Tag.compare, body: $0.encoded) },
            attachments.map { Section(tag: Section.Tag.attachments, body: $0.encoded) },
        ].compactMap(\.self)
        if let receipt { sections.append(Section(tag: Section.Tag.receipt, body: receipt.encoded)) }
        if wantsProof { sections.append(Section(tag: Section.Tag.proof, body: [])) }
        return sections
    }

    private mutating func take(_ section: Section) throws {
        switch section.tag {
        case Section.Tag.compare: compare = try CompareRequest(encoded: section.body)
        case Section.Tag.attachments: attachments = try AttachmentRequest(encoded: section.body)
        case Section.Tag.proof: wantsProof = true
        case Section.Tag.receipt: receipt = try Receipt(encoded: section.body)
        default: return
        }
    }

    /// - Parameter mischief: none in a node.
    public init(encoded: [UInt8], mischief: Mischief = .none) throws {
        var reader = try Frame.open(encoded, as: .request, mischief)
        let protocols = try reader.protocolRange()
        _ = try protocols.agreed(with: .current)
        guard let lane = Lane(rawValue: try reader.byte()) else {
            throw ReplicationError.malformed("A request has a lane that this version does not know.")
        }
        let software = try reader.software()
        let origin = OriginID(raw: try reader.fixed64())
        let number = Number(start: try reader.uint32(), count: try reader.uint32())
        let wallClock = try reader.milliseconds()
        self.init(
            lane: lane, origin: origin, number: number, acknowledged: try reader.chain(), cursor: try reader.cursor())
        self.protocols = protocols
        self.software = software
        self.wallClock = wallClock
        if try reader.bool() { watermark = Watermark(time: try reader.signed(), sequence: try reader.sequence()) }
        backlog = try reader.varint()
        try readAcknowledgements(from: &reader)
        if try reader.bool() {
            guard lane == .push else { throw ReplicationError.malformed("Changes come with a push only.") }
            before = try reader.chain()
            after = try reader.digest()
            changes = try ChangeTable.read(from: &reader)
        }
        for section in try reader.sections() { try take(section) }
        try reader.expectEnd()
        guard lane != .compare || compare != nil else {
            throw ReplicationError.malformed("A comparison without a step.")
        }
        guard lane != .attachments || attachments != nil else {
            throw ReplicationError.malformed("A request for attachments without any.")
        }
    }

    private mutating func readAcknowledgements(from reader: inout ByteReader) throws {
        let limit = ReplicationLimits.acknowledgementsInRequest
        withdrawn = try (0..<(try reader.count(atMost: limit))).map { _ in
            Withdrawn(number: try reader.sequence(), sequence: try reader.sequence())
        }
        whole = try (0..<(try reader.count(atMost: limit))).map { _ in
            HistoryWhole(enter: try reader.sequence(), upTo: try reader.sequence())
        }
        wishes = try (0..<(try reader.count(atMost: ReplicationLimits.historiesInRequest))).map { _ in
            HistoryWish(
                enter: try reader.sequence(), entity: try EntityID(from: &reader), after: try reader.sequence())
        }
    }
}

extension ByteWriter {
    mutating func protocolRange(_ range: ProtocolRange) {
        varint(UInt64(range.lowest))
        varint(UInt64(range.highest))
    }

    mutating func chain(_ chain: Chain) {
        varint(chain.number)
        digest(chain.digest)
    }

    mutating func epoch(_ epoch: Epoch) {
        varint(UInt64(epoch.number))
        fixed64(epoch.random)
    }

    mutating func cursor(_ cursor: FeedCursor) {
        epoch(cursor.epoch)
        chain(cursor.chain)
    }
}

extension ByteReader {
    /// What a site calls its software.
    mutating func software() throws -> String {
        let text = try text()
        guard text.utf8.count <= ReplicationLimits.bytesInSoftware else {
            throw ReplicationError.malformed("The name of the software is over 64 bytes.")
        }
        return text
    }

    mutating func uint32() throws -> UInt32 { UInt32(try count(atMost: Int(UInt32.max))) }

    /// A time that can be reckoned with: no difference of two overflows.
    mutating func milliseconds() throws -> Int64 {
        let value = try signed()
        guard value.magnitude <= Stamp.millisecondsMax.magnitude else {
            throw ReplicationError.malformed("A clock reading lies beyond the year 6429.")
        }
        return value
    }

    mutating func protocolRange() throws -> ProtocolRange {
        ProtocolRange(
            lowest: UInt16(try count(atMost: Int(UInt16.max))), highest: UInt16(try count(atMost: Int(UInt16.max))))
    }

    mutating func chain() throws -> Chain { Chain(number: try sequence(), digest: try digest()) }

    mutating func epoch() throws -> Epoch { Epoch(number: try uint32(), random: try fixed64()) }

    mutating func cursor() throws -> FeedCursor { FeedCursor(epoch: try epoch(), chain: try chain()) }
}
