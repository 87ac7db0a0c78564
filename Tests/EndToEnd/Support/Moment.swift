import Glibc

/// Waiting with a deadline, and time that nobody can set.
enum Moment {
    /// How long a condition is waited for unless a test says otherwise: long, since machines are slow at times, and
    /// passed only by a test that fails anyway.
    static let patienceSeconds = 30.0
    private static let pauseMilliseconds = 15

    /// Steady seconds.
    static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    static func pause(milliseconds: Int) {
        usleep(UInt32(milliseconds) * 1_000)
    }

    /// Waits until a condition holds. An error of the condition counts as "not yet" and is told at the deadline.
    static func wait(
        for what: String, seconds: Double = patienceSeconds, until condition: () throws -> Bool
    ) throws {
        let end = now() + seconds
        var last: (any Error)?
        while true {
            do {
                if try condition() { return }
                last = nil
            } catch {
                last = error
            }
            guard now() < end else {
                throw Failure("after \(seconds) s still no: \(what)" + (last.map { " (\($0))" } ?? ""))
            }
            pause(milliseconds: pauseMilliseconds)
        }
    }
}
