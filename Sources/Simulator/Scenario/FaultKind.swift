/// What can go wrong. The raw value is its name in a scenario.
public enum FaultKind: String, CaseIterable, Comparable, Sendable {
    case loss, delay, reorder, duplicate, reset, replyLost, linkCut, linkOneWay, hubIsolated, swizzle, bandwidth
    case captivePortal, corrupt, flapping, traced
    case crash, crashLoop, pause, slowNode, rollingUpgrade, restoredBackup, replacedMachine, clonedDisk
    case powerLoss, syncFails, diskFull, readError, bitRot, slowDisk
    case clockOffset, clockDrift, clockStep, wrongYear, wrongZone
    case sameTicketTwoBranches, closeAgainstEscalate, refundAskedTwice, transferWhileOffline, storm, bulkImport
    case standardChanged
    case slowQueries, overload, failOver
    case tinyBatches, earlyTimer, spuriousRetry, smallQueue, forcedResync
    case flood

    /// Its number in the specification; 0 for those that it does not number: a link that follows a trace, which is no
    /// fault of its own, and a site that floods the hub.
    public var number: Int {
        isNumbered ? (Self.numbered.firstIndex(of: self) ?? -1) + 1 : 0
    }

    var isNumbered: Bool { self != .traced && self != .flood }

    private static let numbered = allCases.filter(\.isNumbered)

    public static func < (left: FaultKind, right: FaultKind) -> Bool { left.number < right.number }

    /// What part of the world it is done to.
    public enum Device: String, CaseIterable, Sendable {
        case network, process, disk, clock, people, hub, inside
    }

    public var device: Device {
        if self == .flood { return .inside }
        return switch number {
        case 0...14: .network
        case 15...22: .process
        case 23...28: .disk
        case 29...33: .clock
        case 34...40: .people
        case 41...43: .hub
        default: .inside
        }
    }

    /// Whether it happens in a moment, so that a duration makes no sense.
    public var isMomentary: Bool {
        switch self {
        case .crash, .powerLoss, .bitRot, .clockStep, .wrongYear, .wrongZone, .clockOffset, .bulkImport,
            .standardChanged, .forcedResync, .restoredBackup, .replacedMachine, .clonedDisk, .failOver, .spuriousRetry:
            true
        default: false
        }
    }

    /// Whether it is the hub's own, so that no site is named.
    public var isHubOnly: Bool {
        switch self {
        case .hubIsolated, .slowQueries, .overload, .failOver, .standardChanged: true
        default: false
        }
    }

    /// Whether the hub may be named as its site.
    public var mayBeAtHub: Bool {
        if [.restoredBackup, .replacedMachine, .clonedDisk].contains(self) { return false }
        return isHubOnly || [.process, .disk, .clock].contains(device) || self == .smallQueue || self == .earlyTimer
    }
}
