import Testing

@testable import Node

@Suite("What a log writes of what is said again and again")
struct LogThinningTests {
    private let window = LogLimits.windowMilliseconds

    @Test("the first five lines of a kind are written, the rest of a minute counted, and the minute then begins anew")
    func burst() {
        var thinning = LogThinning()
        let written = (0..<1_000).count { thinning.admits("refused", at: Int64($0)) }
        #expect(written == LogLimits.linesPerKind)
        #expect(thinning.due == window)
        let early = thinning.ended(at: window - 1)
        #expect(early.isEmpty)
        let ended = thinning.ended(at: window)
        #expect(ended.map(\.kind) == ["refused"])
        #expect(ended.map(\.withheld) == [1_000 - LogLimits.linesPerKind])
        #expect(thinning.due == nil)
        let again = thinning.admits("refused", at: window)
        #expect(again)
    }

    @Test("what is said five times or less in a minute is written whole, and no count of it")
    func seldom() {
        var thinning = LogThinning()
        for number in 0..<LogLimits.linesPerKind {
            let isWritten = thinning.admits("clock", at: Int64(number))
            #expect(isWritten)
        }
        #expect(thinning.due == nil)
        let ended = thinning.ended(at: 2 * window)
        #expect(ended.isEmpty)
    }

    @Test("one kind does not use up what another may say")
    func apart() {
        var thinning = LogThinning()
        for _ in 0..<100 { _ = thinning.admits("refused a", at: 0) }
        let isWritten = thinning.admits("refused b", at: 0)
        #expect(isWritten)
    }

    @Test("kinds beyond the most that are told apart share one, so that neither the log nor the memory of it grows")
    func kinds() {
        var thinning = LogThinning()
        let written = (0..<100_000).count { thinning.admits("kind \($0)", at: 0) }
        #expect(written == LogLimits.kindsMax + LogLimits.linesPerKind)
        let ended = thinning.ended(at: window)
        #expect(ended.map(\.withheld) == [100_000 - written])
    }

    @Test("text from elsewhere stays on its line, steers no terminal, and is cut at its bound")
    func plain() {
        #expect(PlainText.line("银川 refused: 3 changes") == "银川 refused: 3 changes")
        #expect(
            PlainText.line("a\nb\r\u{1B}[31m\u{7}\u{202E}\u{2028}\u{0}")
                == "a\\u{a}b\\u{d}\\u{1b}[31m\\u{7}\\u{202e}\\u{2028}\\u{0}")
        #expect(PlainText.line("四四", bytesMax: 6) == "四四")
        #expect(PlainText.line("四四四", bytesMax: 8) == "四四 … (cut)")
    }
}
