/// A number that says how much of a fault there is; its unit stands in its key.
public struct FaultParameter: Hashable, Sendable {
    public let key: String
    public let range: ClosedRange<Int64>
    /// The value where the scenario names none.
    public let usual: Int64

    init(_ key: String, _ range: ClosedRange<Int64>, usual: Int64) {
        self.key = key
        self.range = range
        self.usual = usual
    }
}

extension FaultKind {
    public var parameters: [FaultParameter] {
        switch self {
        case .loss: [FaultParameter("lossPerMille", 1...1_000, usual: 100)]
        case .delay: [FaultParameter("delayMilliseconds", 1...60_000, usual: 800)]
        case .reorder, .duplicate, .reset, .replyLost, .corrupt: [FaultParameter("perMille", 1...1_000, usual: 100)]
        case .linkOneWay: [FaultParameter("canSend", 0...1, usual: 1)]
        case .swizzle: [FaultParameter("everySeconds", 1...86_400, usual: 600)]
        case .bandwidth: [FaultParameter("kilobitsPerSecond", 1...10_000_000, usual: 512)]
        case .flapping: [FaultParameter("periodSeconds", 1...86_400, usual: 5)]
        case .traced: [FaultParameter("offlineLossPerMille", 1...1_000, usual: 500)]
        case .crash, .powerLoss: [FaultParameter("downSeconds", 1...2_592_000, usual: 120)]
        case .restoredBackup:
            [Self.hoursBack, Self.putsBackStarts, FaultParameter("downSeconds", 1...2_592_000, usual: 600)]
        case .replacedMachine: [FaultParameter("downSeconds", 1...2_592_000, usual: 3_600)]
        case .clonedDisk:
            [FaultParameter("turnMinutes", 5...10_080, usual: 60), FaultParameter("turns", 2...100, usual: 4)]
        case .failOver:
            [
                FaultParameter("hoursBack", 0...8_784, usual: 24), Self.putsBackStarts,
                FaultParameter("actsAfterMinutes", 0...10_080, usual: 30), Self.fromStandby,
            ]
        case .crashLoop: [FaultParameter("everySeconds", 1...86_400, usual: 60)]
        case .slowNode: [FaultParameter("timesSlower", 2...1_000, usual: 20)]
        case .rollingUpgrade: [FaultParameter("minutesBetween", 1...10_080, usual: 30)]
        case .diskFull: [FaultParameter("bytesLeft", 0...1_000_000_000, usual: 0)]
        case .readError: [FaultParameter("perMille", 1...1_000, usual: 50)]
        case .bitRot: [FaultParameter("bits", 1...10_000, usual: 8)]
        case .slowDisk: [FaultParameter("syncMilliseconds", 1...60_000, usual: 500)]
        case .clockOffset: [FaultParameter("offsetSeconds", -86_400_000...86_400_000, usual: 300)]
        case .clockDrift: [FaultParameter("partsPerMillion", -100_000...100_000, usual: 200)]
        case .clockStep: [FaultParameter("stepSeconds", -86_400_000...86_400_000, usual: -3_600)]
        case .wrongYear: [FaultParameter("years", -50...50, usual: -1)]
        case .wrongZone: [FaultParameter("zoneMinutes", -1_440...1_440, usual: -480)]
        case .sameTicketTwoBranches, .closeAgainstEscalate, .refundAskedTwice, .transferWhileOffline:
            [FaultParameter("perMille", 1...1_000, usual: 100)]
        case .storm: [FaultParameter("timesBusier", 2...100, usual: 20)]
        case .bulkImport: [FaultParameter("rows", 1...100_000, usual: 200)]
        case .slowQueries: [FaultParameter("timesSlower", 2...1_000, usual: 10)]
        case .overload: [FaultParameter("busyPerMille", 1...990, usual: 800)]
        case .tinyBatches: [FaultParameter("batchBytes", 1...1_000_000, usual: 200)]
        case .smallQueue: [FaultParameter("jobs", 1...10_000, usual: 4)]
        case .flood: [FaultParameter("perSecond", 1...1_000, usual: 100)]
        case .linkCut, .hubIsolated, .captivePortal, .pause, .syncFails, .standardChanged, .earlyTimer, .spuriousRetry,
            .forcedResync:
            []
        }
    }

    /// How old the copy is that is put back.
    private static let hoursBack = FaultParameter("hoursBack", 1...8_784, usual: 24)
    /// 1: the hub is made of the standby, whatever copies there are.
    private static let fromStandby = FaultParameter("fromStandby", 0...1, usual: 0)
    /// 1: the count of starts that lies beside the database is put back with it, so that it does not give it away.
    private static let putsBackStarts = FaultParameter("putsBackStarts", 0...1, usual: 0)
}
