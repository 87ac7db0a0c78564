@testable import Replication

/// The frames of the fuzzed province's own history, and one batch with every kind of edit.
enum WireSeeds {
    /// Everything put right.
    private static let repairs: UInt8 = 0xFF

    static func all() throws -> [FuzzSeed] {
        let (requests, answers) = try FuzzProvince.use { ($0.requests, $0.answers) }
        var seeds: [FuzzSeed] = []
        for (number, frame) in interesting(requests).enumerated() {
            let body = Self.body(frame)
            seeds.append(seed("request-\(number)", .requestBody, body))
            seeds.append(seed("at-hub-\(number)", .atHub, [repairs] + body))
        }
        for (number, frame) in interesting(answers).enumerated() {
            let body = Self.body(frame)
            seeds.append(seed("answer-\(number)", .answerBody, body))
            seeds.append(seed("at-branch-\(number)", .atBranch, [repairs] + body))
        }
        return seeds + made()
    }

    private static func made() -> [FuzzSeed] {
        var request = ExchangeRequest(
            lane: .push, origin: OriginID(raw: 0xB1), number: .init(start: 1, count: 9), acknowledged: .start,
            cursor: FeedCursor(epoch: .none, chain: .start))
        request.before = .start
        request.after = Chain.start.digest
        request.changes = changes
        request.withdrawn = [.init(number: 3, sequence: 1)]
        request.whole = [.init(enter: 2, upTo: 3)]
        request.wishes = [.init(enter: 2, entity: ticket, after: 0)]
        request.watermark = .init(time: 1_790_000_000_000, sequence: 2)
        var answer = ExchangeAnswer(
            request: .init(start: 1, count: 9), epoch: .none, stored: .start, feed: .start)
        answer.entries = entries.enumerated().map { FeedEntry(number: UInt64($0) + 1, content: $1) }
        answer.histories = [.init(enter: 4, entity: ticket, upTo: 9, isLast: true, changes: changes)]
        var refused = answer
        refused.refusal = .init(kind: .stale, message: "late", remedy: "again")
        var last = answer
        last.entries = lastStamps.enumerated().map { FeedEntry(number: UInt64($0) + 1, content: .change($1)) }
        var table = ByteWriter()
        ChangeTable.write(changes, to: &table)
        return [
            seed("every-edit-frame", .requestFrame, request.encoded), seed("every-edit", .table, table.bytes),
            seed("every-edit-request", .requestBody, body(request.encoded)),
            seed("every-edit-at-hub", .atHub, [repairs] + body(request.encoded)),
            seed("every-entry-frame", .answerFrame, refused.encoded),
            seed("every-entry", .answerBody, body(answer.encoded)),
            seed("every-entry-at-branch", .atBranch, [repairs] + body(answer.encoded)),
            seed("last-stamps", .answerBody, body(last.encoded)),
            seed("last-stamps-at-branch", .atBranch, [repairs] + body(last.encoded)),
        ]
    }

    /// At the end of the clock and in the midst of it, where a signed integer of the same bits turns negative.
    private static let lastStamps = [UInt64(1) << 63 - 1, 1 << 63, .max - 1, .max].enumerated().map { index, raw in
        Change(
            origin: OriginID(raw: 0xB2), sequence: 900 + UInt64(index), stamp: Stamp(raw: raw), entity: ticket,
            seen: VersionVector(), actor: "", key: [], edits: [.note(Note(text: "late"))])
    }

    private static let ticket = EntityID(kind: EntityKind(rawValue: 16), high: 1, low: 2)
    private static let reference = ChangeReference(origin: OriginID(raw: 0xA0), sequence: 1)

    private static let changes: [Change] = {
        let edits: [[Edit]] = [
            [.create(Creation(state: "acknowledged", label: "YC-0")), .assign(Field(rawValue: 2), .text("断网"))],
            [
                .assign(Field(rawValue: 3), .null), .assign(Field(rawValue: 4), .integer(-1)),
                .assign(Field(rawValue: 5), .bytes([0, 255])), .assign(Field(rawValue: 13), .bool(true)),
            ],
            [.add(Field(rawValue: 32), .text("nx-guyuan")), .remove(Field(rawValue: 32), .text("nx-guyuan"))],
            [.count(Field(rawValue: 33), .max), .count(Field(rawValue: 33), .max)],
            [.transition(Transition(name: "accept", from: ["acknowledged"], to: "inProgress"))],
            [.vote(Vote(round: 1, department: "finance", choice: .veto)), .note(Note(text: "note"))],
            [.grant(Grant(person: "wang", role: "clerk")), .revoke(Grant(person: "wang", role: "clerk"))],
            [.attach(Attachment(hash: Array(repeating: 9, count: 32), name: "a", size: 1, mediaType: "x/y"))],
            [.request(OnceRequest(purpose: "refund", key: "charge", amount: 1))],
            [.answer(Answer(request: reference, outcome: .granted, counted: [reference]))],
            [.settle(Settlement(losing: reference)), .unknown(tag: 99, body: [1])],
        ]
        return edits.enumerated().map { index, edits in
            Change(
                origin: OriginID(raw: 0xB1), sequence: UInt64(index) + 1,
                stamp: Stamp(milliseconds: 1_790_000_000_000 + Int64(index)), entity: ticket,
                seen: VersionVector(index > 5 ? [reference] : []), actor: "clerk",
                key: Array(repeating: UInt8(index % 2), count: 24), edits: edits)
        }
    }()

    private static let entries: [FeedEntry.Content] =
        [
            .admitted(origin: OriginID(raw: 0xB1), first: 1, last: 3), .refused(reference, reason: "no"),
            .withdraw(ticket), .enter(ticket, sum: .zero), .emptied(.zero), .erase(ticket),
        ] + changes.prefix(3).map { .change($0) }

    private static func seed(_ name: String, _ form: WireEntry.Form, _ rest: [UInt8]) -> FuzzSeed {
        FuzzSeed(name, [form.rawValue] + rest)
    }

    /// Without magic word, version, type and checksum.
    private static func body(_ frame: [UInt8]) -> [UInt8] { Array(frame.dropFirst(6).dropLast(4)) }

    /// A larger one is the standard's document over and over.
    private static let bytesMax = 2_048

    private static func interesting(_ frames: [[UInt8]]) -> [[UInt8]] { frames.filter { $0.count <= bytesMax } }
}
