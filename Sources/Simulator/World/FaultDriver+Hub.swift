/// What begins and ends at the hub alone.
extension FaultDriver {
    func start(_ fault: ScheduledFault, _ number: Int) {
        switch fault.kind {
        case .slowQueries: world.capacity.timesSlower = fault.number("timesSlower")
        case .overload: world.capacity.takenPerMille = fault.number("busyPerMille")
        case .standardChanged: world.publishNextStandard()
        case .failOver: failOver(fault, number)
        default: break
        }
    }

    func stop(_ fault: ScheduledFault) {
        switch fault.kind {
        case .slowQueries: world.capacity.timesSlower = 1
        case .overload: world.capacity.takenPerMille = 0
        case .hubIsolated: for site in world.sites { refreshLine(site.number) }
        default: break
        }
    }
}
