/// Messages between sites as slanting arrows between lifelines, time running down: what was sent, what came when, what
/// was lost.
public struct MessageDiagram: Sendable {
    /// One message.
    public struct Message: Hashable, Sendable {
        public var sent: VirtualTime
        /// Nil if it never came.
        public var arrived: VirtualTime?
        public var from: String
        public var to: String
        public var words: String
        public var isLost: Bool

        public init(
            sent: VirtualTime, arrived: VirtualTime?, from: String, to: String, words: String, isLost: Bool = false
        ) {
            self.sent = sent
            self.arrived = arrived
            self.from = from
            self.to = to
            self.words = words
            self.isLost = isLost
        }
    }

    /// Something that happened at one site.
    public struct Event: Hashable, Sendable {
        public var at: VirtualTime
        public var site: String
        public var words: String

        public init(at: VirtualTime, site: String, words: String) {
            self.at = at
            self.site = site
            self.words = words
        }
    }

    /// Beyond so many messages and events a picture is not read any more; the rest is counted at its foot.
    public static let entriesMax = 400

    let sites: [(id: String, name: Words)]
    let messages: [Message]
    let events: [Event]
    let title: String
    let language: ReportLanguage
    let leftOut: Int

    /// - Parameters:
    ///   - sites: the lifelines from left to right; what touches no other site is left out.
    ///   - title: what is traced, such as `ticket YC-20260601-0042`.
    public init(
        title: String, sites: [(id: String, name: Words)], messages: [Message], events: [Event],
        language: ReportLanguage = .en
    ) {
        let known = Set(sites.map(\.id))
        let sent = messages.filter { known.contains($0.from) && known.contains($0.to) }
            .sorted { ($0.sent, $0.from, $0.to, $0.words) < ($1.sent, $1.from, $1.to, $1.words) }
        let noted = events.filter { known.contains($0.site) }.sorted { ($0.at, $0.site) < ($1.at, $1.site) }
        let moments = (sent.map(\.sent) + noted.map(\.at)).sorted()
        let last = moments.count > Self.entriesMax ? moments[Self.entriesMax - 1] : moments.last ?? .zero
        self.messages = Array(sent.prefix { $0.sent <= last }.prefix(Self.entriesMax))
        self.events = Array(noted.prefix { $0.at <= last }.prefix(Self.entriesMax))
        leftOut = sent.count + noted.count - self.messages.count - self.events.count
        self.sites = sites
        self.title = title
        self.language = language
    }

    /// A whole SVG file, UTF-8.
    public var svg: [UInt8] {
        Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\(MessageDrawing(self).markup.source)\n".utf8)
    }
}
