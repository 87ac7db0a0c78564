import Foundation

/// The inputs that the project keeps: a small corpus for each target, and what once broke something.
struct KeptInputs {
    /// Files a target's corpus may have, and bytes one of them may have: it is cloned, replayed and mutated every day.
    static let corpusFilesMax = 100
    static let corpusFileBytesMax = 8_192
    static let bytesMax = 512 * 1_024

    let target: FuzzTarget

    var corpus: [FuzzSeed] { get throws { try read("corpora") } }

    /// Each file is named for what it broke.
    var crashers: [FuzzSeed] { get throws { try read("crashers") } }

    /// In the order of their names; none where the folder is missing.
    private func read(_ kind: String) throws -> [FuzzSeed] {
        let folder = ProjectFiles.folder.appendingPathComponent("Fixtures/\(kind)/\(target.rawValue)")
        guard FileManager.default.fileExists(atPath: folder.path) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map { name in
            FuzzSeed(name, [UInt8](try Data(contentsOf: folder.appendingPathComponent(name))))
        }
    }
}
