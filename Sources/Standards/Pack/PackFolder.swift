/// A pack as it lies in a folder: several files, each with some of its parts.
///
/// Lists of the same name are put one after the other, in the order of the files' names; everything else stands in one
/// file only. So a ticket type can be added as a file of its own.
public struct PackFolder: Sendable {
    public static let fileLimit = 500

    public struct File: Sendable {
        /// Relative to the folder.
        public let name: String
        public let bytes: [UInt8]

        public init(name: String, bytes: [UInt8]) {
            self.name = name
            self.bytes = bytes
        }
    }

    public struct Result: Sendable {
        /// Nil when anything is wrong.
        public let pack: StandardPack?
        /// All files as one document, in canonical form: what is published. Empty if they could not be read.
        public let document: [UInt8]
        /// Each path begins with the file's name and a `#`.
        public let findings: [Finding]
    }

    private struct Source {
        let file: String
        let first: Int
    }

    private var members: [String: JSONValue] = [:]
    /// Which file each part came from, and for lists the place at which its elements begin.
    private var sources: [String: [Source]] = [:]
    private var findings: [Finding] = []

    private init() {}

    /// The same of a pack that is one file.
    public static func check(_ document: [UInt8], numbering: FieldNumbering? = nil) -> Result {
        let (pack, findings) = StandardPack.check(document, numbering: numbering)
        return Result(pack: pack, document: pack == nil ? [] : document, findings: findings)
    }

    /// Reads a pack's files and lists everything that is wrong with them.
    /// - Parameter numbering: as ``StandardPack/check(_:numbering:)`` takes it.
    public static func check(_ files: [File], numbering: FieldNumbering? = nil) -> Result {
        var folder = PackFolder()
        for file in files.sorted(by: { $0.name < $1.name }) { folder.add(file) }
        guard folder.findings.isEmpty else { return Result(pack: nil, document: [], findings: folder.findings) }
        let document = JSONValue.object(folder.members).bytes()
        let (pack, findings) = StandardPack.check(document, numbering: numbering)
        let placed = findings.map { Finding(path: folder.place(of: $0.path), problem: $0.problem, remedy: $0.remedy) }
        return Result(pack: pack, document: document, findings: placed)
    }

    private mutating func add(_ file: File) {
        let parsed: JSONValue
        do {
            parsed = try JSONValue(parsing: file.bytes, sizeLimit: StandardPack.sizeLimit)
        } catch {
            let place = error.position.map { "line \($0.line), column \($0.column): " } ?? ""
            findings.append(Finding(path: file.name, problem: place + error.reason, remedy: error.remedy))
            return
        }
        guard case .object(let pieces) = parsed else {
            findings.append(
                Finding(path: file.name, problem: "is \(parsed.kindName), not an object", remedy: "write { … }"))
            return
        }
        for (key, value) in pieces.sorted(by: { $0.key < $1.key }) { add(key, value, file) }
    }

    private mutating func add(_ key: String, _ value: JSONValue, _ file: File) {
        guard let before = members[key] else {
            members[key] = value
            sources[key] = [Source(file: file.name, first: 0)]
            return
        }
        guard case .array(let first) = before, case .array(let more) = value else {
            findings.append(
                Finding(
                    path: file.name + "#" + Finding.path("", key),
                    problem: "stands in \(sources[key]?.first?.file ?? "another file") too", remedy: "keep one of them")
            )
            return
        }
        sources[key]?.append(Source(file: file.name, first: first.count))
        members[key] = .array(first + more)
    }

    /// A place in the whole document as a place in its file.
    private func place(of path: String) -> String {
        let words = path.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: true).map(String.init)
        guard let key = words.first, let places = sources[key] else { return path }
        guard words.count > 1, let index = Int(words[1]), let part = places.last(where: { $0.first <= index }) else {
            return (places.count == 1 ? places[0].file : "") + "#" + path
        }
        let rest = words.count > 2 ? "/" + words[2] : ""
        return "\(part.file)#/\(key)/\(index - part.first)\(rest)"
    }
}
