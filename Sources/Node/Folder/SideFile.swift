import Foundation
import Replication

/// The file beside the database that counts the starts of a node.
struct SideFile {
    let folder: DataFolder

    /// - Parameter start: what the database knows of its last start.
    /// - Returns: the start that begins now, counted in the file.
    func next(after start: UInt32, isHub: Bool) throws -> StartCount {
        let text = FileManager.default.contents(atPath: folder.starts).map { String(decoding: $0, as: UTF8.self) }
        let counted = text.flatMap { UInt32($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
        let count = StartCount(known: start, counted: counted, isHub: isHub)
        if let number = count.toWrite { try folder.replace(folder.starts, with: Array("\(number)\n".utf8)) }
        return count
    }
}
