import Foundation

/// What the sources say of refusals that a page of the console can meet, with `{}` for each value: sentences, and
/// clauses that lack their subject. A literal that ends with a full stop is taken for sentences.
enum SpokenSentences {
    private static let places = [
        "ServiceDesk/", "Node/API/", "Node/Access/", "Node/Runtime/HubStanding", "Replication/Admission/",
        "Replication/Attachments/SiteStore+Uploading", "Replication/Changes/AttachmentLimits",
        "Replication/Changes/Edit+Fields", "Replication/Once/Session+Deciding", "Replication/Epochs/Session+Epoch",
    ]

    /// What only the command line and programs ask for, which are told in English.
    private static let left = [
        "ServiceDesk/Allowances/", "ServiceDesk/Circuits/", "ServiceDesk/Import/", "ServiceDesk/Notices/",
        "ServiceDesk/Overlays/", "ServiceDesk/Projections/", "ServiceDesk/Verification/",
        "ServiceDesk/Desk/Desk+Allowances", "ServiceDesk/Desk/Desk+Bringing", "ServiceDesk/Desk/Desk+Circuits",
        "ServiceDesk/Desk/Desk+Staff", "ServiceDesk/Export/ExportMap", "ServiceDesk/Staff/Roster",
        "Node/API/Events/", "Node/API/Refusals/", "Node/API/Status/", "Node/API/Requests/ImportRequest",
        "Node/API/Routes/Allowance", "Node/API/Routes/Backup", "Node/API/Routes/Circuit", "Node/API/Routes/Clock",
        "Node/API/Routes/Import", "Node/API/Routes/Notice", "Node/API/Routes/Overlay", "Node/API/Routes/Site",
        "Node/API/Routes/Staff", "Node/API/Routes/Token", "Node/API/Routes/Verify",
    ]

    /// What is no refusal: reasons that are written down with a decision; and damage, which an administrator reads in
    /// the log.
    private static let silent: Set<String> = [
        "Within the authority of whoever asked.", "The same refund has been paid out of an allowance already.",
        "The same {} was granted to another request in an earlier epoch.",
        "The same {} has been granted to another request already.",
        "A feed names a change that is not in the log.", "Run `tributary verify`.",
        "A keyed hash is not 16 bytes long.", "Report this.", "A marker was not written.",
        "Change {} is not admitted.",
        // Of epochs only whoever decides refunds hears on a page.
        "{} is a branch; only a hub begins an epoch.", "The directory has no site {}.",
        "List them: tributary site list.", "Run this on the hub's folder.",
        "A site has followed epoch {}; this hub goes on in {}.",
        "Enough sites are compared: this hub judges and decides again.", "{} was declared lost by {}.", "It {}.",
    ]

    /// What is put together in the sources, and all that can come of it.
    static let composed: [String: [String]] = [
        "Ask the hub{} to do it.": ["Ask the hub to do it.", "Ask the hub, https://hub.example:8080 to do it."],
        "is not known{}": ["is not known", "is not known; did you mean name?"],
        "is none of standard {}{}": ["is none of standard 2026.1", "is none of standard 2026.1; did you mean cut?"],
        "names one that standard {} has not{}": [
            "names one that standard 2026.1 has not", "names one that standard 2026.1 has not; did you mean cut?",
        ],
        "Add them{}.": [
            "Add them.", "Add them, or give a reason in note and take this step.",
            "Add them, or let clerk or supervisor give a reason in note and take this step.",
        ],
        "does not belong to {}": ["does not belong to this action", "does not belong to any action"],
        "Check the number, register the circuit{}.": [
            "Check the number, register the circuit.",
            "Check the number, register the circuit, or give a reason in note.",
        ],
    ]

    /// By sentence, the file that says it.
    static func all() throws -> [String: String] { try found.get() }

    private static let found = Result { try read() }

    private static func read() throws -> [String: String] {
        let root = TestDocuments.project("Sources")
        var found: [String: String] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: root).sorted() where path.hasSuffix(".swift") {
            guard places.contains(where: { path.hasPrefix($0) }), !left.contains(where: { path.hasPrefix($0) })
            else { continue }
            let source = try String(contentsOfFile: root + "/" + path, encoding: .utf8)
            for literal in LiteralReader(source).literals {
                for sentence in sentences(in: literal) where !silent.contains(sentence) { found[sentence] = path }
            }
        }
        return found
    }

    /// What the sources say that only the hub does.
    static func hubsAlone() throws -> [String] { try foundAlone.get() }

    private static let foundAlone = Result { try readAlone() }

    private static func readAlone() throws -> [String] {
        let root = TestDocuments.project("Sources")
        var found: Set<String> = []
        for path in try FileManager.default.subpathsOfDirectory(atPath: root) where path.hasSuffix(".swift") {
            let file = try Data(contentsOf: URL(fileURLWithPath: root + "/" + path))
            // Few do, and the expressions take their time.
            guard file.range(of: Data("requireHub(".utf8)) != nil else { continue }
            let source = String(decoding: file, as: UTF8.self)
            for match in source.matches(of: /requireHub\("([^"]+)"/) { found.insert("\(match.output.1) at the hub.") }
            for match in source.matches(of: /requireHub\(session\.life, "([^"]+)"/) {
                found.insert("Only the province \(match.output.1).")
            }
        }
        return found.sorted()
    }

    static func sentences(in literal: String) -> [String] {
        guard literal.contains(" ") else { return [] }
        guard literal.hasSuffix(".") || literal.hasSuffix(".{}") else {
            let verb = /^(?:is|are|do|does|has|have|holds|names|covers|was|would|cannot|comes|opens)\s/
            return literal.firstMatch(of: verb) == nil ? [] : [literal]
        }
        return literal.replacing(/[.?]\s/) { "\($0.output.prefix(1))\n" }.split(separator: "\n").compactMap { part in
            // A whole sentence may be put in before it and behind it.
            var bare = part.trimmingCharacters(in: .whitespaces)
            if bare.hasPrefix("{} "), bare.dropFirst(3).first?.isUppercase == true { bare.removeFirst(3) }
            if bare.hasSuffix(".{}") { bare.removeLast(2) }
            return bare.isEmpty || bare.hasPrefix(";") ? nil : bare
        }
    }
}
