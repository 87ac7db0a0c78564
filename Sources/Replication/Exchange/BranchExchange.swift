/// The branch's end of the exchange as a machine: (state, event, time) → effects. A shell carries the effects out and
/// reports back; the machine itself does nothing and waits for nothing.
///
/// An exchange opens with a hello, which measures the clock. Then polls follow one another without end, and pushes
/// whenever there is something to send; at most one of each is in flight. After a failure it waits, longer each time,
/// and opens anew.
public struct BranchExchange: Sendable {
    public enum Event: Sendable {
        /// The process has started, or the operator asks for an exchange now.
        case started
        /// A change was written here.
        case written
        /// A request was committed as sent; `isEmpty` says that there was nothing to push.
        case prepared(ExchangeRequest.Lane, isEmpty: Bool)
        case answered(ExchangeRequest.Lane)
        case applied(ExchangeRequest.Lane, Session.Applied, backlog: UInt64)
        /// Somebody here has asked for a file that is to be fetched.
        case demanded
        /// A lane came to nothing; `isFinal` when trying again cannot help.
        case failed(ExchangeRequest.Lane, isFinal: Bool)
        /// The hub and this database contradict each other in what is written under this site's origin.
        case forked(ExchangeRequest.Lane)
        /// This database has taken a new origin.
        case renewed
        case timer
    }

    public enum Effect: Equatable, Sendable {
        /// Make the request in a transaction and commit it.
        case prepare(ExchangeRequest.Lane, ExchangeRequest.Number)
        /// Send what was prepared.
        case send(ExchangeRequest.Lane)
        /// Apply the answer in a transaction.
        case apply(ExchangeRequest.Lane)
        /// Take a new origin in a transaction, then send `renewed`.
        case renew
        /// Send a `timer` event at this steady time, in milliseconds; a later one replaces an earlier one.
        case setTimer(Int64)
    }

    public enum Phase: Equatable, Sendable {
        case closed
        case opening
        /// What this site holds is held against what the hub has: before anything else is sent or read.
        case comparing
        case open
        /// The hub and this database contradict each other: nothing more is sent until an operator has acted.
        case stopped
    }

    /// The first pause after a failure, and the longest, in milliseconds.
    public static let pauseMillisecondsMin: Int64 = 250
    public static let pauseMillisecondsMax: Int64 = 2_000
    /// A process that has taken so many new origins in vain stops: more of them would heal nothing.
    public static let renewalsMax = 3
    /// A poll that came back at once with nothing is not repeated before this, in milliseconds.
    public static let idlePollMilliseconds: Int64 = 500
    /// The longest pause after polls that promised something and brought nothing: doubled each time.
    public static let vainPollMilliseconds: Int64 = 20_000

    public private(set) var phase = Phase.closed
    private let start: UInt32
    /// Spreads the pauses of many branches after an outage: a number of the site's own, 0 to 255.
    private let spread: Int64
    private var counts = [UInt32](repeating: 0, count: ExchangeRequest.Lane.allCases.count)
    private var busy = [Bool](repeating: false, count: ExchangeRequest.Lane.allCases.count)
    private var hasNews = false
    /// Files are to be offered, sent or asked for; they go when nothing waits to be pushed.
    private var hasFiles = false
    /// Until when files are left alone, because the last exchange of them brought nothing.
    private var filesAt: Int64?
    private var filesPause: Int64 = 0
    /// The feed has more, and comes first.
    private var isFeedBehind = false
    private var pause: Int64 = 0
    /// The lane whose failure the pause is for: another's success says nothing about it.
    private var failing: ExchangeRequest.Lane?
    /// How often this process has taken a new origin without reading anything since.
    private var renewals = 0
    private var openAt: Int64?
    private var pollAt: Int64?
    private var polledAt: Int64 = 0
    private var idlePause = Self.idlePollMilliseconds
    /// None in a node.
    private let mischief: Mischief

    public init(start: UInt32, spread: UInt8, mischief: Mischief = .none) {
        self.start = start
        self.spread = Int64(spread)
        self.mischief = mischief
    }

    /// A site's own pauses follow from its name.
    public init(start: UInt32, site: SiteID, mischief: Mischief = .none) {
        let sum = site.text.utf8.reduce(UInt32(7)) { $0 &* 31 &+ UInt32($1) }
        self.init(start: start, spread: UInt8(truncatingIfNeeded: sum), mischief: mischief)
    }

    /// - Parameter now: the steady clock, in milliseconds.
    public mutating func handle(_ event: Event, at now: Int64) -> [Effect] {
        switch event {
        case .started: return phase == .closed ? open() : []
        case .written:
            hasNews = true
            return push()
        case .demanded:
            hasFiles = true
            forgetFilesPause()
            return push()
        case .prepared(let lane, let isEmpty): return prepared(lane, isEmpty, at: now)
        case .answered(let lane): return [.apply(lane)]
        case .applied(let lane, let applied, let backlog): return takeApplied(lane, applied, backlog, at: now)
        case .failed(let lane, let isFinal): return failed(lane, isFinal, at: now)
        case .forked(let lane): return forked(lane, at: now)
        case .renewed: return phase == .stopped ? [] : reopen()
        case .timer: return timer(at: now)
        }
    }

    private mutating func prepare(_ lane: ExchangeRequest.Lane) -> [Effect] {
        guard !busy[lane.index] else { return [] }
        busy[lane.index] = true
        counts[lane.index] += 1
        return [.prepare(lane, ExchangeRequest.Number(start: start, count: counts[lane.index]))]
    }

