/// A flood of connections that say nothing must not keep out those that do. When all places are taken, the newest is
/// let in, and those that have waited longest on strangers are closed for it: first of the address that has most of
/// them, so that a flood from one place costs the others nothing. There is no limit an address, since behind a proxy
/// all come from one.
extension Server {
    /// Connections closed in one go are this part of all, so that looking for them is seldom.
    private static let evictedPart = 64

    /// Closes some connections that wait on strangers.
    ///
    /// - Returns: how many.
    @discardableResult
    func makeRoom() -> Int {
        let open = state.withLock { $0.connections }
        let wanted = max(1, configuration.connectionsMax / Self.evictedPart)
        var closed: [UInt64] = []
        for number in Self.order(open) {
            guard closed.count < wanted else { break }
            if open[number]?.makeRoom() ?? false { closed.append(number) }
        }
        state.withLock { state in
            // One that is gone already stays gone.
            for number in closed { state.leaving[number] = state.connections.removeValue(forKey: number) }
            pace(state)
        }
        return closed.count
    }

    /// Accepts only while few enough are on their way out. Within the lock, so that the last word is the newest.
    func pace(_ state: State) {
        guard case .running(let listener, _) = state.lifecycle else { return }
        if state.leaving.count < configuration.leavingMax { listener.resume() } else { listener.pause() }
    }

    /// The system has no descriptor left: those that wait on strangers make room for those that wait to be accepted.
    func meetShortage() {
        onEvent(.shortage)
        makeRoom()
    }

    /// Those that may be closed, in the order in which they are.
    private static func order(_ open: [UInt64: Connection]) -> [UInt64] {
        var crowds: [String: Int] = [:]
        var candidates: [(number: UInt64, host: String, standing: ConnectionMachine.Standing)] = []
        for (number, connection) in open {
            guard let standing = connection.standing else { continue }
            crowds[connection.host, default: 0] += 1
            candidates.append((number, connection.host, standing))
        }
        candidates.sort { first, second in
            if first.standing.hasKnownCaller != second.standing.hasKnownCaller { return second.standing.hasKnownCaller }
            let (firstCrowd, secondCrowd) = (crowds[first.host] ?? 0, crowds[second.host] ?? 0)
            if firstCrowd != secondCrowd { return firstCrowd > secondCrowd }
            return first.standing.since < second.standing.since
        }
        return candidates.map(\.number)
    }
}
