/// Something that goes wrong at a known moment of a soak, and is mended after a known time.
struct Fault: Hashable, Sendable {
    enum Kind: String, CaseIterable, Sendable {
        /// The hub's node is killed (-9) and started again.
        case killHub
        /// A branch's node is killed (-9) and started again.
        case killBranch
        /// A branch's line is cut.
        case cut
        /// Requests of a branch reach the hub, and the replies are lost.
        case loseReplies
        /// A branch's line is slow in both directions.
        case slow

        /// In the words of the report.
        var words: String {
            switch self {
            case .killHub: "hub killed"
            case .killBranch: "branch killed"
            case .cut: "line cut"
            case .loseReplies: "replies lost"
            case .slow: "line slow"
            }
        }
    }

    let kind: Kind
    /// Which branch, in the order of the topology; nil for the hub.
    let branch: Int?
    /// Seconds after the load began.
    let at: Double
    /// How long it lasts.
    let seconds: Double
}
