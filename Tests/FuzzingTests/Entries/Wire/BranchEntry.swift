import Hashing
import SQLite
import ServiceDesk

@testable import Replication

/// A hub answers what it likes: the branch takes or refuses it, stays true to its own log, and its counter goes on
/// working.
enum BranchEntry {
    /// What is put right in the answer, so that it comes farther than the first check.
    struct Repairs: OptionSet {
        let rawValue: UInt8

        /// Number, epoch and what is held of the site's own stream; no refusal.
        static let envelope = Repairs(rawValue: 1)
        /// The numbers of the feed and its digest.
        static let feed = Repairs(rawValue: 2)
        /// Entities that there are.
        static let entities = Repairs(rawValue: 4)
        /// Histories that were asked for.
        static let histories = Repairs(rawValue: 8)
        /// The hub's clock; otherwise the site believes what the answer says.
        static let time = Repairs(rawValue: 16)
    }

    static func run(_ body: [UInt8], _ repairs: Repairs) throws {
        guard let answer = try WireEntry.refused({ try ExchangeAnswer(encoded: WireEntry.frame(.answer, body)) })
        else { return }
        try FuzzProvince.use { province in
            let request = try province.prepare(.poll, at: province.sender)
            var answer = answer
            try repair(&answer, repairs, to: request, province)
            try run(answer, to: request, province, at: repairs.contains(.time) ? province.now : answer.sent)
        }
    }

    private static func run(
        _ answer: ExchangeAnswer, to request: ExchangeRequest, _ province: FuzzProvince, at now: Int64
    ) throws {
        let branch = province.sender
        defer { if carriesStandard(answer) { branch.shelf = PackShelf() } }
        try branch.trying {
            let applied = try WireEntry.refused { try branch.inside { try $0.apply(answer, to: request) } }
            guard applied != nil else { return }
            try branch.checkLog()
            try work(province, at: now)
            try branch.checkLog()
        }
    }

    /// A ticket can be opened and sent, or the site says why not.
    private static func work(_ province: FuzzProvince, at now: Int64) throws {
        let branch = province.sender
        let ticket = NewTicket(type: "complaint", home: branch.id, fields: ["subject": .text("after")])
        let identifier = Array(repeating: UInt8(0x5A), count: 16)
        _ = try WireEntry.refused {
            try branch.inside {
                try branch.desk(at: now).open(
                    ticket, key: nil, identifier: identifier, customerIdentifier: identifier, in: &$0)
            }
        }
        let error = province.now - now
        _ = try WireEntry.refused { try branch.inside { try $0.measured(error: error, now: now) } }
        let circumstances = Session.Circumstances(now: now, wallClock: now, isMeasured: true, software: "fuzz")
        for lane in [ExchangeRequest.Lane.push, .poll] {
            let request = try branch.inside { try $0.request(lane, number: .init(start: 9, count: 9), circumstances) }
            try WireEntry.check(request)
        }
    }

    private static func carriesStandard(_ answer: ExchangeAnswer) -> Bool {
        answer.histories.contains { $0.entity.kind == .standard }
            || answer.entries.contains { entry in
                if case .change(let change) = entry.content { change.entity.kind == .standard } else { false }
            }
    }

    private static func repair(
        _ answer: inout ExchangeAnswer, _ repairs: Repairs, to request: ExchangeRequest, _ province: FuzzProvince
    ) throws {
        let life = try province.sender.store.life()
        if repairs.contains(.envelope) {
            answer.request = request.number
            answer.highest = .init(start: 0, count: 0)
            answer.epoch = life.cursor.epoch
            answer.refusal = nil
            answer.stored = life.acknowledged
        }
        if repairs.contains(.entities) {
            answer.entries = answer.entries.map { FeedEntry(number: $0.number, content: known($0.content, province)) }
        }
        if repairs.contains(.histories) { answer.histories = try wanted(answer.histories, province) }
        guard repairs.contains(.feed) else { return }
        var chain = life.cursor.chain
        answer.entries = answer.entries.enumerated().map { index, entry in
            let entry = FeedEntry(number: life.cursor.chain.number + UInt64(index) + 1, content: entry.content)
            chain.append(entry.hash, number: entry.number)
            return entry
        }
        answer.feed = chain
    }

    private static func known(_ content: FeedEntry.Content, _ province: FuzzProvince) -> FeedEntry.Content {
        switch content {
        case .change(let change): .change(known(change, province))
        case .enter(let entity, let sum): .enter(known(entity, province), sum: sum)
        case .withdraw(let entity): .withdraw(known(entity, province))
        case .admitted(_, let first, let last): .admitted(origin: OriginID(raw: 0xB1), first: first, last: last)
        case .refused(let change, let reason):
            .refused(ChangeReference(origin: OriginID(raw: 0xB1), sequence: change.sequence), reason: reason)
        case .stored, .erase, .emptied: content
        }
    }

    private static func known(_ change: Change, _ province: FuzzProvince) -> Change {
        Change(
            origin: change.origin, sequence: change.sequence, stamp: change.stamp,
            entity: known(change.entity, province), seen: change.seen, actor: change.actor, key: change.key,
            edits: change.edits)
    }

    private static func known(_ entity: EntityID, _ province: FuzzProvince) -> EntityID {
        province.tickets[Int(entity.low % UInt64(province.tickets.count))]
    }

    /// Chunks of the first history that the site waits for, if it waits for any.
    private static func wanted(
        _ chunks: [ExchangeAnswer.HistoryChunk], _ province: FuzzProvince
    ) throws -> [ExchangeAnswer.HistoryChunk] {
        let database = province.sender.database
        let open = try database.first(
            "SELECT enter, entity FROM wanted WHERE is_whole = 0 ORDER BY enter"
        ) { (enter: $0.uint64(0), entity: $0.int64(1)) }
        guard let open else { return chunks }
        let entity = try province.sender.store.row(number: open.entity).id
        return chunks.map { chunk in
            .init(
                enter: open.enter, entity: entity, upTo: chunk.upTo, isLast: chunk.isLast,
                changes: chunk.changes.map { change in
                    Change(
                        origin: change.origin, sequence: change.sequence, stamp: change.stamp, entity: entity,
                        seen: change.seen, actor: change.actor, key: change.key, edits: change.edits)
                })
        }
    }
}
