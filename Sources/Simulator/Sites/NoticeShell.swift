import Replication
import SQLite
import ServiceDesk

/// Records at the hub what customers are owed with the changes, and carries out what the delivery of notices decides,
/// with the gateway at the other end.
// Safe: a rehearsal has one thread.
final class NoticeShell: @unchecked Sendable {
    /// How long the gateway takes to hear of a notice, and to answer.
    private static let call = VirtualTime.milliseconds(10)

    private unowned let process: SiteProcess
    private let gateway: NoticeGateway
    private let shelf: PackShelf
    private var machine = NoticeDelivery()
    /// When the next timer goes off: one is enough.
    private var timerAt: VirtualTime?
    private var isLookingOn = false

    init(_ process: SiteProcess, _ gateway: NoticeGateway) {
        self.process = process
        self.gateway = gateway
        shelf = process.domain.shelf
    }

    // MARK: In the writer's transactions

    /// - Parameter changed: the tickets that the start has changed.
    func begin(_ changed: [Int64], in store: SiteStore, at now: Int64) throws {
        try NoticeBook(store, shelf: shelf).begin(at: now)
        try record(changed, in: store, at: now)
    }

    /// What cannot be stored fails with the changes; a record that a defect spoils does not.
    func record(_ tickets: [Int64], in store: SiteStore, at now: Int64) throws {
        guard !tickets.isEmpty else { return }
        do {
            try NoticeBook(store, shelf: shelf).record(tickets, at: now)
        } catch let error as SQLiteError {
            throw error
        } catch {
            process.site.log("recording notices: \(error)")
        }
    }

    // MARK: Sending

    func look() { post(.news) }

    private func post(_ event: NoticeDelivery.Event) {
        guard !process.isDead else { return }
        for action in machine.handle(event) { carryOut(action) }
    }

    private func carryOut(_ action: NoticeDelivery.Action) {
        switch action {
        case .look:
            let now = process.now
            post(.found(try? find(at: now), at: now))
        case .mark(let mark, let message): self.mark(mark, message)
        case .attempt(let message): attempt(message)
        case .setTimer(let milliseconds): setTimer(milliseconds)
        }
    }

    private func setTimer(_ milliseconds: Int64) {
        let at = process.site.now + .milliseconds(milliseconds)
        if let before = timerAt, before <= at { return }
        timerAt = at
        process.after(.milliseconds(milliseconds), "notices") { [unowned self] in
            if timerAt == at { timerAt = nil }
            post(.timer)
        }
    }

    /// Nothing while the hub does not know what an earlier one has sent.
    private func find(at now: Int64) throws -> NoticeDelivery.Found {
        try process.glance { database -> NoticeDelivery.Found in
            let store = SiteStore(database, domain: process.domain)
            let life = try store.life()
            guard life.doubt.isEmpty, !life.isGathering else { return .nothing }
            let book = NoticeBook(store, shelf: shelf)
            guard try !book.isLooking else {
                lookOn()
                return .nothing
            }
            let found = try book.next(at: now, repeatsUncertain: true)
            guard let notice = found.notice else {
                guard let later = found.later else { return .nothing }
                return .later(later)
            }
            return .message(Self.message(notice))
        }
    }

    /// Who is told, and in which words, is nothing that a rehearsal asks.
    private static func message(_ notice: Notice) -> NoticeMessage {
        NoticeMessage(
            notice: notice, channel: "sms", address: notice.ticket.text, text: "", template: "", honoursKey: true)
    }

    /// Looks through what an epoch has begun with, turn by turn.
    private func lookOn() {
        guard !isLookingOn else { return }
        isLookingOn = true
        takeTurn()
    }

    private func takeTurn() {
        process.write("notices") { [shelf] session, now in
            try NoticeBook(session.store, shelf: shelf).lookOn(at: now)
        } completion: { [self] result in
            if case .success(true) = result { return takeTurn() }
            isLookingOn = false
            if case .success = result { return post(.news) }
            setTimer(NoticeDelivery.retryMilliseconds)
        }
    }

    private func mark(_ mark: NoticeMark, _ message: NoticeMessage) {
        process.write("notice") { [shelf] session, now in
            try NoticeBook(session.store, shelf: shelf).mark(mark, message.notice, at: now)
        } completion: { [self] result in
            switch result {
            case .success(let isMarked): post(.marked(isMarked ? .committed : .overtaken))
            case .failure: post(.marked(.failed))
            }
        }
    }

    private func attempt(_ message: NoticeMessage) {
        let change = message.notice.change
        let told = Journal.Key(origin: change.origin.raw, sequence: change.sequence)
        // The gateway hears it whether or not this process is there for the answer.
        process.site.kernel.after(Self.call, "notice") { [gateway] in gateway.take(told, key: "\(change)") }
        process.after(Self.call + Self.call, "told") { [unowned self] in
            post(.attempted(.taken, at: process.now))
        }
    }
}
