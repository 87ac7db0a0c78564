/// The stored row's bytes. One state has one spelling, so that two sites compare states by comparing bytes.
extension EntityState {
    private static let format: UInt8 = 1

    public var encoded: [UInt8] {
        var writer = ByteWriter(reserving: 256)
        writer.byte(Self.format)
        writer.bool(hasUnknownEdits)
        vector.write(to: &writer)
        writer.bool(last != nil)
        if let last {
            writer.fixed64(last.stamp.raw)
            writer.fixed64(last.origin.raw)
        }
        writer.bool(creation != nil)
        if let creation, let createdBy {
            writer.byte(creation.rules)
            writer.text(creation.state)
            writer.text(creation.label)
            createdBy.write(to: &writer)
        }
        writer.bool(stage != nil)
        if let stage { stage.write(to: &writer) }
        writer.varint(notes)
        writeContent(to: &writer)
        writeAppends(to: &writer)
        return writer.bytes
    }

    private func writeContent(to writer: inout ByteWriter) {
        writer.varint(fields.count)
        for (field, assigned) in fields.entries {
            writer.varint(UInt64(field.rawValue))
            assigned.write(to: &writer)
        }
        writer.varint(sets.count)
        for (field, elements) in sets.entries {
            writer.varint(UInt64(field.rawValue))
            writer.varint(elements.count)
            for element in elements {
                writer.block(element.value.encoded)
                writer.references(element.adds)
            }
        }
        writer.varint(counts.count)
        for (field, count) in counts.entries {
            writer.varint(UInt64(field.rawValue))
            writer.signed(count)
        }
        writer.varint(holdings.count)
        for (key, holding) in holdings.entries {
            writer.text(key.person)
            writer.text(key.role)
            writer.references(holding.grants)
            writer.references(holding.revocations)
        }
    }

    private func writeAppends(to writer: inout ByteWriter) {
        func write(_ edits: [(Edit, ChangeReference)]) {
            writer.varint(edits.count)
            for (edit, reference) in edits {
                reference.write(to: &writer)
                writer.block(edit.body)
            }
        }
        write(requests.map { (.request($0.request), $0.by) })
        write(answers.map { (.answer($0.answer), $0.by) })
        write(votes.map { (.vote($0.vote), $0.by) })
        write(attachments.map { (.attach($0.attachment), $0.by) })
        writer.varint(conflicts.count)
        for conflict in conflicts { conflict.write(to: &writer) }
    }

    public init(encoded: [UInt8]) throws {
        var reader = ByteReader(encoded)
        guard try reader.byte() == Self.format else {
            throw ReplicationError(
                .inconsistent, "A stored row has a format that this version does not know.",
                remedy: "Run `tributary verify`; if a newer version has written here, go back to it.")
        }
        hasUnknownEdits = try reader.bool()
        vector = try VersionVector(from: &reader, atMost: .max)
        if try reader.bool() {
            last = FoldPosition(
                stamp: Stamp(raw: try reader.fixed64()), origin: OriginID(raw: try reader.fixed64()))
        }
        if try reader.bool() {
            creation = Creation(rules: try reader.byte(), state: try reader.text(), label: try reader.text())
            createdBy = try ChangeReference(from: &reader)
        }
        if try reader.bool() { stage = try Assigned(from: &reader) }
        notes = try reader.varint()
        try readContent(from: &reader)
        try readAppends(from: &reader)
        try reader.expectEnd()
    }

    private mutating func readContent(from reader: inout ByteReader) throws {
        for _ in 0..<(try reader.count(atMost: reader.remaining)) {
            fields[try reader.field()] = try Assigned(from: &reader)
        }
        for _ in 0..<(try reader.count(atMost: reader.remaining)) {
            let field = try reader.field()
            sets[field] = try (0..<(try reader.count(atMost: reader.remaining))).map { _ in
                Element(value: try Value(encoded: try reader.block()), adds: try reader.references())
            }
        }
        for _ in 0..<(try reader.count(atMost: reader.remaining)) {
            counts[try reader.field()] = try reader.signed()
        }
        for _ in 0..<(try reader.count(atMost: reader.remaining)) {
            let key = HoldingKey(person: try reader.text(), role: try reader.text())
            holdings[key] = Holding(grants: try reader.references(), revocations: try reader.references())
        }
    }

    private mutating func readAppends(from reader: inout ByteReader) throws {
        func read(_ tag: Edit.Tag, _ keep: (Edit, ChangeReference) -> Bool) throws {
            for _ in 0..<(try reader.count(atMost: reader.remaining)) {
                let reference = try ChangeReference(from: &reader)
                guard keep(Edit(tag: tag.rawValue, body: try reader.block()), reference) else {
                    throw ReplicationError.malformed("A stored row holds an append that this version cannot read.")
                }
            }
        }
        try read(.request) { edit, by in
            guard case .request(let request) = edit else { return false }
            requests.append(Requested(request: request, by: by))
            return true
        }
        try read(.answer) { edit, by in
            guard case .answer(let answer) = edit else { return false }
            answers.append(Answered(answer: answer, by: by))
            return true
        }
        try read(.vote) { edit, by in
            guard case .vote(let vote) = edit else { return false }
            votes.append(Voted(vote: vote, by: by))
            return true
        }
        try read(.attach) { edit, by in
            guard case .attach(let attachment) = edit else { return false }
            attachments.append(Attached(attachment: attachment, by: by))
            return true
        }
        conflicts = try (0..<(try reader.count(atMost: reader.remaining))).map { _ in try Conflict(from: &reader) }
    }
}

extension EntityState.Assigned {
    fileprivate func write(to writer: inout ByteWriter) {
        by.write(to: &writer)
        writer.block(value.encoded)
    }

    fileprivate init(from reader: inout ByteReader) throws {
        by = try ChangeReference(from: &reader)
        value = try Value(encoded: try reader.block())
    }
}

extension Conflict {
    fileprivate func write(to writer: inout ByteWriter) {
        switch subject {
        case .field(let field): writer.varint(UInt64(field.rawValue) + 1)
        case .stage: writer.varint(0 as UInt64)
        }
        writer.byte(rule.rawValue)
        losing.write(to: &writer)
        writer.block(losingValue.encoded)
        winning.write(to: &writer)
        writer.block(winningValue.encoded)
        writer.bool(settledBy != nil)
        settledBy?.write(to: &writer)
    }

    fileprivate init(from reader: inout ByteReader) throws {
        let subject = try reader.count(atMost: Int(UInt16.max) + 1)
        guard let rule = Rule(rawValue: try reader.byte()) else {
            throw ReplicationError.malformed("A stored conflict names a rule that this version does not know.")
        }
        self.init(
            subject: subject == 0 ? .stage : .field(Field(rawValue: UInt16(subject - 1))), rule: rule,
            losing: try ChangeReference(from: &reader), losingValue: try Value(encoded: try reader.block()),
            winning: try ChangeReference(from: &reader), winningValue: try Value(encoded: try reader.block()),
            settledBy: try reader.bool() ? try ChangeReference(from: &reader) : nil)
    }
}

extension ByteWriter {
    fileprivate mutating func references(_ references: [ChangeReference]) {
        varint(references.count)
        for reference in references { reference.write(to: &self) }
    }
}

extension ByteReader {
    fileprivate mutating func references() throws -> [ChangeReference] {
        try (0..<(try count(atMost: remaining))).map { _ in try ChangeReference(from: &self) }
    }
}
