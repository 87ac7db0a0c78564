/// Reads one object of a document, collecting every finding instead of stopping at the first.
///
/// Each method reads one key, adds a finding when the value is missing or wrong, and then returns nil. A key that was
/// never asked for is reported when the object has been read, with the nearest known key:
///
///     let (point, findings) = JSONReader.check(bytes, sizeLimit: 1_000) { reader in
///         let x = reader.integer("x", in: 0...9)
///         let y = reader.integer("y", in: 0...9, .optional)
///         guard let x else { return nil }
///         return Point(x: x, y: y ?? 0)
///     }
///
/// So ask for every key before giving up: whoever corrects the file wants the whole list.
public final class JSONReader {
    /// Whether a key must be there. A key whose value is null counts as absent.
    public enum Presence: Sendable {
        case required
        case optional
    }

    /// The JSON pointer of this object.
    public let path: String
    /// Where findings go; shared by all readers of a document.
    public let log: FindingLog
    private let members: [String: JSONValue]
    private var known: [String] = []
    /// Only where nothing is read and a schema is made of what is asked for.
    let recorder: SchemaRecorder?

    init(_ members: [String: JSONValue], path: String, log: FindingLog) {
        self.members = members
        self.path = path
        self.log = log
        recorder = nil
    }

    init(recording recorder: SchemaRecorder) {
        members = [:]
        path = ""
        log = FindingLog()
        self.recorder = recorder
    }

    /// Reads a whole document whose root is an object.
    ///
    /// - Returns: what `read` made of it and no findings, or nil and at least one finding.
    public static func check<Result>(
        _ bytes: [UInt8], sizeLimit: Int, _ read: (JSONReader) -> Result?
    ) -> (Result?, [Finding]) {
        let log = FindingLog()
        let document: JSONValue
        do {
            document = try JSONValue(parsing: bytes, sizeLimit: sizeLimit)
        } catch {
            let place = error.position.map { "line \($0.line), column \($0.column): " } ?? ""
            return (nil, [Finding(path: "", problem: place + error.reason, remedy: error.remedy)])
        }
        let result = readObject(document, path: "", log: log, read)
        if result == nil, log.isEmpty { log.add("", "the document could not be read", "correct it") }
        return log.isEmpty ? (result, []) : (nil, log.findings)
    }

    /// Runs `read` over `value` if it is an object, then refuses the keys it did not ask for.
    static func readObject<Result>(
        _ value: JSONValue, path: String, log: FindingLog, _ read: (JSONReader) -> Result?
    ) -> Result? {
        guard case .object(let members) = value else {
            log.add(path, "must be an object, but is \(value.kindName)", "write { … } here")
            return nil
        }
        let reader = JSONReader(members, path: path, log: log)
        let result = read(reader)
        reader.refuseUnknownKeys()
        return result
    }

    /// Every key of this object, sorted: for objects whose keys are data.
    public var sortedKeys: [String] { members.keys.sorted() }

    /// Adds a finding about the value of `key`, or about this object when `key` is nil.
    public func report(_ key: String?, _ problem: String, _ remedy: String) {
        guard recorder == nil else { return }
        log.add(key.map(path(of:)) ?? path, problem, remedy)
    }

    /// The JSON pointer of the value of `key`.
    public func path(of key: String) -> String { Finding.path(path, key) }

    /// Whether `key` has a value other than null. It then counts as asked for.
    public func has(_ key: String) -> Bool { value(key, .optional) != nil }

    /// The value of `key` as it stands, for what no other method reads.
    public func value(_ key: String, _ presence: Presence) -> JSONValue? {
        if !known.contains(key) { known.append(key) }
        if let value = members[key], value != .null { return value }
        if presence == .required {
            let similar = NearestWord.nearest(to: key, among: sortedKeys.filter { $0 != key })
            let remedy = similar.map { "add it, or rename \(Finding.quote($0))" } ?? "add it"
            log.add(path(of: key), "is missing", remedy)
        }
        return nil
    }

    /// Adds the finding that the value of `key` is of another kind.
    func refuse(_ value: JSONValue, _ key: String, mustBe expected: String) {
        report(key, "must be \(expected), but is \(value.kindName)", "correct the value")
    }

    private func refuseUnknownKeys() {
        for key in sortedKeys where !known.contains(key) {
            let remedy = NearestWord.nearest(to: key, among: known).map { "did you mean \"\($0)\"?" }
            let listed = known.sorted().joined(separator: ", ")
            report(
                nil, "has the unknown key \(Finding.quote(key))", remedy ?? "remove it; the known keys are: \(listed)")
        }
    }
}
