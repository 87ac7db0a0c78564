/// The places where bytes of others come in, each with an entry that libFuzzer and the tests share.
///
/// An entry throws ``BrokenProperty`` when what came of the bytes is wrong; a trap, a hang and memory beyond the bound
/// are seen from outside.
enum FuzzTarget: String, CaseIterable, Codable, Sendable {
    /// Frames of the exchange, and what a hub and a branch make of their content.
    case wire
    /// What a client sends to a server, and a server to a client.
    case http
    /// Files of records.
    case csv
    /// Import maps, with a file to import.
    case map
    /// Standard packs.
    case pack
    /// Province files.
    case topology
    /// Patches of documents, and the queries of lists and subscriptions.
    case patch

    func run(_ bytes: [UInt8]) throws {
        switch self {
        case .wire: try WireEntry.run(bytes)
        case .http: try HTTPEntry.run(bytes)
        case .csv: try CSVEntry.run(bytes)
        case .map: try MapEntry.run(bytes)
        case .pack: try PackEntry.run(bytes)
        case .topology: try TopologyEntry.run(bytes)
        case .patch: try PatchEntry.run(bytes)
        }
    }
}

/// Something that must hold of every input did not hold of this one.
struct BrokenProperty: Error, CustomStringConvertible {
    let description: String

    /// Throws, unless `holds`.
    static func check(_ holds: Bool, _ description: @autoclosure () -> String) throws {
        if !holds { throw BrokenProperty(description: description()) }
    }
}
