import Replication

/// How long the hub takes for what it is asked, and how busy that keeps it.
final class HubCapacity {
    private let calibration: Calibration
    private var busyMicroseconds: [Int64] = []
    private(set) var requests: [Int64] = []
    private(set) var bytesIn: [Int64] = []
    private(set) var bytesOut: [Int64] = []
    /// Its speed, of the machine that was measured.
    var speedPerMille: Int64 = 1_000
    var timesSlower: Int64 = 1
    /// Of a thousand parts of its time, how many others take.
    var takenPerMille: Int64 = 0

    init(_ calibration: Calibration) { self.calibration = calibration }

    private func stretched(_ nanoseconds: Int64) -> VirtualTime {
        let slowed = nanoseconds * timesSlower / max(1, speedPerMille)
        return VirtualTime(microseconds: slowed * 1_000 / max(10, 1_000 - takenPerMille))
    }

    func cost(of request: ExchangeRequest) -> VirtualTime {
        stretched(
            calibration.requestNanoseconds + Int64(request.changes.count) * calibration.changeNanoseconds)
    }

    func arrived(_ bytes: Int, at now: VirtualTime) {
        add(1, to: &requests, now)
        add(Int64(bytes), to: &bytesIn, now)
    }

    /// - Returns: how long filling takes.
    func answered(_ answer: ExchangeAnswer, bytes: Int, at now: VirtualTime) -> VirtualTime {
        add(Int64(bytes), to: &bytesOut, now)
        let entries = answer.entries.count + answer.histories.reduce(0) { $0 + $1.changes.count }
        let cost = stretched(calibration.answerNanoseconds + Int64(entries) * calibration.entryNanoseconds)
        note(busy: cost, at: now)
        return cost
    }

    func note(busy: VirtualTime, at now: VirtualTime) { add(busy.microseconds, to: &busyMicroseconds, now) }

    /// By hours since the start.
    func busyPerMille(hours: Int) -> [Int64] {
        (0..<hours).map { $0 < busyMicroseconds.count ? busyMicroseconds[$0] / 3_600_000 : 0 }
    }

    private func add(_ amount: Int64, to hours: inout [Int64], _ now: VirtualTime) {
        let hour = Int(now.seconds / 3_600)
        while hours.count <= hour { hours.append(0) }
        hours[hour] += amount
    }
}
