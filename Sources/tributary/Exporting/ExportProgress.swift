import ServiceDesk

/// Says on standard error how far an export is, once it takes longer than one likes to wait without a word.
struct ExportProgress {
    /// Before that nothing is said.
    static let quietSeconds = 2.0
    /// Between two lines where they are not rewritten.
    static let stepSeconds = 5.0
    private static let refreshSeconds = 0.2

    private let what: String
    private let isInteractive = Terminal.isInteractive
    private let start = Environment.steadySeconds()
    private var lastShown: Double?

    init(_ subject: ExportQuery.Subject) { what = subject.rawValue }

    mutating func reached(_ rows: Int) {
        let now = Environment.steadySeconds()
        let pause = isInteractive ? Self.refreshSeconds : Self.stepSeconds
        guard now - start >= Self.quietSeconds, now - (lastShown ?? 0) >= pause else { return }
        lastShown = now
        let line = "export: \(rows) rows of \(what), \(Int(Double(rows) / (now - start))) a second"
        if isInteractive { Terminal.mark("\r\(line)") } else { Terminal.note(line) }
    }

    /// Clears the line on a terminal.
    func end() {
        if isInteractive, lastShown != nil { Terminal.mark("\r\u{1B}[K") }
    }
}
