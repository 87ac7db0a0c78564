extension SimulatedDisk {
    /// A loss of power that is yet to come.
    struct PowerCut {
        /// Writes, syncs, truncations and deletions until then; 1 is the next one.
        var operations: Int
        var random: RandomStream
    }

    /// Power is lost and comes back at once: what was not synced is gone, whole or in part, and so is everything open.
    public func losePower(_ random: inout RandomStream) {
        killHandles()
        let names = Set(files.keys).union(durableFiles.keys).sorted()
        for name in names {
            let seen = files[name]
            let stored = durableFiles[name]
            let survivor = seen === stored || random.happens(perMille: 500) ? seen : stored
            survivor?.losePower(&random)
            survivor?.isLinked = true
            files[name] = survivor
        }
        durableFiles = files
        countBytes()
    }

    /// Cuts the power in the middle of the `count`-th write, sync, truncation or deletion from now on; 1 is the next
    /// one. That one fails, and everything after it, until ``start()``.
    public func cutPower(afterWrites count: Int, random: RandomStream) {
        precondition(count > 0, "the next write is number 1")
        cut = PowerCut(operations: count, random: random)
    }

    /// Takes back ``cutPower(afterWrites:random:)`` when it has not come about.
    public func cancelPowerCut() { cut = nil }

    /// Power is back; files can be opened, and hold what survived.
    public func start() { isOff = false }

    /// The program ended without closing anything: what it wrote is kept, its handles, locks and shared memory are not.
    public func abandonHandles() {
        killHandles()
        // order does not matter: each file is told the same
        for file in files.values { file.release() }
    }

    /// Counts an operation; whether the power is cut in the middle of it.
    func isCutNow() -> Bool {
        guard var coming = cut else { return false }
        coming.operations -= 1
        guard coming.operations == 0 else {
            cut = coming
            return false
        }
        cut = nil
        losePower(&coming.random)
        isOff = true
        return true
    }

    private func killHandles() { epoch += 1 }

    func countBytes() {
        // order does not matter: a sum
        usedBytes = files.values.reduce(0) { $0 + $1.live.count } + sideFiles.values.reduce(0) { $0 + $1.count }
    }
}
