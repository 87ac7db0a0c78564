import Foundation

extension FuzzTarget {
    /// Writes each seed into a file of its own, and the words, if there are any, beside the folder as `FOLDER.dict`.
    func writeSeeds(to folder: URL) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for seed in try seeds() { try Data(seed.bytes).write(to: folder.appendingPathComponent(seed.name)) }
        let words = try words()
        guard !words.isEmpty else { return }
        let lines = words.map { word in
            "\"" + word.utf8.map { "\\x" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() + "\"\n"
        }
        try Data(lines.joined().utf8).write(to: folder.appendingPathExtension("dict"))
    }
}
