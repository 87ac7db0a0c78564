/// The bytes of an edit: a tag, a length, a body. A reader that does not know the tag, or finds more in the body than
/// it expects, keeps both as ``Edit/unknown(tag:body:)``; nothing is lost by passing through an older version.
extension Edit {
    /// The tag on the wire and on disk; numbers are never reused.
    enum Tag: UInt8 {
        case create = 1
        case assign = 2
        case add = 3
        case remove = 4
        case count = 5
        case transition = 6
        case vote = 7
        case grant = 8
        case revoke = 9
        case note = 10
        case attach = 11
        case request = 12
        case answer = 13
        case settle = 14
        case seal = 15
    }

    var tag: UInt8 {
        let known: Tag
        switch self {
        case .create: known = .create
        case .assign: known = .assign
        case .add: known = .add
        case .remove: known = .remove
        case .count: known = .count
        case .transition: known = .transition
        case .vote: known = .vote
        case .grant: known = .grant
        case .revoke: known = .revoke
        case .note: known = .note
        case .attach: known = .attach
        case .request: known = .request
        case .answer: known = .answer
        case .settle: known = .settle
        case .seal: known = .seal
        case .unknown(let tag, _): return tag
        }
        return known.rawValue
    }

    /// The body without tag and length.
    var body: [UInt8] {
        var writer = ByteWriter()
        writeBody(to: &writer)
        return writer.bytes
    }

    func writeBody(to writer: inout ByteWriter) {
        switch self {
        case .create(let creation):
            writer.byte(creation.rules)
            writer.text(creation.state)
            writer.text(creation.label)
        case .assign(let field, let value), .add(let field, let value), .remove(let field, let value):
            writer.varint(UInt64(field.rawValue))
            value.write(to: &writer)
        case .count(let field, let delta):
            writer.varint(UInt64(field.rawValue))
            writer.signed(delta)
        case .transition(let transition):
            writer.text(transition.name)
            writer.varint(transition.from.count)
            for state in transition.from { writer.text(state) }
            writer.text(transition.to)
        case .vote(let vote):
            writer.varint(UInt64(vote.round))
            writer.text(vote.department)
            writer.byte(vote.choice.rawValue)
            writer.text(vote.reason)
        case .grant(let grant), .revoke(let grant):
            writer.text(grant.person)
            writer.text(grant.role)
        case .note, .attach, .request, .answer, .settle: writeAppend(to: &writer)
        case .seal(let code): writer.raw(code)
        case .unknown(_, let body): writer.raw(body)
        }
    }

    private func writeAppend(to writer: inout ByteWriter) {
        switch self {
        case .note(let note):
            writer.byte(note.visibility.rawValue)
            writer.text(note.text)
        case .attach(let attachment):
            writer.block(attachment.hash)
            writer.text(attachment.name)
            writer.varint(attachment.size)
            writer.text(attachment.mediaType)
        case .request(let request):
            writer.text(request.purpose)
            writer.text(request.key)
            writer.signed(request.amount)
            writer.text(request.reason)
        case .answer(let answer):
            answer.request.write(to: &writer)
            writer.byte(answer.outcome.rawValue)
            writer.text(answer.reason)
            writer.varint(answer.counted.count)
            for vote in answer.counted { vote.write(to: &writer) }
        case .settle(let settlement):
            settlement.losing.write(to: &writer)
        default: break
        }
    }

    /// Reads a body; what this version cannot read whole becomes ``unknown(tag:body:)``.
    init(tag: UInt8, body: [UInt8]) {
        self = body.withUnsafeBytes { Edit(tag: tag, untilEndOf: ByteCursor($0)) }
    }

    init(tag: UInt8, untilEndOf body: ByteCursor) {
        if let ofField = Edit.ofField(tag: tag, untilEndOf: body) {
            self = ofField
        } else {
            let body = body.left
            self = (try? Edit.known(tag: tag, body)) ?? .unknown(tag: tag, body: body)
        }
    }

