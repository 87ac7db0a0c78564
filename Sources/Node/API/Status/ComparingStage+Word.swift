import Replication

extension ComparingStage {
    /// As `status` says it; nil when nothing is compared.
    var word: String? {
        switch self {
        case .none: nil
        case .due: "waits for the hub"
        case .streams: "what this site wrote"
        case .buckets, .listing: "what both hold"
        case .returning: "giving back what the hub lacks"
        case .levelling: "asking for what is missing here"
        case .finishing: "done"
        }
    }
}
