import Foundation
import Node
import Standards

/// A small province, made once by the very commands that an operator uses; every round works on a copy of its sites.
final class Ground {
    static let hub = "bn-hub"
    /// The branch that records.
    static let branch = "bn-one"
    /// The branch that is told of what others record for it.
    static let other = "bn-two"

    let folder: ScratchFolder
    let topology: Topology
    private var copies = 0

    init(in folder: ScratchFolder, program: String) throws {
        self.folder = folder
        let path = folder.file("topology.json")
        try FileManager.default.createDirectory(atPath: folder.file("standards"), withIntermediateDirectories: true)
        try OutputFile.write(SampleStandard.document, to: folder.file("standards/first.json"))
        try OutputFile.write(Self.description.bytes(), to: path)
        let province = try Province(topologyPath: path, in: folder, program: program)
        topology = province.topology
        do {
            try province.start()
        } catch {
            province.stop()
            throw error
        }
        let stubborn = province.stop()
        guard stubborn.isEmpty else {
            throw CommandError(
                .no, "make the bench's province", reason: "\(stubborn.joined(separator: ", ")) did not stop",
                remedy: "try again on a machine that is less busy")
        }
    }

    /// The folder of a site as it was made.
    func file(_ site: String) -> String { folder.file(site) }

    /// A copy of a site's folder.
    func copy(_ path: String) throws -> String {
        copies += 1
        let copied = folder.file("copy-\(copies)")
        try FileManager.default.copyItem(atPath: path, toPath: copied)
        return copied
    }

    /// A site's folder, opened in this process.
    func open(_ path: String) throws -> Site { try Site(folder: Node.DataFolder(path)) }

    /// Opens a copy of a site's folder, lends it, closes and removes it.
    func withCopy<T>(of folder: String, _ body: (Site) throws -> T) throws -> T {
        let path = try copy(folder)
        defer { remove(path) }
        let opened = try open(path)
        defer { opened.storage.close() }
        return try body(opened)
    }

    /// A path for a plain database.
    func plainPath() -> String {
        copies += 1
        return folder.file("plain-\(copies).db")
    }

    func remove(_ path: String) {
        for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + end) }
    }

    private static let description: JSONValue = [
        "format": 1,
        "province": ["id": "bn", "name": ["zh": "基准", "en": "Bench"], "timeZone": "+08:00"],
        "sites": [
            site(hub, "hub", "HB"), site(branch, "branch", "BA"), site(other, "branch", "BB"),
            site("bn-three", "branch", "BC"),
        ],
    ]

    private static func site(_ id: String, _ role: String, _ letters: String) -> JSONValue {
        [
            "id": .string(id), "role": .string(role), "divisionCode": "640100",
            "name": ["zh": .string(id), "en": .string(id)], "longitude": 106.2, "latitude": 38.4,
            "staff": ["clerks": 1, "technicians": 0], "ticketLetters": .string(letters),
            "link": ["latencyMilliseconds": 0, "kilobitsPerSecond": 1_000_000, "lossPerMille": 0],
        ]
    }
}
