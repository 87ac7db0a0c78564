import Dispatch
import Replication
import SQLite
import ServiceDesk
import Standards
import Synchronization

/// Tells customers, at the hub: records what they are owed with the changes, and carries out what ``NoticeDelivery``
/// decides.
public final class NoticeSender: Sendable {
    /// Seconds for a whole attempt at a gateway.
    public static let attemptSeconds = 10.0

    private struct State {
        var machine: NoticeDelivery
        /// When the next timer of a pause goes off, by the steady clock in milliseconds: one is enough.
        var timerAt: Int64?
        /// Whether the book knows that a process has started; before, nothing is sent.
        var hasBegun = false
        var isLookingOn = false
        /// Why notices were kept when it was looked last.
        var hold: NoticeSettings.Hold?
        var isClosed = false
    }

    private let site: Site
    private let link: @Sendable (Notice) -> String?
    private let file: NoticeFile
    private let queue = DispatchQueue(label: "tributary.notices")
    private let state: Mutex<State>
    private let beginPauseMilliseconds: Int64
    private let rest = DispatchSemaphore(value: 0)

    /// - Parameters:
    ///   - link: the path of the page where a customer can follow the ticket; nil for none.
    ///   - firstPauseMilliseconds: before the second attempt, and before it begins again where it could not.
    public init(
        site: Site, firstPauseMilliseconds: Int64 = NoticeLimits.firstPauseMilliseconds,
        link: @escaping @Sendable (Notice) -> String?
    ) {
        self.site = site
        self.link = link
        file = NoticeFile(folder: site.folder)
        state = Mutex(State(machine: NoticeDelivery(firstPauseMilliseconds: firstPauseMilliseconds)))
        beginPauseMilliseconds = firstPauseMilliseconds
        let (shelf, clock) = (site.domain.shelf, site.clock)
        site.record { store, tickets in try NoticeBook(store, shelf: shelf).record(tickets, at: clock.now()) }
        site.listen { [weak self] _ in self?.look() }
        begin()
    }

    /// Before anything is sent: what is recorded depends on where it begins, and the site has been at work already.
    private func begin() {
        let (shelf, clock) = (site.domain.shelf, site.clock)
        site.storage.write("notices") { [site] database in
            let book = NoticeBook(site.store(database), shelf: shelf)
            try book.begin(at: clock.now())
            do {
                try book.record(site.changedBeforeRecording(), at: clock.now())
            } catch let error as SQLiteError {
                throw error
            } catch {
                site.log.line("notices", kind: "record", "\(error)")
            }
        } completion: { [site, weak self] result in
            guard case .failure(let error) = result else {
                site.endKeepingChanged()
                self?.state.withLock { $0.hasBegun = true }
                self?.look()
                return
            }
            site.log.line("notices", kind: "begin", "\(error)")
            self?.beginLater()
        }
    }

    private func beginLater() {
        guard !state.withLock({ $0.isClosed }) else { return }
        queue.asyncAfter(deadline: .now() + .milliseconds(Int(beginPauseMilliseconds))) { [weak self] in
            self?.begin()
        }
    }

    /// With links to the customer's page.
    public static func withLinks(_ site: Site) -> NoticeSender {
        let keys = ProgressKey(site)
        // Of the notice's own time, so that every attempt says the same.
        return NoticeSender(site: site) { keys.link(to: $0.ticket, at: $0.recorded) }
    }

    /// Begins nothing any more; what came of the attempt under way is recorded still.
    public func close() {
        state.withLock { $0.isClosed = true }
        post(.close)
    }

    /// Waits until what was under way at ``close()`` is recorded.
    public func waitForRest(until deadline: DispatchTime) { _ = rest.wait(timeout: deadline) }

    func look() {
        guard site.contradiction == nil, state.withLock({ $0.hasBegun }) else { return }
        post(.news)
    }

    private func post(_ event: NoticeDelivery.Event) {
        queue.async {
            let (actions, isAtRest) = self.state.withLock { state in
                let actions = state.machine.handle(event)
                return (actions, state.machine.isAtRest)
            }
            for action in actions { self.carryOut(action) }
            if isAtRest { self.rest.signal() }
        }
    }

    private func carryOut(_ action: NoticeDelivery.Action) {
        switch action {
        case .look: look(at: site.now())
        case .mark(let mark, let message): self.mark(mark, message)
        case .attempt(let message): attempt(message)
        case .setTimer(let delay): setTimer(delay)
        }
    }

    private func setTimer(_ delay: Int64) {
        let at = SystemClock.steady() + delay
        let isNeeded = state.withLock { state in
            if let before = state.timerAt, before <= at { return false }
            state.timerAt = at
            return true
        }
        guard isNeeded else { return }
        queue.asyncAfter(deadline: .now() + .milliseconds(Int(delay) + 2)) { [weak self] in
            self?.state.withLock { if $0.timerAt == at { $0.timerAt = nil } }
            self?.post(.timer)
        }
    }

    private func look(at now: Int64) {
        do {
            post(.found(try find(try NoticeSettings(folder: site.folder), at: now), at: now))
        } catch {
            site.log.line("notices", kind: "look", "\(error)")
            post(.found(nil, at: now))
        }
    }

