import Replication
import Standards

/// How clocks are, in lines for people.
enum ClockLine {
    /// A difference in words.
    static func words(_ milliseconds: JSONValue?) -> String {
        milliseconds?.intValue.map { ClockRecord.words(Int64($0)) } ?? "not known"
    }

    /// Of a branch's own clock.
    /// - Parameter clock: of its status.
    static func ofBranch(_ clock: JSONValue?) -> String {
        guard let clock, let measured = clock["measured"], measured != .null else {
            return "clock      never measured against the hub's"
        }
        let difference = "\(words(clock["offsetMilliseconds"])), measured \(JSONText.value(measured))"
        switch clock["skew"] {
        case "alarm": return "ALARM      this machine's clock is \(difference): set it; the province's time is used"
        case "warning": return "CLOCK      this machine's clock is \(difference): set it; the province's time is used"
        default:
            return "clock      \(JSONText.value(clock["offsetMilliseconds"])) ms off the hub, measured "
                + JSONText.value(measured)
        }
    }

    /// Of a hub's clock; what needs a person in capitals.
    static func ofHub(_ clock: JSONValue?) -> [String] {
        guard let clock else { return [] }
        var lines: [String] = []
        switch clock["standing"] {
        case "doubted":
            lines.append("ALARM      the hub tells nobody its time: \(JSONText.value(clock["doubt"]))")
            lines.append("           " + JSONText.value(clock["remedy"]))
        case "unproved":
            lines.append(
                "CLOCK      after a while away no three branches have borne the hub's clock out yet; whose clock "
                    + "agrees is answered, the others wait")
        default: lines.append("clock      " + (median(clock) ?? "fewer than three branches heard since the start"))
        }
        if let kept = clock["keptMilliseconds"], kept != .null {
            let seconds = (kept.intValue ?? 0) / 1_000
            lines.append(
                "CLOCK      this machine's clock is \(ClockRecord.words(-Int64(seconds) * 1_000)) the time that the "
                    + "hub has given out; the province keeps that time: set the clock right")
        }
        return lines
    }

    private static func median(_ clock: JSONValue) -> String? {
        guard let median = clock["branchesMilliseconds"], median != .null else { return nil }
        return
            "believed; the branches' clocks are \(words(median)) in the middle of "
            + JSONText.value(clock["branchesHeard"])
    }
}
