/// Province time as one process life knows it: the last measured offset plus the steady clock.
///
/// Until the hub has answered once, the wall clock at the start of the process stands in for it. After that the wall
/// clock does not count: an operator who sets it cannot move a ticket.
public struct ProvinceTime: Equatable, Sendable {
    /// What is added to the steady clock, in milliseconds.
    private var base: Int64
    /// Whether the hub has answered in this process life.
    public private(set) var isMeasured: Bool

    /// At the start of a process: both clocks read together, in milliseconds.
    public init(wall: Int64, steady: Int64) {
        base = wall - steady
        isMeasured = false
    }

    /// The time in the province, in milliseconds since 1970, when the steady clock reads `steady`.
    public func now(steady: Int64) -> Int64 { base + steady }

    /// Takes a measurement and returns the error that was corrected: positive if this site was ahead.
    ///
    /// Cristian's algorithm: the hub's reading is taken to lie in the middle of the round trip.
    /// - Parameters: steady readings at sending and receiving, and the hub's time between them; all in milliseconds.
    public mutating func measure(sent: Int64, received: Int64, hub: Int64) -> Int64 {
        let middle = sent + (received - sent) / 2
        let error = now(steady: middle) - hub
        base -= error
        isMeasured = true
        return error
    }

    /// Goes on from a time, whatever the clocks say.
    mutating func restart(at milliseconds: Int64, steady: Int64) { base = milliseconds - steady }
}
