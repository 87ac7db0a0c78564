/// The hub's end of the exchange as a machine: whose turn it is, which polls are held, and when they are answered.
///
/// Turns are fair and bounded: each site has at most one request of each lane here, sites take turns at the writer,
/// and so one bad branch never holds up another.
public struct HubExchange: Sendable {
    public enum Event: Sendable {
        case arrived(request: UInt64, site: SiteID, lane: ExchangeRequest.Lane)
        /// The writer has taken a request; `isQuiet` when the site's feed has nothing to say.
        case taken(request: UInt64, isQuiet: Bool)
        /// Nothing was taken of a request; it is answered with the refusal.
        case refused(request: UInt64)
        /// Feeds have grown: of these sites, or of everyone.
        case news(Set<SiteID>)
        case newsForEveryone
        /// The client has gone away.
        case gone(request: UInt64)
        case timer
    }

    public enum Effect: Equatable, Sendable {
        /// Let the writer take the request.
        case take(UInt64)
        /// Fill the answer from the feed and send it.
        case answer(UInt64)
        /// Answer that a newer request of the same lane has come.
        case supersede(UInt64)
        /// Nobody waits for this request any longer: let go of it.
        case forget(UInt64)
        /// Send a `timer` event at this steady time, in milliseconds.
        case setTimer(Int64)
    }

    /// Requests that the writer may have in hand at once.
    public static let takingMax = 4
    /// How long a poll is held when there is no news, in milliseconds.
    public let holdMilliseconds: Int64

    private struct Item: Sendable {
        let request: UInt64
        let site: SiteID
        let lane: ExchangeRequest.Lane
    }

    private var waiting: [Item] = []
    private var taking: [Item] = []
    private var held: [(item: Item, until: Int64)] = []
    /// Sites with news that came while their poll was being taken.
    private var newsDuringTake: Set<SiteID> = []
    /// When the timer that was asked for last goes off; nil once it has.
    private var armed: Int64?
    /// Requests whose client went away while the writer had them.
    private var goneDuringTake: Set<UInt64> = []

    /// None in a node.
    private let mischief: Mischief
    /// The site that had a turn last.
    private var lastSite: SiteID?

    public init(holdMilliseconds: Int64 = ExchangeRequest.Lane.usualHoldMilliseconds, mischief: Mischief = .none) {
        self.holdMilliseconds = holdMilliseconds
        self.mischief = mischief
    }

    /// - Parameter now: the steady clock, in milliseconds.
    public mutating func handle(_ event: Event, at now: Int64) -> [Effect] {
        switch event {
        case .arrived(let request, let site, let lane):
            return arrived(Item(request: request, site: site, lane: lane))
        case .taken(let request, let isQuiet): return taken(request, isQuiet, at: now)
        case .refused(let request):
            taking.removeAll { $0.request == request }
            let end: Effect = goneDuringTake.remove(request) == nil ? .answer(request) : .forget(request)
            return [end] + nextTurn()
        case .news(let sites): return wake { sites.contains($0) }
        case .newsForEveryone: return wake { _ in true }
        case .gone(let request):
            waiting.removeAll { $0.request == request }
            held.removeAll { $0.item.request == request }
            if taking.contains(where: { $0.request == request }) {
                goneDuringTake.insert(request)
                return []
            }
            return [.forget(request)]
        case .timer:
            armed = nil
            let due = held.filter { $0.until <= now }
            held.removeAll { $0.until <= now }
            return due.map { .answer($0.item.request) } + timerEffect()
        }
    }

    private mutating func arrived(_ item: Item) -> [Effect] {
        var effects: [Effect] = []
        for older in waiting where older.site == item.site && older.lane == item.lane {
            effects.append(.supersede(older.request))
        }
        waiting.removeAll { $0.site == item.site && $0.lane == item.lane }
        for older in held where older.item.site == item.site && older.item.lane == item.lane {
            effects.append(.supersede(older.item.request))
        }
        held.removeAll { $0.item.site == item.site && $0.item.lane == item.lane }
        waiting.append(item)
        return effects + nextTurn()
    }

    /// The first that waits whose site is not at the writer already: a site that sends much takes one turn at a time.
    private mutating func nextTurn() -> [Effect] {
        var effects: [Effect] = []
        while taking.count < Self.takingMax,
            let index = mischief.contains(.oneSiteTakesAll) ? greedyIndex : fairIndex
        {
            let item = waiting.remove(at: index)
            lastSite = item.site
            taking.append(item)
            newsDuringTake.remove(item.site)
            effects.append(.take(item.request))
        }
        return effects
    }

    private var fairIndex: Int? {
        waiting.firstIndex { item in !taking.contains { $0.site == item.site } }
    }

    /// What ``Mischief/oneSiteTakesAll`` makes of it; in no node.
    private var greedyIndex: Int? {
        let next = waiting.firstIndex { $0.site == lastSite }
        return next == nil && !taking.contains { $0.site == lastSite } ? fairIndex : next
    }

    private mutating func taken(_ request: UInt64, _ isQuiet: Bool, at now: Int64) -> [Effect] {
        guard let index = taking.firstIndex(where: { $0.request == request }) else { return nextTurn() }
        let item = taking.remove(at: index)
        let isSuperseded = waiting.contains { $0.site == item.site && $0.lane == item.lane }
        let turn = nextTurn()
        guard goneDuringTake.remove(request) == nil else { return [.forget(request)] + turn }
        guard item.lane == .poll, isQuiet, !newsDuringTake.contains(item.site) else {
            return [.answer(request)] + turn
        }
        guard !isSuperseded else { return [.supersede(request)] + turn }
        held.append((item, now + holdMilliseconds))
        return timerEffect() + turn
    }

    private mutating func wake(_ isConcerned: (SiteID) -> Bool) -> [Effect] {
        for item in taking where isConcerned(item.site) { newsDuringTake.insert(item.site) }
        let due = held.filter { isConcerned($0.item.site) }
        held.removeAll { isConcerned($0.item.site) }
        return due.map { .answer($0.item.request) }
    }

    /// One timer at a time: each would ask for the next, and they would add up.
    private mutating func timerEffect() -> [Effect] {
        guard let next = held.map(\.until).min(), armed.map({ next < $0 }) ?? true else { return [] }
        armed = next
        return [.setTimer(next)]
    }
}
