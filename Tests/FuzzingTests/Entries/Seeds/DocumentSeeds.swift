import Standards

@testable import ServiceDesk

/// The project's own documents, whole and cut down to what a fuzzer can turn over quickly.
enum DocumentSeeds {
    static func maps() throws -> [FuzzSeed] {
        let whole = try ["comcast", "metrofiber2"].map { name in
            let document = try ProjectFiles.bytes("Topology/imports/\(name).json")
            return FuzzSeed(name, try compact(document).bytes() + [MapEntry.separator] + rows(for: document))
        }
        return whole + [FuzzSeed("small", Array(small.utf8) + [MapEntry.separator] + Array(smallRows.utf8))]
    }

    /// A file that has the columns of a map, and one row.
    private static func rows(for document: [UInt8]) -> [UInt8] {
        guard let map = MapEntry.check(document).0 else { return [] }
        var columns: [String] = []
        for column in map.columnUses.flatMap(\.columns) where !columns.contains(column) { columns.append(column) }
        let separator = String(UnicodeScalar(map.separator))
        let row = columns.indices.map(String.init)
        return Array([columns, row].map { $0.joined(separator: separator) + "\n" }.joined().utf8)
    }

    private static let small = """
        {"format":1,"source":"old","separator":",","header":true,"key":{"columns":["a","b"],"join":"/"},\
        "type":{"column":"t","values":{"C":"complaint"},"ignoreCase":true,"otherwise":"fault"},\
        "home":{"column":"h","values":{"Y":"nx-yinchuan"},"otherwise":"nx-guyuan"},\
        "fields":{"subject":{"columns":["s","n"],"join":" ","required":true},\
        "openedAt":{"column":"o","format":"yyyy-MM-dd HH:mm","zone":"Asia/Shanghai"},\
        "state":{"column":"z","values":{"x":"closed"},"otherwise":"acknowledged"}}}
        """
    /// The second key is as long as one may be.
    private static let smallRows = """
        a,b,t,h,s,n,o,z
        1,2,c,Y,slow,,2026-02-03 04:05,x
        ,,,,,,,
        \(String(repeating: "k", count: 198)),1,c,Y,s,,,
        1,x,C,Z,s,n,2026-13-01 1:2,

        """

    /// A pack for each ticket type, with few fields and what hangs on the others taken out.
    static func packs() throws -> [FuzzSeed] {
        guard case .object(var pack) = try compact(ProjectFiles.bytes("Topology/standards/first.json")) else {
            throw BrokenProperty(description: "the first standard is no object")
        }
        let categories = pack["categories"]?.arrayValue ?? []
        return (pack["ticketTypes"]?.arrayValue ?? []).compactMap { type in
            guard case .object(var members) = type, let id = type["id"]?.stringValue else { return nil }
            members["fields"] = .array(Array((type["fields"]?.arrayValue ?? []).prefix(3)))
            let transitions = type["transitions"]?.arrayValue ?? []
            members["transitions"] = .array(transitions.map { replacing("requires", of: $0, by: nil) })
            pack["ticketTypes"] = [.object(members)]
            pack["categories"] = .array(categories.prefix(1).map { replacing("types", of: $0, by: [.string(id)]) })
            return FuzzSeed(id, JSONValue.object(pack).bytes())
        }
    }

    static func topologies() throws -> [FuzzSeed] {
        let whole = try compact(ProjectFiles.bytes("Topology/ningxia.json"))
        let sites = whole["sites"]?.arrayValue ?? []
        let twins = sites.enumerated().map { index, site in
            let named = replacing("id", of: site, by: .string("nx-yan\(index)"))
            return replacing("ticketLetters", of: named, by: nil)
        }
        return [
            FuzzSeed("ningxia", whole.bytes()),
            FuzzSeed("two-sites", replacing("sites", of: whole, by: .array(Array(sites.prefix(2)))).bytes()),
            FuzzSeed(
                "sites-without-letters", replacing("sites", of: whole, by: .array(Array(twins.prefix(3)))).bytes()),
        ]
    }

    private static func replacing(_ key: String, of object: JSONValue, by value: JSONValue?) -> JSONValue {
        guard case .object(var members) = object else { return object }
        members[key] = value
        return .object(members)
    }

    /// Every key and every text of some documents, quotes and all.
    static func words(of seeds: [FuzzSeed]) -> [String] {
        var words: Set<String> = ["{", "}", "[", "]", ":", ",", "null", "true", "false", "1e999", "-0", "\\u0000"]
        for seed in seeds {
            let document = seed.bytes.prefix { $0 != MapEntry.separator }
            guard let json = try? JSONValue(parsing: Array(document), sizeLimit: document.count) else { continue }
            collect(json, &words)
        }
        return words.sorted()
    }

    /// Longer words are seldom meant as such.
    private static let wordBytesMax = 24

    private static func collect(_ json: JSONValue, _ words: inout Set<String>) {
        switch json {
        case .null, .bool, .integer, .number: break
        case .string: if json.bytes().count <= wordBytesMax { words.insert(json.text()) }
        case .array(let elements): for element in elements { collect(element, &words) }
        case .object(let members):
            for member in members {
                collect(.string(member.key), &words)
                collect(member.value, &words)
            }
        }
    }

    private static func compact(_ bytes: [UInt8]) throws -> JSONValue {
        try JSONValue(parsing: bytes, sizeLimit: bytes.count)
    }
}
