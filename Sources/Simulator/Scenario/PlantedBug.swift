import Replication

/// Bugs that a run can switch on to see that a checker catches them. No node ever does.
public enum PlantedBug: String, CaseIterable, Sendable {
    case droppedSync
    case forgetsEntries, refundKeyPerRequest, mergesByArrival, believesAnyStep, forgetsLosers
    case forgetsToSendAgain, retriesAtOnce, oneSiteTakesAll
    case skipsChecksums, countsRepeats, clockFromWall, forgetsChain, ignoresBatchLimit, cursorBeforeApply
    case keepsOrigin, knowsByNumber, sendsWithdrawn, sendsDownEarly, releasesEarly, keepsFiles
    case worksOnTaken, keepsOldStandard, hearsEarly, hearsNothing, paysAgain, ignoresRoles, revokesBackwards
    case forgetsToTell
    /// Of the machines: a disk that loses a write now and then.
    case lostWrite
    /// Of the shells: what a customer is called is in the log; people are told when the hub has it, or before the
    /// commit has returned; what was erased stays in the write-ahead log.
    case logsCustomers, waitsForHub, acknowledgesEarly, keepsLog
}

extension PlantedBug {
    /// What it switches on in the core; none where it is in the world around it.
    var mischief: Replication.Mischief {
        switch self {
        case .droppedSync, .lostWrite, .logsCustomers, .waitsForHub, .acknowledgesEarly, .keepsLog: .none
        case .forgetsEntries: .forgetsEntries
        case .refundKeyPerRequest: .refundKeyPerRequest
        case .mergesByArrival: .mergesByArrival
        case .believesAnyStep: .believesAnyStep
        case .forgetsLosers: .forgetsLosers
        case .forgetsToSendAgain: .forgetsToSendAgain
        case .retriesAtOnce: .retriesAtOnce
        case .oneSiteTakesAll: .oneSiteTakesAll
        case .skipsChecksums: .skipsChecksums
        case .countsRepeats: .countsRepeats
        case .clockFromWall: .clockFromWall
        case .forgetsChain: .forgetsChain
        case .ignoresBatchLimit: .ignoresBatchLimit
        case .cursorBeforeApply: .cursorBeforeApply
        case .keepsOrigin: .keepsOrigin
        case .knowsByNumber: .knowsByNumber
        case .sendsWithdrawn: .sendsWithdrawn
        case .sendsDownEarly: .sendsDownEarly
        case .releasesEarly: .releasesEarly
        case .keepsFiles: .keepsFiles
        case .worksOnTaken: .worksOnTaken
        case .keepsOldStandard: .keepsOldStandard
        case .hearsEarly: .hearsEarly
        case .hearsNothing: .hearsNothing
        case .paysAgain: .paysAgain
        case .ignoresRoles: .ignoresRoles
        case .revokesBackwards: .revokesBackwards
        case .forgetsToTell: .forgetsToTell
        }
    }
}
