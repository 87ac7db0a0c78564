/// Measures how long something takes.
enum Stopwatch {
    /// Seconds by the steady clock.
    static func seconds(_ work: () throws -> Void) rethrows -> Double {
        let start = Environment.steadySeconds()
        try work()
        return Environment.steadySeconds() - start
    }

    /// Seconds that this process keeps processors busy with it.
    static func processorSeconds(_ work: () throws -> Void) rethrows -> Double {
        let start = Environment.processorSeconds()
        try work()
        return Environment.processorSeconds() - start
    }

    /// Microseconds of each of `count` things.
    static func microseconds(each count: Int, _ work: () throws -> Void) rethrows -> Double {
        try seconds(work) * 1e6 / Double(max(1, count))
    }
}