    /// What most edits are: a field and a value, read without a copy of their bytes.
    private static func ofField(tag: UInt8, untilEndOf body: ByteCursor) -> Edit? {
        guard let tag = Tag(rawValue: tag), tag == .assign || tag == .add || tag == .remove else { return nil }
        var cursor = body
        guard let number = cursor.varint().flatMap({ UInt16(exactly: $0) }), let value = Value(untilEndOf: cursor)
        else { return nil }
        let field = Field(rawValue: number)
        switch tag {
        case .add: return .add(field, value)
        case .remove: return .remove(field, value)
        default: return .assign(field, value)
        }
    }

    private static func known(tag: UInt8, _ body: [UInt8]) throws -> Edit? {
        guard let tag = Tag(rawValue: tag) else { return nil }
        var reader = ByteReader(body)
        let edit: Edit
        switch tag {
        case .create:
            edit = .create(
                Creation(rules: try reader.byte(), state: try reader.text(), label: try reader.text()))
        case .assign, .add, .remove: return nil
        case .count: edit = .count(try reader.field(), try reader.signed())
        case .transition:
            let name = try reader.text()
            let from = try (0..<(try reader.count(atMost: reader.remaining))).map { _ in try reader.text() }
            edit = .transition(Transition(name: name, from: from, to: try reader.text()))
        case .vote: edit = .vote(try Vote(from: &reader))
        case .grant: edit = .grant(Grant(person: try reader.text(), role: try reader.text()))
        case .revoke: edit = .revoke(Grant(person: try reader.text(), role: try reader.text()))
        case .seal: edit = .seal(try reader.raw(Seal.bytes))
        case .note, .attach, .request, .answer, .settle: edit = try append(tag, &reader)
        }
        try reader.expectEnd()
        return edit
    }

    private static func append(_ tag: Tag, _ reader: inout ByteReader) throws -> Edit {
        switch tag {
        case .note:
            guard let visibility = Note.Visibility(rawValue: try reader.byte()) else { throw unread }
            return .note(Note(text: try reader.text(), visibility: visibility))
        case .attach:
            return .attach(
                Attachment(
                    hash: try reader.block(), name: try reader.text(), size: try reader.varint(),
                    mediaType: try reader.text()))
        case .request:
            return .request(
                OnceRequest(
                    purpose: try reader.text(), key: try reader.text(), amount: try reader.signed(),
                    reason: try reader.text()))
        case .answer:
            let request = try ChangeReference(from: &reader)
            guard let outcome = Answer.Outcome(rawValue: try reader.byte()) else { throw unread }
            let reason = try reader.text()
            let counted = try (0..<(try reader.count(atMost: reader.remaining))).map { _ in
                try ChangeReference(from: &reader)
            }
            return .answer(Answer(request: request, outcome: outcome, reason: reason, counted: counted))
        default:
            return .settle(Settlement(losing: try ChangeReference(from: &reader)))
        }
    }

    private static let unread = ReplicationError.malformed("An edit has a form that this version does not know.")
}

extension Vote {
    init(from reader: inout ByteReader) throws {
        let round = try reader.count(atMost: Int(UInt32.max))
        let department = try reader.text()
        guard let choice = Choice(rawValue: try reader.byte()) else {
            throw ReplicationError.malformed("A vote has a choice that this version does not know.")
        }
        self.init(round: UInt32(round), department: department, choice: choice, reason: try reader.text())
    }
}

extension ChangeReference {
    func write(to writer: inout ByteWriter) {
        writer.fixed64(origin.raw)
        writer.varint(sequence)
    }

    init(from reader: inout ByteReader) throws {
        self.init(origin: OriginID(raw: try reader.fixed64()), sequence: try reader.sequence())
    }
}

extension ByteReader {
    mutating func field() throws -> Field { Field(rawValue: UInt16(try count(atMost: Int(UInt16.max)))) }

}
