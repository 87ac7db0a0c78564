import Standards

/// Draws one fault of a kind: when, for how long, where and how much.
struct FaultDraw {
    let intensity: SwarmSettings.Intensity
    let branches: [String]
    let hub: String?
    /// Faults begin and end within; what is after it is left for healing.
    let window: Range<VirtualTime>

    /// How many faults of a kind there are.
    func count(_ kind: FaultKind, _ stream: inout RandomStream) -> Int64 {
        // One upgrade at a time reaches every site, and each damaged database costs a branch all that it holds.
        if [.rollingUpgrade, .bitRot, .failOver].contains(kind) { return 1 }
        // Two machines need a turn each.
        if kind == .clonedDisk, window.upperBound - window.lowerBound < .minutes(10) { return 0 }
        switch intensity {
        case .calm: return 1
        case .ordinary: return stream.within(1...3)
        case .fierce: return stream.within(2...6)
        }
    }

    /// - Returns: a fault within the window, with every number written out.
    func fault(_ kind: FaultKind, _ stream: inout RandomStream) -> ScheduledFault {
        let length = window.upperBound.seconds - window.lowerBound.seconds
        var at = VirtualTime.seconds(window.lowerBound.seconds + stream.below(max(1, length)))
        // Two machines have a turn each at least.
        if kind == .clonedDisk { at = max(window.lowerBound, min(at, window.upperBound - .minutes(10))) }
        let places = sites(kind, &stream)
        var fault = ScheduledFault(kind, at: at, sites: places)
        for parameter in kind.parameters {
            fault.numbers[parameter.key] = number(parameter, of: kind, atHub: places == [hub], &stream)
        }
        // What a site is down for counts as well: it is up again before healing begins.
        let left = max(1, (window.upperBound - at).seconds)
        if let down = fault.numbers["downSeconds"] { fault.numbers["downSeconds"] = min(down, left) }
        if let turns = fault.numbers["turns"] {
            fault.numbers["turns"] = min(turns, max(2, left / 300))
            let most = max(5, left / 60 / fault.number("turns"))
            fault.numbers["turnMinutes"] = min(fault.number("turnMinutes"), most)
        }
        if let acts = fault.numbers["actsAfterMinutes"] { fault.numbers["actsAfterMinutes"] = min(acts, left / 60) }
        if !kind.isMomentary {
            fault.lasts = .seconds(min(left, stream.within(seconds(kind, fault))))
        }
        return fault
    }

    private func sites(_ kind: FaultKind, _ stream: inout RandomStream) -> [String] {
        if kind.isHubOnly || kind == .rollingUpgrade { return [] }
        if let hub, Self.isDrawnAtHub(kind), stream.happens(perMille: 150) { return [hub] }
        let count: Int64 =
            switch kind.device {
            // A quarter of the sites, as for mischief inside the code elsewhere.
            case .inside: (Int64(branches.count) + 3) / 4
            case .disk where kind == .bitRot: 1
            // Half of the disks of a province do not fail in one day.
            case .process where [.restoredBackup, .replacedMachine, .clonedDisk].contains(kind):
                stream.within(1...max(1, Int64(branches.count) / 3))
            default: stream.happens(perMille: 500) ? 1 : stream.within(1...Int64(branches.count))
            }
        let chosen = stream.shuffled(branches).prefix(Int(count))
        return branches.filter(chosen.contains)
    }

    /// Damage to the hub's disk needs a backup, and a hub whose clock is far out is a question of its own: neither is
    /// drawn there.
    private static func isDrawnAtHub(_ kind: FaultKind) -> Bool {
        kind.mayBeAtHub && kind != .bitRot && (kind.device != .clock || kind == .clockOffset || kind == .clockDrift)
    }

    /// From a quarter of the usual to four times as much, within the parameter's range; each factor of two as likely.
    private func number(
        _ parameter: FaultParameter, of kind: FaultKind, atHub: Bool, _ stream: inout RandomStream
    ) -> Int64 {
        let range = parameter.range
        switch kind {
        case .linkOneWay: return stream.within(range)
        case .restoredBackup, .failOver:
            if parameter.key == "fromStandby" { return 0 }
            if parameter.key == "putsBackStarts" { return stream.within(range) }
            // Within a run of three days.
            if parameter.key == "hoursBack" {
                let isAll = range.contains(0) && stream.happens(perMille: 300)
                return isAll ? 0 : stream.within(1...36)
            }
            if parameter.key == "actsAfterMinutes", stream.happens(perMille: 300) { return 0 }
        case .wrongYear: return stream.pick([-10, -1, -1, 1, 1, 10])
        case .wrongZone: return stream.pick([-480, -60, 60, 120, 480])
        case .diskFull: return stream.pick([0, 4_096, 1 << 20])
        // A large import in a small run would be all that happens in it.
        case .bulkImport: return stream.within(5...100)
        default: break
        }
        let size = max(1, abs(parameter.usual))
        let low = max(1, size / 4) << stream.below(4)
        let value = low + stream.below(low)
        let isSigned = range.lowerBound < 0
        let signed = isSigned && stream.happens(perMille: 500) ? -value : value
        let bound: Int64 = atHub && kind == .clockOffset ? 240 : .max
        return min(max(signed, range.lowerBound, -bound), range.upperBound, bound)
    }

    /// How long a fault may last, in seconds.
    private func seconds(_ kind: FaultKind, _ fault: ScheduledFault) -> ClosedRange<Int64> {
        if kind == .rollingUpgrade {
            // Every site has its turn, and then all have the next version for a while.
            let turns = Int64(branches.count + 1) * fault.number("minutesBetween") * 60
            return turns...(turns + 3_600)
        }
        let minutes: ClosedRange<Int64> =
            switch kind {
            case .pause, .syncFails: 1...30
            case .crashLoop: 5...60
            case .linkCut, .linkOneWay, .hubIsolated: 5...720
            case .slowNode, .diskFull, .readError, .slowDisk, .slowQueries, .overload: 5...240
            case .storm: 30...180
            case .clockDrift: 60...1_440
            default: kind.device == .inside ? 60...1_440 : 10...480
            }
        switch intensity {
        case .calm: return minutes.lowerBound * 60...max(minutes.lowerBound, minutes.upperBound / 2) * 60
        case .ordinary: return minutes.lowerBound * 60...minutes.upperBound * 60
        case .fierce: return minutes.lowerBound * 60...minutes.upperBound * 120
        }
    }
}