    private mutating func prepared(_ lane: ExchangeRequest.Lane, _ isEmpty: Bool, at now: Int64) -> [Effect] {
        guard !isEmpty, phase != .stopped else {
            succeeded(lane)
            busy[lane.index] = false
            // A slice of its own work was done in place of a request.
            if lane == .compare && phase == .comparing { return prepare(.compare) }
            // Something may have been written after the empty request was made.
            return push()
        }
        if lane == .poll { polledAt = now }
        return [.send(lane)]
    }

    private mutating func succeeded(_ lane: ExchangeRequest.Lane) {
        guard failing == nil || failing == lane else { return }
        failing = nil
        pause = 0
    }

    private mutating func open() -> [Effect] {
        phase = .opening
        openAt = nil
        return prepare(.hello)
    }

    private mutating func push() -> [Effect] {
        guard phase == .open, !busy[ExchangeRequest.Lane.push.index] else { return [] }
        guard hasNews else { return exchangeFiles() }
        hasNews = false
        return prepare(.push)
    }

    /// Behind everything else.
    private mutating func exchangeFiles() -> [Effect] {
        guard hasFiles, filesAt == nil, !isFeedBehind, !busy[ExchangeRequest.Lane.attachments.index] else { return [] }
        hasFiles = false
        guard !mischief.contains(.keepsFiles) else { return [] }
        return prepare(.attachments)
    }

    private mutating func forgetFilesPause() {
        filesAt = nil
        filesPause = 0
    }

    /// Files that the hub has not got yet are asked for again later, and later each time.
    private mutating func takeFiles(_ applied: Session.Applied, at now: Int64) -> [Effect] {
        if applied.hasBrought {
            forgetFilesPause()
            return push()
        }
        guard applied.hasAttachmentWork else { return push() }
        filesPause = min(
            max(filesPause * 2, AttachmentLimits.pauseMillisecondsMin), AttachmentLimits.pauseMillisecondsMax)
        filesAt = now + filesPause
        return push() + timerEffect()
    }

    private mutating func takeApplied(
        _ lane: ExchangeRequest.Lane, _ applied: Session.Applied, _ backlog: UInt64, at now: Int64
    ) -> [Effect] {
        busy[lane.index] = false
        if backlog > 0, !mischief.contains(.forgetsToSendAgain) { hasNews = true }
        guard phase != .stopped else { return [] }
        succeeded(lane)
        if applied.hasAttachmentWork { hasFiles = true }
        if applied.mustCompare {
            guard lane == .hello || phase == .open || phase == .comparing else { return [] }
            phase = .comparing
            openAt = nil
            pollAt = nil
            return prepare(.compare)
        }
        switch lane {
        case .hello, .compare:
            guard lane == .hello || phase == .comparing else { return [] }
            phase = .open
            openAt = nil
            pollAt = nil
            return push() + prepare(.poll)
        case .push:
            forgetFilesPause()
            return push()
        case .attachments: return takeFiles(applied, at: now)
        case .poll:
            guard phase == .open else { return [] }
            renewals = 0
            isFeedBehind = applied.hasMore || applied.hasAcknowledgements
            // Not what the hub promises counts, but what it brought: else a poll that promises more and brings nothing
            // would be repeated as fast as the line allows.
            if !applied.hasBrought && now - polledAt < idlePause {
                pollAt = polledAt + idlePause
                // What this site asks for and never gets would keep both ends busy for good.
                if isFeedBehind { idlePause = min(idlePause * 2, Self.vainPollMilliseconds) }
                return push() + timerEffect()
            }
            idlePause = Self.idlePollMilliseconds
            return push() + prepare(.poll)
        }
    }

    private mutating func failed(_ lane: ExchangeRequest.Lane, _ isFinal: Bool, at now: Int64) -> [Effect] {
        busy[lane.index] = false
        if lane == .push, !mischief.contains(.forgetsToSendAgain) { hasNews = true }
        if isFinal || phase == .stopped {
            phase = .stopped
            return []
        }
        guard openAt == nil else { return [] }
        phase = .closed
        failing = lane
        pause = min(max(pause * 2, Self.pauseMillisecondsMin), Self.pauseMillisecondsMax)
        if mischief.contains(.retriesAtOnce) { pause = 0 }
        openAt = now + pause + pause * spread / 1_024
        pollAt = nil
        forgetFilesPause()
        return timerEffect()
    }

    /// A new origin is taken at once; the exchange begins anew under it.
    private mutating func forked(_ lane: ExchangeRequest.Lane, at now: Int64) -> [Effect] {
        renewals += 1
        guard renewals <= Self.renewalsMax, phase != .stopped else { return failed(lane, true, at: now) }
        busy[lane.index] = false
        phase = .closed
        openAt = nil
        pollAt = nil
        return [.renew]
    }

    private mutating func reopen() -> [Effect] {
        // What is still under way belongs to the origin that was given up: its answers are not waited for.
        for lane in busy.indices { busy[lane] = false }
        return open()
    }

    private mutating func timer(at now: Int64) -> [Effect] {
        if let openAt, openAt <= now, phase == .closed { return open() }
        if let pollAt, pollAt <= now, phase == .open {
            self.pollAt = nil
            return prepare(.poll) + timerEffect()
        }
        if let filesAt, filesAt <= now, phase == .open {
            self.filesAt = nil
            return push() + timerEffect()
        }
        return timerEffect()
    }

    private func timerEffect() -> [Effect] {
        [openAt, pollAt, filesAt].compactMap { $0 }.min().map { [.setTimer($0)] } ?? []
    }
}

extension ExchangeRequest.Lane {
    fileprivate var index: Int { Int(rawValue) }
}
