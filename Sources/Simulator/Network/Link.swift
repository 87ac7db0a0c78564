/// One branch's line: bytes go one after the other in each direction, and lost packets cost time.
struct Link {
    /// Packets of this size; a lost one is sent again after a while.
    static let packetBytes: Int64 = 1_400
    /// Head and framing of a request or a reply.
    static let overheadBytes: Int64 = 400
    /// The first pause before a lost packet goes again; doubled each time.
    static let retransmission = VirtualTime.milliseconds(300)
    /// So often a packet is sent again before the connection is given up.
    static let retransmissionsMax = 6

    var condition: LinkCondition
    private(set) var bytesUp: Int64 = 0
    private(set) var bytesDown: Int64 = 0
    private var upBusyUntil = VirtualTime.zero
    private var downBusyUntil = VirtualTime.zero
    /// Counts cuts, so that what was on its way when one began is known to be lost.
    private(set) var cuts = 0

    init(_ condition: LinkCondition) { self.condition = condition }

    mutating func set(_ condition: LinkCondition) {
        let carried = (self.condition.carriesUp, self.condition.carriesDown)
        if carried != (condition.carriesUp, condition.carriesDown) { cuts += 1 }
        self.condition = condition
    }

    /// When the last byte of a body is at the other end; nil if the line gives up.
    mutating func send(
        _ bytes: Int, isUp: Bool, at now: VirtualTime, _ random: inout RandomStream
    ) -> VirtualTime? {
        let total = Int64(bytes) + Self.overheadBytes
        let begin = max(now, isUp ? upBusyUntil : downBusyUntil)
        let duration = VirtualTime(microseconds: total * 8_000 / max(1, condition.kilobitsPerSecond))
        guard let held = heldUp(packets: total / Self.packetBytes + 1, &random) else { return nil }
        let end = begin + duration + held
        if isUp {
            upBusyUntil = end
            bytesUp += total
        } else {
            downBusyUntil = end
            bytesDown += total
        }
        return end + condition.delay
    }

    /// How long lost packets hold a body up. Of a long body those in the middle are sent again while others pass, so
    /// they cost little; what counts is how often the last ones are lost.
    private func heldUp(packets: Int64, _ random: inout RandomStream) -> VirtualTime? {
        guard condition.lossPerMille > 0 else { return .zero }
        var held = VirtualTime.zero
        for _ in 0..<min(packets, 4) {
            var pause = Self.retransmission + condition.delay + condition.delay
            var tries = 0
            while random.happens(perMille: condition.lossPerMille) {
                tries += 1
                guard tries <= Self.retransmissionsMax else { return nil }
                held += pause
                pause = pause + pause
            }
        }
        let middle = max(0, packets - 4) * condition.lossPerMille / 1_000
        return held + VirtualTime(microseconds: middle * (condition.delay.microseconds + 1_000))
    }
}
