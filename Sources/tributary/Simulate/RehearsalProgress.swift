import Foundation
import Simulator

/// Shows how far a rehearsal is: one line that is rewritten on a terminal, a line now and then on a pipe.
final class RehearsalProgress {
    private let start = ProcessInfo.processInfo.systemUptime
    private var lastShown = 0.0
    private let isQuiet: Bool

    init(isQuiet: Bool) { self.isQuiet = isQuiet }

    func reached(_ progress: Rehearsal.Progress) {
        guard !isQuiet else { return }
        let now = ProcessInfo.processInfo.systemUptime
        let pause = Terminal.isInteractive ? 0.2 : 5.0
        guard now - start > 1.5, now - lastShown > pause else { return }
        lastShown = now
        let line =
            "\(DurationText.clock(progress.now)) of \(DurationText.text(progress.end)), \(progress.changes) changes, "
            + "\(progress.events) events"
        if Terminal.isInteractive { Terminal.mark("\r\u{1B}[K\(line)") } else { Terminal.note(line) }
    }

    func end() {
        if Terminal.isInteractive, lastShown > 0 { Terminal.mark("\r\u{1B}[K") }
    }
}
