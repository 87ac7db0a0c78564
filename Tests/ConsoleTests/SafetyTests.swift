import Console
import Testing

@Suite struct SafetyTests {
    @Test("no script reads data as markup or as a program")
    func dataIsNeverMarkup() {
        let dangers = [
            "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "srcdoc",
            "DOMParser", "createContextualFragment", "javascript:",
        ]
        for script in WebFolder.scripts {
            for danger in dangers { #expect(!script.text.contains(danger), "\(danger) in \(script.name)") }
        }
    }

    @Test("the document has no script, style or handler of its own, so that the strict policy holds")
    func documentHasNothingInline() throws {
        let text = String(decoding: try #require(Asset.named("index.html")).bytes, as: UTF8.self)
        #expect(text.matches(of: /<script(?![^>]*\bsrc=)/).isEmpty)
        #expect(text.matches(of: /<style|\sstyle=|\son[a-z]+=/).isEmpty)
        for script in WebFolder.scripts { #expect(!script.text.contains("'style'"), "\(script.name)") }
    }

    @Test("nothing is asked of another machine")
    func nothingFromElsewhere() {
        for asset in Asset.all {
            let text = String(decoding: asset.bytes, as: UTF8.self)
                .replacing("http://www.w3.org/2000/svg", with: "")
            #expect(text.matches(of: /(?:https?:)?\/\/[a-z0-9-]+\.[a-z]/).isEmpty, "\(asset.name)")
        }
    }

    @Test("every module that is imported is there, at once or on demand")
    func importsAreThere() {
        for script in WebFolder.scripts {
            for match in script.text.matches(of: /(?:from |import\()'\.\/([a-z]+\.js)'/) {
                #expect(Asset.named(String(match.1)) != nil, "\(match.1) in \(script.name)")
            }
        }
    }
}