    /// Nothing while the hub does not know what an earlier one has sent.
    private func find(_ settings: NoticeSettings, at now: Int64) throws -> NoticeDelivery.Found {
        try site.read { store in
            guard try HubStanding(store, contradiction: site.contradiction).isDeciding else { return .nothing }
            let book = NoticeBook(store, shelf: site.domain.shelf)
            guard try !book.isLooking else {
                lookOn()
                return .nothing
            }
            let found = try book.next(at: now, repeatsUncertain: settings.honoursKeys)
            guard found.notice != nil || found.later != nil else { return .nothing }
            guard !isHeld(settings) else { return .later(now + NoticeDelivery.retryMilliseconds) }
            guard let notice = found.notice else { return found.later.map { .later($0) } ?? .nothing }
            return try message(notice, book, settings, at: now)
        }
    }

    /// What is wrong with one notice must not keep others back; what is wrong with the store does.
    private func message(
        _ notice: Notice, _ book: NoticeBook, _ settings: NoticeSettings, at now: Int64
    ) throws -> NoticeDelivery.Found {
        do {
            return .message(
                try writer(book, settings).message(notice, honoursKey: settings.honoursKeys, at: now))
        } catch let error as SQLiteError {
            throw error
        } catch {
            site.log.line("notices", kind: "words", "notice \(notice.change) cannot be put into words: \(error)")
            return .unwritable(
                NoticeMessage(
                    notice: notice, channel: settings.routes.first?.channel ?? "", address: nil, text: "",
                    template: notice.template ?? "", honoursKey: settings.honoursKeys))
        }
    }

    /// Said once, and not at each look.
    private func isHeld(_ settings: NoticeSettings) -> Bool {
        let isNew = state.withLock { state in
            defer { state.hold = settings.hold }
            return state.hold != settings.hold
        }
        guard let hold = settings.hold else { return false }
        if isNew {
            site.log.line(
                "notices", kind: "held", "notices are held: \(hold.why). \(hold.remedy(data: site.folder.path))")
        }
        return true
    }

    /// Looks through what an epoch has begun with, turn by turn, so that others have theirs in between.
    private func lookOn() {
        let isFirst = state.withLock { state in
            defer { state.isLookingOn = true }
            return !state.isLookingOn
        }
        if isFirst { takeTurn() }
    }

    private func takeTurn() {
        let (shelf, clock) = (site.domain.shelf, site.clock)
        site.storage.write("notices") { [site] database in
            try NoticeBook(site.store(database), shelf: shelf).lookOn(at: clock.now())
        } completion: { [site, weak self] result in
            if case .success(true) = result {
                self?.takeTurn()
                return
            }
            self?.state.withLock { $0.isLookingOn = false }
            guard case .failure(let error) = result else {
                self?.look()
                return
            }
            site.log.line("notices", kind: "look", "\(error)")
            self?.setTimer(NoticeDelivery.retryMilliseconds)
        }
    }

    private func writer(_ book: NoticeBook, _ settings: NoticeSettings) -> NoticeWriter {
        let zone = TimeText(site.configuration.timeZone)
        return NoticeWriter(book, language: settings.language, routes: settings.routes) { time in
            String(zone.text(time).prefix(16).replacing("T", with: " "))
        } link: { [link] notice in
            settings.linkBase.flatMap { base in link(notice).map { base + $0 } }
        }
    }

    private func attempt(_ message: NoticeMessage) {
        let body = NoticeBody.json(message, zone: TimeText(site.configuration.timeZone))
        let key = NoticeBody.key(of: message.notice)
        do {
            let settings = try NoticeSettings(folder: site.folder)
            // They may have been changed since it was looked.
            if let hold = settings.hold {
                throw NodeError(.notNow, "Notices are held: \(hold.why).", remedy: hold.remedy(data: site.folder.path))
            }
            guard let gateway = settings.gateway, let secret = gateway.secret else {
                try file.send(body, key: key)
                return attempted(.taken, message)
            }
            let (bytes, seconds) = (body.bytes(), SystemClock.wall() / 1_000)
            let headers = [
                "Idempotency-Key": key,
                NoticeSignature.header: NoticeSignature.text(of: bytes, at: seconds, secret: secret),
            ]
            let address = try CallbackAddress(gateway.url)
            CallbackLine(address: address, seconds: Self.attemptSeconds).post(bytes, headers: headers) { outcome in
                let isUnsent = if case .unsent = outcome { true } else { false }
                self.attempted(
                    isUnsent ? .notNow : NoticeOutcome(status: outcome.status), message, because: outcome.text)
            }
        } catch {
            // Nothing has left, or the file, which honours keys, has not all of it.
            site.log.line("notices", kind: "attempt", "\(error)")
            attempted(.notNow, message)
        }
    }

    private func attempted(_ outcome: NoticeOutcome, _ message: NoticeMessage, because why: String? = nil) {
        if outcome != .taken {
            site.log.line(
                "notices", kind: "attempt",
                "notice \(message.notice.change) was not taken by its channel (\(outcome))"
                    + (why.map { ": \($0)" } ?? ""))
        }
        post(.attempted(outcome, at: site.now()))
    }

    private func mark(_ mark: NoticeMark, _ message: NoticeMessage) {
        var mark = mark
        mark.channel = message.channel
        mark.template = message.template
        let (shelf, now) = (site.domain.shelf, site.now())
        site.storage.write("notice") { [site, mark] database in
            try NoticeBook(site.store(database), shelf: shelf).mark(mark, message.notice, at: now)
        } completion: { result in
            switch result {
            case .success(let isMarked): self.post(.marked(isMarked ? .committed : .overtaken))
            case .failure(let error):
                self.site.log.line("notices", kind: "mark", "\(error)")
                self.post(.marked(.failed))
            }
        }
    }
}
