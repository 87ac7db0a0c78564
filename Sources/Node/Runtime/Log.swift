import Dispatch
import Foundation
import Glibc
import Synchronization

/// One line an event on standard error. Never a customer's data; lines of one kind are thinned out, and what others
/// have sent is shortened and escaped, so that nobody can fill the disk or forge a line.
public final class Log: Sendable {
    private struct State {
        var thinning = LogThinning()
        /// When the count of what was withheld is written; nil while nobody waits for it.
        var armed: Int64?
    }

    private let site: String
    private let time: TimeText
    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "tributary.log")

    public init(site: String, timeZone: String) {
        self.site = site
        time = TimeText(timeZone)
    }

    /// - Parameters:
    ///   - area: what part of the node speaks: `exchange`, `storage`, `http`.
    ///   - about: whom: a site. Lines about one do not use up those about another.
    ///   - kind: what lines are counted together; the text itself when nil, and then it must not hold what others
    ///     choose.
    public func line(_ area: String, about: String = "", kind: String? = nil, _ text: String) {
        let name = [area, about, kind ?? Self.shape(text)].filter { !$0.isEmpty }.joined(separator: " ")
        let isWritten = state.withLock { state in
            writeEnded(&state)
            return state.thinning.admits(PlainText.line(name), at: SystemClock.steady())
        }
        if isWritten { write(area, text) }
        arm()
    }

    /// The text with its numbers left out, so that lines that differ in them only count as one kind.
    private static func shape(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.filter { !("0"..."9").contains($0) }))
    }

    private func writeEnded(_ state: inout State) {
        for (kind, withheld) in state.thinning.ended(at: SystemClock.steady()) {
            write("log", "… and \(withheld) more like it in the last minute: \(kind)")
        }
    }

    /// The counts are written at the end of the window even if nothing is said any more.
    private func arm() {
        let due = state.withLock { state -> Int64? in
            guard state.armed == nil, let due = state.thinning.due else { return nil }
            state.armed = due
            return due
        }
        guard let due else { return }
        let delay = max(0, due - SystemClock.steady())
        queue.asyncAfter(deadline: .now() + .milliseconds(Int(delay))) { [weak self] in self?.writeDue() }
    }

    private func writeDue() {
        state.withLock { state in
            state.armed = nil
            writeEnded(&state)
        }
        arm()
    }

    /// Writes at once and in one piece. Failing is no reason to stop a node: where the disk is full there is no log.
    private func write(_ area: String, _ text: String) {
        let line = "\(time.text(SystemClock.wall())) \(site) \(area): \(PlainText.line(text))\n"
        let bytes = Array(line.utf8)
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            written += count
        }
    }
}
