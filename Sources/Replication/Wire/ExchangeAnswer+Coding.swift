extension ExchangeAnswer {
    public var encoded: [UInt8] {
        var writer = ByteWriter(reserving: 1_024 + passedOn.table.bodyBytes / 2)
        writer.protocolRange(protocols)
        writer.text(software)
        writer.number(request)
        writer.signed(received)
        writer.signed(sent)
        writer.epoch(epoch)
        writer.number(highest)
        writer.bool(refusal != nil)
        if let refusal {
            writer.text(refusal.kind.rawValue)
            writer.text(refusal.message)
            writer.text(refusal.remedy)
        }
        writer.chain(stored)
        writer.chain(feed)
        writer.bool(isCaughtUp)
        // What is passed on comes first in the columns, and hardly ever anything after it.
        var table = passedOn.table.isEmpty ? ChangeTableWriter(expecting: entries.count) : passedOn.table
        writer.varint(entries.count)
        var last: UInt64 = 0
        for entry in entries {
            writer.varint(entry.number &- last)
            last = entry.number
            writer.byte(entry.tag)
            switch entry.content {
            case .change(let change):
                precondition(
                    passedOn.table.isEmpty, "an answer holds changes as they were read, or as the log has them")
                table.append(change.record)
            case .stored: break
            case .admitted, .refused, .enter, .withdraw, .erase, .emptied: writer.block(entry.body)
            }
        }
        writer.varint(histories.count)
        for chunk in histories {
            writer.varint(chunk.enter)
            chunk.entity.write(to: &writer)
            writer.varint(chunk.upTo)
            writer.bool(chunk.isLast)
            writer.varint(chunk.changes.count)
            for change in chunk.changes { table.append(change.record) }
        }
        table.write(to: &writer)
        writer.sections(sections)
        return Frame.seal(.answer, writer)
    }

    private var sections: [Section] {
        var sections = [
            compare.map { Section(tag: Section.Tag.compare, body: $0.encoded) },
            attachments.map { Section(tag: Section.Tag.attachments, body: $0.encoded) },
        ].compactMap(\.self)
        if !proof.isEmpty {
            var writer = ByteWriter(reserving: proof.count * 16)
            for sum in proof { writer.digest(sum) }
            sections.append(Section(tag: Section.Tag.proof, body: writer.bytes))
        }
        if !storedCode.isEmpty {
            var writer = ByteWriter()
            writer.block(storedCode)
            writer.block(feedCode)
            sections.append(Section(tag: Section.Tag.receipt, body: writer.bytes))
        }
        if !epochProof.isEmpty { sections.append(Section(tag: Section.Tag.epoch, body: epochProof)) }
        return sections
    }

    private mutating func take(_ section: Section) throws {
        switch section.tag {
        case Section.Tag.compare: compare = try CompareAnswer(encoded: section.body)
        case Section.Tag.attachments: attachments = try AttachmentAnswer(encoded: section.body)
        case Section.Tag.proof:
            var reader = ByteReader(section.body)
            proof = try (0..<Bucket.count).map { _ in try reader.digest() }
            try reader.expectEnd()
        case Section.Tag.receipt:
            var reader = ByteReader(section.body)
            storedCode = try reader.block()
            feedCode = try reader.block()
            try reader.expectEnd()
        case Section.Tag.epoch: epochProof = section.body
        default: return
        }
    }

    public init(encoded: [UInt8]) throws {
        var reader = try Frame.open(encoded, as: .answer)
        let protocols = try reader.protocolRange()
        _ = try protocols.agreed(with: .current)
        let software = try reader.software()
        let request = try reader.number()
        let received = try reader.milliseconds()
        let sent = try reader.milliseconds()
        let epoch = try reader.epoch()
        let highest = try reader.number()
        var refusal: Refusal?
        if try reader.bool() {
            let kind = ReplicationError.Kind(rawValue: try reader.text()) ?? .refused
            refusal = Refusal(kind: kind, message: try reader.text(), remedy: try reader.text())
        }
        self.init(request: request, epoch: epoch, stored: try reader.chain(), feed: try reader.chain())
        self.protocols = protocols
        self.software = software
        self.received = received
        self.sent = sent
        self.highest = highest
        self.refusal = refusal
        isCaughtUp = try reader.bool()
        try readContent(from: &reader)
        for section in try reader.sections() { try take(section) }
        try reader.expectEnd()
    }

    /// Heads come first and changes in columns after them; they are put together again here.
    private mutating func readContent(from reader: inout ByteReader) throws {
        var heads: [(number: UInt64, tag: UInt8, body: [UInt8])] = []
        var last: UInt64 = 0
        for _ in 0..<(try reader.count(atMost: ReplicationLimits.entriesInAnswer)) {
            let step = try reader.varint()
            let (number, overflows) = last.addingReportingOverflow(step)
            guard !overflows, step > 0, number <= ReplicationLimits.sequenceMax else {
                throw ReplicationError.malformed("Feed numbers do not rise.")
            }
            last = number
            let tag = try reader.byte()
            heads.append((number, tag, tag == FeedTag.change ? [] : try reader.block()))
        }
        var chunks: [(enter: UInt64, entity: EntityID, upTo: UInt64, isLast: Bool, count: Int)] = []
        for _ in 0..<(try reader.count(atMost: ReplicationLimits.historiesInRequest)) {
            chunks.append(
                (
                    try reader.sequence(), try EntityID(from: &reader), try reader.sequence(), try reader.bool(),
                    try reader.count(atMost: ReplicationLimits.changesInBatch)
                ))
        }
        var changes = try ChangeTable.read(from: &reader)[...]
        let expected = heads.count { $0.tag == FeedTag.change } + chunks.reduce(0) { $0 + $1.count }
        guard changes.count == expected else {
            throw ReplicationError.malformed("An answer announces \(expected) changes and holds \(changes.count).")
        }
        for head in heads {
            if head.tag == FeedTag.change, let change = changes.popFirst() {
                entries.append(FeedEntry(number: head.number, content: .change(change)))
            } else {
                entries.append(try FeedEntry(number: head.number, tag: head.tag, body: head.body))
            }
        }
        for chunk in chunks {
            histories.append(
                HistoryChunk(
                    enter: chunk.enter, entity: chunk.entity, upTo: chunk.upTo, isLast: chunk.isLast,
                    changes: Array(changes.prefix(chunk.count))))
            changes = changes.dropFirst(chunk.count)
        }
    }
}

extension ByteWriter {
    fileprivate mutating func number(_ number: ExchangeRequest.Number) {
        varint(UInt64(number.start))
        varint(UInt64(number.count))
    }
}

extension ByteReader {
    fileprivate mutating func number() throws -> ExchangeRequest.Number {
        ExchangeRequest.Number(start: try uint32(), count: try uint32())
    }
}
