/// Shows that a long command is at work: one line that is rewritten on a terminal, a line now and then on a pipe.
final class Progress {
    /// Nothing is said on a pipe of what takes less than this.
    private static let patienceSeconds = 2.0
    private static let pipeSeconds = 5.0
    private static let refreshSeconds = 0.2

    private let what: String
    private let start: Double
    private let clock: () -> Double
    private let isInteractive: Bool
    private var lastShown = 0.0

    /// - Parameter clock: steady seconds.
    init(_ what: String, isInteractive: Bool, clock: @escaping () -> Double) {
        self.what = what
        self.clock = clock
        self.isInteractive = isInteractive
        start = clock()
    }

    /// Says how far it is.
    func reached(_ count: Int) {
        let now = clock()
        if isInteractive {
            guard now - lastShown >= Self.refreshSeconds else { return }
            lastShown = now
            Terminal.mark("\r\(line(count, now))")
        } else if now - start >= Self.patienceSeconds, now - lastShown >= Self.pipeSeconds {
            lastShown = now
            Terminal.note(line(count, now))
        }
    }

    /// Clears the line on a terminal.
    func end() {
        if isInteractive, lastShown > 0 { Terminal.mark("\r\u{1B}[K") }
    }

    private func line(_ count: Int, _ now: Double) -> String {
        let rate = now > start ? Int(Double(count) / (now - start)) : 0
        return "\(what): \(count) rows, \(rate) a second"
    }
}
