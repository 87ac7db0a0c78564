import ServiceDesk
import Standards

@testable import Replication

/// Inputs at their limits, made to unfold to as much as they can.
enum Unfolding {
    static func inputs(of target: FuzzTarget) -> [FuzzSeed] {
        switch target {
        case .wire: [manyEdits, manySeen, longPayloads]
        case .http: [largestHead, largestBody, pipeline]
        case .csv: [emptyCells, unclosed, longFields]
        case .map: [deepKeys(upTo: ImportMap.sizeLimit), longHeader] + documents(upTo: ImportMap.sizeLimit)
        case .pack: documents(upTo: StandardPack.sizeLimit)
        case .topology: documents(upTo: Topology.sizeLimit)
        case .patch: [copiesOfCopies, nestedCopies] + documents(upTo: patchBytesMax).map(asMerge)
        }
    }

    /// What the routes of patches take.
    private static let patchBytesMax = 256 * 1024
    private static let patchMark = String(UnicodeScalar(MapEntry.separator))

    private static func patch(_ name: String, _ operation: String) -> FuzzSeed {
        let operations = repeatElement(operation, count: 100).joined(separator: ",")
        return FuzzSeed(name, "\u{1}{\"a\":[1]}\(patchMark)[\(operations)]")
    }

    private static let copiesOfCopies = patch("copies of copies", #"{"op":"copy","from":"/a","path":"/a/-"}"#)
    private static let nestedCopies = patch("nested copies", #"{"op":"copy","from":"","path":"/a"}"#)

    private static func asMerge(_ seed: FuzzSeed) -> FuzzSeed {
        FuzzSeed("merge of \(seed.name)", [0] + Array("{}\(patchMark)".utf8) + seed.bytes)
    }

    /// Objects and lists cost more in memory than their brackets do in a document.
    private static func documents(upTo size: Int) -> [FuzzSeed] {
        ["{\"\":0}", "[]", "[0]", "\"\"", "1e5"].map { element in
            let count = (size - 16) / (element.utf8.count + 1)
            let elements = repeatElement(element, count: count).joined(separator: ",")
            return FuzzSeed("elements \(element)", "{\"sites\":[\(elements)]}")
        } + [FuzzSeed("a long text", "{\"name\":\"\(String(repeating: "\\u0041", count: (size - 16) / 6))\"}")]
    }

    /// Hundreds of findings below one key that is as long as a document may be.
    private static func deepKeys(upTo size: Int) -> FuzzSeed {
        let key = String(repeating: "k", count: size - 200_000)
        let values = (0..<2_000).map { "\"v\($0)\":[]" }.joined(separator: ",")
        return FuzzSeed(
            "findings below a long key", "{\"fields\":{\"\(key)\":{\"column\":\"a\",\"values\":{\(values)}}}}")
    }

    /// Columns that a map misses, and a header to choose others from.
    private static let longHeader: FuzzSeed = {
        let names = (0..<200).map { "\"f\($0)\":{\"columns\":[\"missing-\($0)\",\"absent-\($0)\"]}" }
        let map = """
            {"format":1,"source":"old","key":{"column":"a"},"type":{"constant":"fault"},\
            "home":{"constant":"nx-yinchuan"},"fields":{\(names.joined(separator: ","))}}
            """
        let header = (0..<4).map { String(repeating: "\($0)", count: 1_000_000) }.joined(separator: ",")
        return FuzzSeed("a header of long names", map + "\u{1E}" + header + "\n")
    }()

    private static let emptyCells = FuzzSeed(
        "a thousand empty cells a line",
        "\u{0}\u{0}" + String(repeating: String(repeating: ",", count: 999) + "\n", count: 500))
    private static let unclosed = FuzzSeed(
        "a quote that is never closed", "\u{0}\u{0}\"" + String(repeating: "a,b\n", count: 2_000_000))
    private static let longFields = FuzzSeed(
        "fields at their limit",
        "\u{0}\u{0}" + String(repeating: String(repeating: "a", count: 1 << 20) + ",", count: 4) + "\nb\n")

    private static let largestHead = FuzzSeed(
        "a head at its limits",
        "\u{0}\u{0}GET /\(String(repeating: "a/", count: 4_000)) HTTP/1.1\r\nHost: a\r\n"
            + (0..<99).map { "h\($0): \(String(repeating: "v", count: 300))\r\n" }.joined() + "\r\n")
    private static let largestBody = FuzzSeed(
        "a body at its limit, in chunks of one byte",
        "\u{0}\u{0}POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
            + String(repeating: "1\r\na\r\n", count: 1 << 18) + "0\r\n\r\n")
    private static let pipeline = FuzzSeed(
        "thousands of requests at once",
        "\u{2}\u{0}" + String(repeating: "GET / HTTP/1.1\r\nHost: a\r\n\r\n", count: 20_000))

    private static let ticket = EntityID(kind: EntityKind(rawValue: 16), high: 1, low: 2)

    private static func request(_ name: String, _ changes: [Change]) -> FuzzSeed {
        var request = ExchangeRequest(
            lane: .push, origin: OriginID(raw: 0xB1), number: .init(start: 2, count: 1), acknowledged: .start,
            cursor: FeedCursor(epoch: .none, chain: .start))
        request.before = .start
        request.after = Chain.start.digest
        request.changes = changes
        return FuzzSeed(name, [WireEntry.Form.requestFrame.rawValue] + request.encoded)
    }

    private static func change(
        _ index: Int, seen: VersionVector = VersionVector(), _ edits: [Edit]
    ) -> Change {
        Change(
            origin: OriginID(raw: 0xB1), sequence: UInt64(index) + 1, stamp: Stamp(milliseconds: Int64(index)),
            entity: ticket, seen: seen, actor: "clerk", key: [], edits: edits)
    }

    private static let manyEdits = request(
        "as many edits as fit, all alike",
        (0..<ReplicationLimits.changesInBatch).map { index in
            change(
                index,
                Array(
                    repeating: .note(Note(text: "a note of 24 characters.")), count: ReplicationLimits.editsInChange))
        })

    private static let manySeen: FuzzSeed = {
        let seen = VersionVector(
            (1...ReplicationLimits.originsInSeen).map {
                ChangeReference(origin: OriginID(raw: UInt64($0)), sequence: 1)
            })
        return request(
            "as much seen as fits", (0..<2_048).map { change($0, seen: seen, [.note(Note(text: ""))]) })
    }()

    private static let longPayloads: FuzzSeed = {
        let text = String(repeating: "a", count: ReplicationLimits.bytesInChange - 100)
        return request("as many long texts as fit", (0..<31).map { change($0, [.note(Note(text: text))]) })
    }()
}
