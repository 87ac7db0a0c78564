import HTTP
import Standards
import Testing

extension RealProcesses {
    @Suite(
        "Texts that programs are known to spoil, in a browser",
        .enabled(if: Browser.driver != nil, "there is no chromedriver on this machine"))
    struct NaughtyPageTests {
        /// What only a browser would carry out, beside what every program is told.
        static let strings =
            NaughtyStrings.own + [
                "<img src=x onerror=\"window.hit=1\">", "<svg onload=window.hit=1>",
                "</title><script>window.hit=1</script>",
                "javascript:window.hit=1", "\" autofocus onfocus=\"window.hit=1",
                "{{constructor.constructor('hit')()}}",
                "'-window.hit-'", "${window.hit=1}", "__proto__", "constructor", "toString", "未定义", "空", "无",
            ]

        /// Fields of a complaint that take any text, with the longest that each takes.
        private static let fields = [
            ("description", 4_000), ("address", 300), ("area", 100), ("customerName", 100), ("contactName", 100),
            ("serviceNumber", 60), ("contactPhone", 40),
        ]

        /// Nothing that was written has become a part of a page, or was carried out.
        private func expectInert(_ browser: Browser, _ place: String) throws {
            #expect(try browser.run("return window.hit ?? null") == .null, "\(place)")
            let script = """
                return document.querySelectorAll('#app script, #app img, #app iframe, #app [onload], #app [onerror],'
                  + ' #app [onfocus], #app a[href^="javascript:"], #app style').length
                """
            #expect(try browser.run(script) == 0, "\(place)")
        }

        /// All that a page shows are texts as they were written, each in an element of its own.
        private func expectShown(_ wanted: [String], _ found: [String], _ place: String) {
            let found = Set(found.map { Array($0.utf8) })
            for text in wanted {
                let isShown = found.contains(Array(text.utf8))
                #expect(isShown, "\(place): \(text.unicodeScalars.prefix(20).map(\.value))")
            }
        }

        @Test("each stands in list, form, notes and search as it was written, and is never a part of the page")
        func shownAsWritten() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let node = try province.branch("yinchuan")
                let strings = Self.strings
                let subjects = strings.filter { $0.unicodeScalars.count <= 300 }
                for text in subjects { try node.open(text) }
                let noted = try node.open("备注")
                for text in strings { try node.note(noted, text) }
                let filled = try fill(node, strings)
                try Browser.with(province, at: node, "/?view=all") { browser in
                    try Moment.wait(for: "the list") { try browser.count("tbody .c-subject") > 0 }
                    while try browser.run("return document.querySelector('p.foot button')?.hidden === false") == true {
                        let before = try browser.count("tbody tr")
                        try browser.click("p.foot button")
                        try Moment.wait(for: "more") { try browser.count("tbody tr") > before }
                    }
                    expectShown(subjects, try browser.texts("tbody .c-subject .cut"), "list")
                    try expectInert(browser, "list")
                    try browser.open(node.url + "/tickets/" + noted, until: ".timeline .note")
                    expectShown(strings, try browser.texts(".timeline .note .text"), "notes")
                    try expectInert(browser, "notes")
                    for (id, texts) in filled {
                        try browser.open(node.url + "/tickets/" + id, until: "#tab-form")
                        try browser.click("#tab-form")
                        expectShown(texts, try browser.texts(".values dd"), "form of \(id)")
                        try expectInert(browser, "form of \(id)")
                    }
                    try search(strings, browser, node)
                }
                #expect(try node.get("/api/verify")["clean"] == true)
                let said = Scratch.text(of: node.logPath)
                for text in strings where text.unicodeScalars.count > 6 { #expect(!said.contains(text)) }
            }
        }

        /// Tickets whose fields hold as many of the texts as fit.
        private func fill(_ node: TestNode, _ strings: [String]) throws -> [(id: String, texts: [String])] {
            var (waiting, made) = (strings, [(id: String, texts: [String])]())
            while !waiting.isEmpty {
                var form: [String: JSONValue] = [:]
                for (field, most) in Self.fields {
                    guard let index = waiting.firstIndex(where: { $0.unicodeScalars.count <= most }) else { continue }
                    form[field] = .string(waiting.remove(at: index))
                }
                // What is too long for every field is in the notes.
                guard !form.isEmpty else { break }
                made.append((try node.open("表单", fields: form), form.values.compactMap(\.stringValue)))
            }
            return made
        }

        /// The box takes anything; what it finds is text.
        private func search(_ strings: [String], _ browser: Browser, _ node: TestNode) throws {
            for text in strings {
                let query = PercentCoding.encode(text)
                let answer = try node.call("GET", "/api/search?q=" + query)
                #expect([200, 400, 414, 422].contains(answer.status), "\(answer.status) \(answer.text.prefix(200))")
            }
            for text in ["<img src=", "</title><script>", "{{constructor"] {
                let script = """
                    const box = document.querySelector('#search');
                    box.focus();
                    box.value = arguments[0];
                    box.dispatchEvent(new InputEvent('input', { bubbles: true }));
                    """
                _ = try browser.run(script, [.string(text)])
                try Moment.wait(for: "an answer to \(text)") {
                    try browser.texts("#found [role=option]").contains { $0.contains(text) }
                }
                try expectInert(browser, "search for \(text)")
            }
        }
    }
}
