import Foundation
import HTTP
import Standards

extension Browser {
    /// Keys that have no character, as the protocol names them.
    enum Key {
        static let tab = "\u{E004}"
        static let enter = "\u{E007}"
        static let control = "\u{E009}"
        static let escape = "\u{E00C}"
        static let down = "\u{E015}"
    }

    /// Gives a browser that a node lets in, on a page of that node's.
    static func with(
        _ province: TestProvince, at node: TestNode, _ path: String, as person: String = "王芳",
        _ body: (Browser) throws -> Void
    ) throws {
        let browser = try Browser(scratch: province.scratch)
        defer { browser.close() }
        try browser.letIn(at: node, as: person)
        try browser.open(node.url + path)
        try body(browser)
    }

    /// From now on `node` takes it for `person`'s.
    func letIn(at node: TestNode, as person: String = "王芳") throws {
        try send([
            "Authorization": .string("Bearer \(node.token)"),
            "Tributary-Actor": .string(PercentCoding.encode(person)),
        ])
    }

    /// Opens a page and waits for what shows that it is there.
    func open(_ url: String, until sign: String) throws {
        try open(url)
        try Moment.wait(for: "\(sign) at \(url)") { try count(sign) > 0 }
    }

    /// Whether pages are seen in the dark, or on paper.
    func see(dark: Bool = false, medium: String = "") throws {
        let scheme: JSONValue = ["name": "prefers-color-scheme", "value": .string(dark ? "dark" : "light")]
        try command("Emulation.setEmulatedMedia", ["media": .string(medium), "features": [scheme]])
    }

    /// Text that an input method has not decided yet.
    func compose(_ text: String) throws {
        let end = JSONValue.integer(Int64(text.utf16.count))
        try command("Input.imeSetComposition", ["text": .string(text), "selectionStart": end, "selectionEnd": end])
    }

    /// Text as an input method puts it in when it has decided.
    func commit(_ text: String) throws { try command("Input.insertText", ["text": .string(text)]) }

    /// What is written in each of some elements.
    func texts(_ selector: String) throws -> [String] {
        let script = "return [...document.querySelectorAll(arguments[0])].map((one) => one.textContent)"
        return try run(script, [.string(selector)]).arrayValue?.compactMap(\.stringValue) ?? []
    }

    /// Keeps a picture under `.build/artefacts/screens`.
    func keepPicture(_ name: String) throws {
        let folder = ProjectFiles.path(".build/artefacts/screens")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try picture().write(to: URL(fileURLWithPath: "\(folder)/\(name).png"))
    }
}

/// What several tests do in the same way.
extension Browser {
    /// The number of the ticket that a page shows, once it does.
    func numberShown(subject: String) throws -> String {
        try Moment.wait(for: "the page of \(subject)") { try text("article h1") == subject }
        guard let number = try text("article .title .number") else { throw Failure("\(subject) shows no number") }
        return number
    }

    /// Uses a new one-time link of a node's as somebody who chooses a name and a password.
    func welcome(at node: TestNode, as person: String, password: String) throws {
        let said = try Tool.done(["account", "invite", "--data", node.folder]).output
        guard let link = said.split(whereSeparator: \.isWhitespace).first(where: { $0.contains("/welcome?key=") }),
            let path = link.range(of: "/welcome")
        else { throw Failure("no link was printed") }
        try open(node.url + link[path.lowerBound...], until: "[name=again]")
        try write(person, into: "[name=name]")
        for field in ["password", "again"] { try write(password, into: "[name=\(field)]") }
        try click("form button.first")
        try Moment.wait(for: "\(person) to be in") { try text("details.menu summary") == person }
    }

    /// Comes in by name and password.
    func signIn(at node: TestNode, as person: String, password: String) throws {
        try open(node.url + "/sign-in", until: "[name=password]")
        try write(person, into: "[name=name]")
        try write(password, into: "[name=password]")
        try click("form button.first")
        try Moment.wait(for: "\(person) to be in") { try text("details.menu summary") == person }
    }
}
