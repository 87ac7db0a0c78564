import Standards
import Testing

@testable import tributary

/// Text of others on a terminal.
@Suite struct PlainTextTests {
    @Test("control characters never reach the terminal")
    func controls() {
        #expect(PlainText.line("a\u{1B}[2Jb\nc\u{202E}d") == "a·[2Jb c·d")
    }

    @Test("Chinese characters count for two columns, combining marks for none")
    func width() {
        #expect(DisplayWidth.columns("银川a") == 5)
        #expect(DisplayWidth.columns("e\u{301}") == 1)
        #expect(DisplayWidth.padded("银川", to: 6) == "银川  ")
        #expect(PlainText.cut("宽带频繁掉线", to: 7) == "宽带频…")
        #expect(PlainText.cut("宽带", to: 4) == "宽带")
    }

    @Test("a table's columns line up whatever is in them")
    func table() {
        var table = TextTable(["site", "name"])
        table.add(["nx-yinchuan", "银川"])
        table.add(["a", "b\u{7}"])
        #expect(table.lines == ["site         name", "nx-yinchuan  银川", "a            b·"])
    }
}
