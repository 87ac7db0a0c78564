import Replication

/// What the exchange of this process has to tell to `GET /api/status`. Filled by whoever runs it.
public struct ExchangeReport: Sendable {
    /// Delays between the writing of a site's changes and their admission here, in milliseconds.
    public struct Latency: Sendable {
        public var p50: Int64
        public var p95: Int64
        public var samples: Int

        public init(p50: Int64, p95: Int64, samples: Int) {
            self.p50 = p50
            self.p95 = p95
            self.samples = samples
        }
    }

    /// `closed`, `opening`, `open` or `stopped`.
    public var phase = "closed"
    /// When the other end last answered, province time in milliseconds; nil for never in this process life.
    public var lastHeard: Int64?
    public var lastError: String?
    /// How far this site's clock was ahead when last measured, in milliseconds.
    public var offsetMilliseconds: Int64 = 0
    /// How far the machine's wall clock is ahead of the province's time as this process has it, in milliseconds; nil of
    /// a stopped site.
    public var wallOffsetMilliseconds: Int64?
    /// Whether it has been measured in this process life.
    public var measured = false
    /// At a branch: another database of this site has been announced since, and this one is not fed.
    public var isSuperseded = false
    /// At the hub: sites of which a second database was refused lately.
    public var superseded: Set<SiteID> = []
    /// At the hub: what the side file says against the database.
    public var contradiction: String?
    /// At the hub, by site.
    public var latency: [SiteID: Latency] = [:]

    public init() {}
}
