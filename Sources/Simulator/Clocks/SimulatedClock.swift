/// The clocks of one machine: one oscillator that may run fast or slow, and a wall clock that people and time servers
/// set.
public struct SimulatedClock: Sendable {
    /// True and machine time at which the oscillator's rate last changed.
    private var anchor = VirtualTime.zero
    private var machineAtAnchor: Int64 = 0
    private var partsPerMillion: Int64 = 0
    private var bootedAt: Int64 = 0
    /// Wall clock less machine time, in microseconds.
    private var wallOffset: Int64

    /// - Parameter starts: when the scenario starts, in milliseconds since 1970.
    public init(starts: Int64) { wallOffset = starts * 1_000 }

    private func machine(at now: VirtualTime) -> Int64 {
        let elapsed = (now - anchor).microseconds
        return machineAtAnchor + elapsed + elapsed / 1_000_000 * partsPerMillion
            + elapsed % 1_000_000 * partsPerMillion / 1_000_000
    }

    /// Milliseconds since the machine started; never set.
    public func steady(at now: VirtualTime) -> Int64 { (machine(at: now) - bootedAt) / 1_000 }

    /// Milliseconds since 1970, as the machine has them.
    public func wall(at now: VirtualTime) -> Int64 { (machine(at: now) + wallOffset) / 1_000 }

    /// From now on the machine's second is so much too long or too short.
    public mutating func drift(partsPerMillion: Int64, at now: VirtualTime) {
        machineAtAnchor = machine(at: now)
        anchor = now
        self.partsPerMillion = partsPerMillion
    }

    /// Sets the wall clock forward, or back where negative.
    public mutating func step(milliseconds: Int64) { wallOffset += milliseconds * 1_000 }

    /// The machine starts anew: the steady clock begins at nothing, the wall clock goes on.
    public mutating func reboot(at now: VirtualTime) { bootedAt = machine(at: now) }

    /// How long in true time the steady clock takes to reach a reading.
    public func delay(until steady: Int64, at now: VirtualTime) -> VirtualTime {
        let wanted = max(0, steady - self.steady(at: now)) * 1_000
        return VirtualTime(microseconds: wanted - wanted / 1_000_000 * partsPerMillion)
    }
}
