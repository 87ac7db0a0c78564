/// The common foot of the pictures: virtual time from left to right, labelled in the province's time.
struct TimeAxis {
    struct Tick {
        let x: Int64
        let words: Words
        let isStrong: Bool
    }

    private static let stepsInMinutes: [Int64] = [
        1, 5, 15, 30, 60, 180, 360, 720, 1_440, 2_880, 7 * 1_440, 14 * 1_440, 28 * 1_440, 91 * 1_440, 364 * 1_440,
    ]
    /// The most labels that stand side by side without touching.
    private static let labelsMax: Int64 = 15

    let clock: ReportClock
    /// Never nothing, so that no division fails.
    let span: Int64
    /// In tenths of a pixel.
    let left: Int64
    let right: Int64

    init(_ outcome: Outcome, left: Int64, right: Int64) {
        clock = ReportClock(outcome)
        span = max(1_000_000, outcome.simulated.microseconds)
        self.left = left
        self.right = right
    }

    func x(_ time: VirtualTime) -> Int64 {
        left + FigureText.scaled(time.microseconds.clamped(to: 0...span), right - left, over: span)
    }

    /// At round times of the province's clock; a label a tick.
    var ticks: [Tick] {
        let step = Self.stepsInMinutes.first { span / ($0 * 60_000_000) <= Self.labelsMax } ?? 3_640 * 1_440
        let stepMilliseconds = step * 60_000
        // Weeks begin on a Monday, which 1970 did not.
        let origin: Int64 = step >= 7 * 1_440 ? 4 * 86_400_000 : 0
        var local = (clock.localStart - origin + stepMilliseconds - 1) / stepMilliseconds * stepMilliseconds + origin
        var ticks: [Tick] = []
        while true {
            let time = VirtualTime.milliseconds(local - clock.localStart)
            guard time.microseconds <= span else { return ticks }
            let isMidnight = local % 86_400_000 == 0
            let words =
                step >= 7 * 1_440
                ? clock.shortDate(time)
                : isMidnight ? clock.shortDay(time) : Words(clock.timeOfDay(time))
            ticks.append(Tick(x: x(time), words: words, isStrong: isMidnight && clock.isMonday(time)))
            local += stepMilliseconds
        }
    }
}
