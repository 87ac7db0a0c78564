@testable import Console
import Testing

@Suite struct ShorteningTests {
    private func script(_ text: String) -> String {
        String(decoding: Shortening.script(Array(text.utf8)), as: UTF8.self)
    }

    private func style(_ text: String) -> String { String(decoding: Shortening.style(Array(text.utf8)), as: UTF8.self) }

    /// Without the blanks that stand outside texts.
    private func solid(_ text: String) -> String {
        var (quote, isEscaped, result) = (Character?.none, false, "")
        for sign in text {
            if let open = quote {
                if sign == open && !isEscaped { quote = nil }
                isEscaped = sign == "\\" && !isEscaped
            } else if sign == "'" || sign == "\"" || sign == "`" {
                quote = sign
            }
            if quote != nil || !sign.isWhitespace { result.append(sign) }
        }
        return result
    }

    @Test(
        "a line loses its indentation and the blanks beside punctuation, and keeps those between words and in texts",
        arguments: [
            ("  const { a, b } = await f('x, y', \"z = 1\");", "const{a,b}=await f('x, y',\"z = 1\");"),
            ("return a + +b - -c + 'it\\'s , so';", "return a+ +b- -c+'it\\'s , so';"),
            ("if (a in b) return -1; else return typeof c;", "if(a in b)return-1;else return typeof c;"),
            ("export async function* f () { yield x ?? { }; }", "export async function*f(){yield x??{};}"),
            // A slash may begin a pattern or a comment, a backtick a text with a program inside.
            ("  a = b / c, d = 'e';", "a = b / c, d = 'e';"),
            ("  x.replace(/[' ]/g, y) ;", "x.replace(/[' ]/g, y) ;"),
            ("  const s = `a , ${b ? `c , d` : ''}` ;", "const s = `a , ${b ? `c , d` : ''}` ;"),
            ("  f('never ended , ) ;", "f('never ended , ) ;"),
        ])
    func tightens(_ line: String, _ expected: String) { #expect(script(line) == expected + "\n") }

    @Test("comments that fill lines are gone, those beside code and blank lines in texts stay")
    func dropsComments() {
        #expect(script("// a\n  /** b */\na();\n/* c\n   d\n*/\n\nb(); // e\n") == "a();\nb(); // e\n")
        #expect(script("/* a */ b();") == "/* a */ b();\n")
        let longText = "a = `one\n  two // three\n`;\n"
        #expect(script(longText) == longText)
    }

    @Test("a style keeps what its selectors and values mean")
    func tightensStyles() {
        let text = """
            /* a; b */
            @media (max-width: 4rem) and (min-width: 1rem) {
              .a > .b , .c::before:not(.d) { content: "} ; x"; margin: calc(1px + 2px) -1px; }
            }
            """
        #expect(
            style(text) == "@media (max-width:4rem) and (min-width:1rem){"
                + ".a>.b,.c::before:not(.d){content:\"} ; x\";margin:calc(1px + 2px) -1px}}")
    }

    @Test("nothing but blanks and comments is taken from the console's scripts")
    func changesNothingElse() throws {
        for source in WebFolder.scripts {
            let code = source.text.split(separator: "\n").map { $0.drop(while: \.isWhitespace) }
            let kept = code.filter { !$0.starts(with: "//") && !($0.starts(with: "/*") && $0.hasSuffix("*/")) }
            // Comments over several lines are compared by what follows them; the console has none elsewhere.
            guard !code.contains(where: { $0.starts(with: "/*") && !$0.hasSuffix("*/") }) else { continue }
            let lines = script(source.text).split(separator: "\n")
            #expect(lines.count == kept.count, "\(source.name)")
            for (short, long) in zip(lines, kept) { #expect(solid(String(short)) == solid(String(long))) }
        }
    }
}
