import Replication

extension CompareRequest {
    /// Changes that it brings to the hub.
    var changeCount: Int {
        switch self {
        case .deliver(let part): part.items.count
        case .returned(let changes): changes.count
        case .announce, .claim, .buckets, .list, .level, .finish: 0
        }
    }

    /// Whether it ends a comparison.
    var isLast: Bool {
        if case .finish = self { return true }
        return false
    }
}
