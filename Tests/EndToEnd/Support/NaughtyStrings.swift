import Foundation
import Standards

/// Texts that programs are known to spoil.
enum NaughtyStrings {
    /// The same dirt as in the Big List, small enough to be at hand wherever the tests run.
    static let own: [String] = [
        "\u{1}\u{2}\u{7}\u{8}\u{B}\u{C}\u{E}\u{1B}[31m\u{7F}", "\u{80}\u{85}\u{9F}", "\t", "a\tb", "\r", "a\rb",
        "a\r\nb", "a\nb",
        " leading", "trailing ", "\u{3000}全角\u{3000}", "\u{A0}", "\u{FEFF}", "\u{FEFF}begins with a mark",
        "in the\u{FEFF}midst",
        "\u{FFFE}\u{FFFF}\u{1FFFF}", "\u{2028}", "a\u{2029}b", "\u{200B}\u{200D}\u{2060}\u{AD}",
        "\u{202E}txt.exe\u{202C}\u{200F}",
        "مرحبا", "שלום \u{200E}x", "Z\u{34F}\u{348}\u{301}\u{321}a\u{32F}\u{36B}l\u{358}g\u{31B}o\u{489}", "\u{301}",
        "\u{20E3}alone",
        "é", "e\u{301}", "Å\u{212B}A\u{30A}", "가", "\u{1100}\u{1161}", "ｱ", "👩‍👩‍👧‍👦🏳️‍🌈🇨🇳", "\u{1F1E8}", "𠮷𪚥", "\u{10FFFF}",
        "\u{E000}",
        "../../../../etc/passwd", "C:\\Windows\\..\\x", "'; DROP TABLE ticket; --", "\" OR \"\"=\"", "%s%n%d", "%00",
        "\\0", "\\u0000",
        "${jndi:ldap://x}", "{{7*7}}", "<script>alert(1)</script>", "&lt;&amp;&#0;", "]]>", "<!--", "$(id)", "`id`",
        "| cat", "a;b",
        "=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "'=1", "''=1", "'", "'plain", "\t=1", "\r=1", "＝1", "＋",
        "－", "＠x",
        "\"", "\"\"", "\"a\",b", ",", ",,,", "a,\"b\nc\"", "null", "NULL", "undefined", "true", "NaN", "0", "007",
        "1E3", "1,000",
        "12345678901234567890", "{\"a\":[1]}", "[", "\\", "\\\"", "/", "data: x\n\nevent: reset\n\n", "id: 1",
        String(repeating: "长", count: 4_000),
        String(repeating: "a\u{300}", count: 1_500),
    ]

    /// A word that stands nowhere else: wherever it is found, a text has come to there.
    static let mark = "zq7vx3k"

    /// Texts of each kind of mischief that can be traced.
    static let marked: [String] = [
        mark, "=\(mark)", "-\(mark)", "@\(mark)", "'=\(mark)", "<b>\(mark)</b>", "\(mark)\u{1B}[31m", "\(mark)/../x",
        "..\\\(mark)", "'; DROP TABLE \(mark); --", "\(mark)\n\(mark)", "\"\(mark)\" OR *", "\u{202E}\(mark)",
        "\(mark)\r\nSet-Cookie: \(mark)=1", mark + String(repeating: "长", count: 4_000),
    ]

    /// The Big List, if it lies beside the project.
    static let big: [String]? = {
        guard let path = try? ProjectFiles.dataPath("strings/blns.json"),
            let bytes = FileManager.default.contents(atPath: path),
            let json = try? JSONValue(parsing: Array(bytes), sizeLimit: 1 << 20)
        else { return nil }
        return json.arrayValue?.compactMap(\.stringValue)
    }()
}
