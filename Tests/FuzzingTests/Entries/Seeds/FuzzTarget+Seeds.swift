/// An input to begin with, made by the project's own code from its own files.
struct FuzzSeed: Sendable {
    let name: String
    let bytes: [UInt8]

    init(_ name: String, _ bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }

    init(_ name: String, _ text: String) { self.init(name, Array(text.utf8)) }
}

extension FuzzTarget {
    /// Inputs to begin with: a fuzzer that must find the shape of a frame or a pack by chance finds little else.
    func seeds() throws -> [FuzzSeed] {
        switch self {
        case .wire: try WireSeeds.all()
        case .http: HTTPSeeds.all
        case .csv: CSVSeeds.all
        case .map: try DocumentSeeds.maps()
        case .pack: try DocumentSeeds.packs()
        case .topology: try DocumentSeeds.topologies()
        case .patch: PatchSeeds.all
        }
    }

    /// Words that an input of this target may hold.
    func words() throws -> [String] {
        switch self {
        case .wire, .csv: []
        case .http: HTTPSeeds.words
        case .patch: PatchSeeds.words
        case .map, .pack, .topology: DocumentSeeds.words(of: try seeds())
        }
    }
}
