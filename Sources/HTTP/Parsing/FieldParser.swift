/// Header or trailer lines up to the empty one, within their limits.
struct FieldParser: Sendable {
    enum Section: Sendable {
        case header
        case trailer
    }

    private(set) var headers = Headers()
    private let section: Section
    private let bytesMax: Int
    private let fieldsMax: Int
    private var bytesUsed = 0

    init(_ section: Section, limits: ParserLimits) {
        self.section = section
        bytesMax = section == .header ? limits.headerBytesMax : limits.trailerBytesMax
        fieldsMax = section == .header ? limits.headerFieldsMax : limits.trailerFieldsMax
    }

    private var name: String { section == .header ? "header block" : "trailer block" }

    /// Reads lines until the empty one; true when it was found, false when more bytes are needed.
    mutating func advance(_ input: inout InputBuffer) throws(HTTPError) -> Bool {
        while true {
            switch input.takeLine(bytesMax: max(0, bytesMax - bytesUsed - 2)) {
            case .needsMore:
                return false
            case .tooLong:
                throw HTTPError.exceeded(.headerFieldsTooLarge, name, limit: bytesMax)
            case .bareLineEnd:
                throw HTTPError.malformed(name, "A line ends without CR and LF.", "End every line with CR LF.")
            case .complete(let line):
                if line.isEmpty { return true }
                bytesUsed += line.count + 2
                guard headers.fields.count < fieldsMax else {
                    throw HTTPError.exceeded(.headerFieldsTooLarge, name, limit: fieldsMax, unit: "fields")
                }
                try add(line)
            }
        }
    }

    private mutating func add(_ line: [UInt8]) throws(HTTPError) {
        if line[0] == ByteRules.space || line[0] == ByteRules.tab {
            throw HTTPError.malformed(
                name, "A line begins with white space; folded lines are obsolete.", "Put each field on one line.")
        }
        guard let colon = line.firstIndex(of: ByteRules.colon), ByteRules.isToken(line[..<colon]) else {
            throw HTTPError.malformed(
                name, "A field name is empty, holds a character no name may hold or has a space before its colon.",
                "Send name, colon, value.")
        }
        let value = ByteRules.trimmed(line[(colon + 1)...])
        guard ByteRules.isFieldValue(value) else {
            throw HTTPError.malformed(name, "A field value holds a control character.", "Remove it.")
        }
        headers.add(String(decoding: line[..<colon], as: UTF8.self), ByteRules.text(value))
    }
}
