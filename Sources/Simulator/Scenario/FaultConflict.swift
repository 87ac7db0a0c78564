/// Which faults cannot both hold at one site at one time. A scenario that says so is refused: what a run would make of
/// it depends on the order in which two lines of code happen to look.
///
/// | faults | cannot both hold, because |
/// | --- | --- |
/// | two of one kind | two numbers, or two ends, for one thing |
/// | linkCut, linkOneWay, swizzle, flapping, captivePortal, any two | each says otherwise whether the line carries |
/// | traced and loss, traced and delay | the trace already says how much is lost, and how long it takes |
/// | crash, crashLoop, powerLoss, pause, rollingUpgrade, restoredBackup, replacedMachine, clonedDisk, failOver,
///   any two | what is down or held cannot go down |
/// | clockOffset, clockStep, wrongYear, wrongZone, any two, at the same moment | the clock's reading hangs on which is
///   first |
/// | crash, powerLoss or pause, and bulkImport, standardChanged, forcedResync or spuriousRetry | only a site that runs
///   can do the latter |
///
/// All others add up. A slow line may lose packets, and be cut for an hour; a full disk does not keep a site from
/// crashing.
enum FaultConflict {
    private static let lineStates: Set<FaultKind> = [.linkCut, .linkOneWay, .swizzle, .flapping, .captivePortal]
    private static let measured: Set<FaultKind> = [.loss, .delay]
    private static let stops: Set<FaultKind> = [
        .crash, .crashLoop, .powerLoss, .pause, .rollingUpgrade, .restoredBackup, .replacedMachine, .clonedDisk,
        .failOver,
    ]
    private static let clockReadings: Set<FaultKind> = [.clockOffset, .clockStep, .wrongYear, .wrongZone]
    private static let absences: Set<FaultKind> = [.crash, .powerLoss, .pause]
    private static let acts: Set<FaultKind> = [.bulkImport, .standardChanged, .forcedResync, .spuriousRetry]

    /// Why two kinds cannot hold at one site at one time; nil when they can.
    static func reason(_ one: FaultKind, _ other: FaultKind) -> String? {
        func are(_ left: Set<FaultKind>, _ right: Set<FaultKind>) -> Bool {
            left.contains(one) && right.contains(other) || left.contains(other) && right.contains(one)
        }
        if one == other { return "they are of one kind and would give one thing two numbers or two ends" }
        if are(lineStates, lineStates) { return "each says otherwise whether the line carries" }
        if are([.traced], measured) { return "a trace already says what the line loses and how long it takes" }
        if are(stops, stops) { return "a site that is down or held cannot go down" }
        if are(clockReadings, clockReadings) { return "the clock's reading would hang on which of them is first" }
        if are(absences, acts) { return "only a site that runs can do that" }
        return nil
    }

    /// Why two faults cannot both hold in a scenario that lasts until `end`, were they at one site; nil when they can.
    static func reason(_ one: ScheduledFault, _ other: ScheduledFault, until end: VirtualTime) -> String? {
        one.span(until: end).overlaps(other.span(until: end)) ? reason(one.kind, other.kind) : nil
    }
}
