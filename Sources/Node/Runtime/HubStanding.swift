import Replication

/// Whether a hub does its office, and if not, why and what its administrator has to type.
public struct HubStanding: Sendable {
    /// Why it neither exchanges nor decides; nil when nothing is wrong.
    public let doubt: String?
    /// Whether its sites are still bringing what it may have lost.
    public let isGathering: Bool
    /// The sites that are still to be compared, of those that are not given up.
    public let awaited: [SiteID]

    /// - Parameter contradiction: what the side file says against the database.
    public init(_ store: SiteStore, contradiction: String?) throws {
        self.init(try store.life(), try store.peers(), contradiction: contradiction)
    }

    init(_ life: Life, _ peers: [Peer], contradiction: String?) {
        doubt = life.isHub ? contradiction ?? (life.doubt.isEmpty ? nil : life.doubt) : nil
        isGathering = life.isHub && life.isGathering
        awaited = life.isHub ? peers.filter { !$0.isCompared && !$0.isLost }.map(\.site) : []
    }

    var isDeciding: Bool { doubt == nil && !isGathering }

    static let doubtRemedy =
        "Stop the hub. If its database was put back: tributary hub restore --data DIR. If another hub has taken over: "
        + "leave this one stopped. If you have looked and nothing is wrong: tributary hub continue --data DIR."

    /// What to type about a doubt, or while gathering; nil when nothing is to be done.
    public var remedy: String? {
        if doubt != nil { return Self.doubtRemedy }
        guard isGathering else { return nil }
        guard !awaited.isEmpty else {
            return "It knows of no site yet: let the branches come; they do so by themselves."
        }
        return "Let them come: start their nodes and lines. Of one that will not come back say so: tributary site lost "
            + "SITE --data DIR."
    }

    /// - Throws: ``NodeError`` of kind `notNow` while the hub must not decide.
    func requireDeciding() throws {
        if let doubt {
            throw NodeError(.notNow, "This hub neither exchanges nor decides: \(doubt).", remedy: Self.doubtRemedy)
        }
        guard isGathering else { return }
        let names = awaited.map(\.text).joined(separator: ", ")
        throw NodeError(
            .notNow,
            "This hub gathers what its sites hold and decides nothing until enough are compared"
                + (awaited.isEmpty ? "." : "; still to come: \(names)."),
            remedy: remedy ?? "")
    }
}
