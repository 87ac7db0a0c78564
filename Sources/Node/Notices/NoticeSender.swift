import Dispatch
import Replication
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
        var isClosed = false
    }

    private let site: Site
    private let link: @Sendable (Notice) -> String?
    private let file: NoticeFile
    private let queue = DispatchQueue(label: "tributary.notices")
    private let state: Mutex<State>

    /// - Parameters:
    ///   - link: the path of the page where a customer can follow the ticket; nil for none.
    ///   - firstPauseMilliseconds: before the second attempt.
    public init(
        site: Site, firstPauseMilliseconds: Int64 = NoticeLimits.firstPauseMilliseconds,
        link: @escaping @Sendable (Notice) -> String?
    ) {
        self.site = site
        self.link = link
        file = NoticeFile(folder: site.folder)
        state = Mutex(State(machine: NoticeDelivery(firstPauseMilliseconds: firstPauseMilliseconds)))
        let (shelf, clock) = (site.domain.shelf, site.clock)
        // Before anything else is written: what is recorded depends on where it begins.
        site.storage.write("notices") { [site] database in
            try NoticeBook(site.store(database), shelf: shelf).begin(at: clock.now())
        } completion: { [site, weak self] result in
            if case .failure(let error) = result { site.log.line("notices", kind: "begin", "\(error)") }
            self?.look()
        }
        site.record { store, tickets in try NoticeBook(store, shelf: shelf).record(tickets, at: clock.now()) }
        site.listen { [weak self] _ in self?.look() }
    }

    /// With links to the customer's page.
    public static func withLinks(_ site: Site) -> NoticeSender {
        let keys = ProgressKey(site)
        // Of the notice's own time, so that every attempt says the same.
        return NoticeSender(site: site) { keys.link(to: $0.ticket, at: $0.recorded) }
    }

    public func close() { state.withLock { $0.isClosed = true } }

    func look() {
        guard site.contradiction == nil else { return }
        post(.news)
    }

    private func post(_ event: NoticeDelivery.Event) {
        queue.async {
            let actions = self.state.withLock { $0.isClosed ? [] : $0.machine.handle(event) }
            for action in actions { self.carryOut(action) }
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
        let honoursKeys = settings.gateway?.honoursKeys ?? true
        return try site.read { store in
            guard try HubStanding(store, contradiction: site.contradiction).isDeciding else { return .nothing }
            let book = NoticeBook(store, shelf: site.domain.shelf)
            let found = try book.next(at: now, repeatsUncertain: honoursKeys)
            guard let notice = found.notice else { return found.later.map { .later($0) } ?? .nothing }
            return .message(try writer(book, settings).message(notice, honoursKey: honoursKeys, at: now))
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
            guard let gateway = try NoticeSettings(folder: site.folder).gateway else {
                try file.send(body, key: key)
                return attempted(.taken, message)
            }
            let (bytes, seconds) = (body.bytes(), SystemClock.wall() / 1_000)
            let headers = [
                "Idempotency-Key": key,
                NoticeSignature.header: NoticeSignature.text(of: bytes, at: seconds, secret: gateway.secret),
            ]
            let address = try CallbackAddress(gateway.url)
            CallbackLine(address: address, seconds: Self.attemptSeconds).post(bytes, headers: headers) { status in
                self.attempted(NoticeOutcome(status: status), message)
            }
        } catch {
            // Nothing has left, or the file, which honours keys, has not all of it.
            site.log.line("notices", kind: "attempt", "\(error)")
            attempted(.notNow, message)
        }
    }

    private func attempted(_ outcome: NoticeOutcome, _ message: NoticeMessage) {
        if outcome != .taken {
            site.log.line(
                "notices", kind: "attempt", "notice \(message.notice.change) was not taken by its channel (\(outcome))")
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
