import Replication

/// Bugs that a run can switch on to see that a checker catches them. No node ever does.
public enum PlantedBug: String, CaseIterable, Sendable {
    case droppedSync
    case forgetsEntries, refundKeyPerRequest, mergesByArrival, believesAnyStep, forgetsLosers
    case forgetsToSendAgain, retriesAtOnce, oneSiteTakesAll
}

extension PlantedBug {
    /// What it switches on in the core; none where it is in the world around it.
    var mischief: Replication.Mischief {
        switch self {
        case .droppedSync: .none
        case .forgetsEntries: .forgetsEntries
        case .refundKeyPerRequest: .refundKeyPerRequest
        case .mergesByArrival: .mergesByArrival
        case .believesAnyStep: .believesAnyStep
        case .forgetsLosers: .forgetsLosers
        case .forgetsToSendAgain: .forgetsToSendAgain
        case .retriesAtOnce: .retriesAtOnce
        case .oneSiteTakesAll: .oneSiteTakesAll
        }
    }
}
