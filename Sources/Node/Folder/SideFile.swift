import Foundation
import Replication

/// The file beside the database that counts the starts of a node.
struct SideFile {
    let folder: DataFolder

    /// - Parameter start: what the database knows of its last start.
    /// - Returns: the start that begins now, counted in the file.
    func next(after start: UInt32, isHub: Bool) throws -> StartCount {
        let count = StartCount(known: start, counted: counted, isHub: isHub)
        if let number = count.toWrite { try agree(on: number) }
        return count
    }

    /// Why file and database cannot belong together; nil if they can. Nothing is counted.
    func contradiction(after start: UInt32, isHub: Bool) throws -> String? {
        StartCount(known: start, counted: counted, isHub: isHub).contradiction
    }

    /// Makes the file say what the database says.
    func agree(on start: UInt32) throws { try folder.replace(folder.starts, with: Array("\(start)\n".utf8)) }

    private var counted: UInt32? {
        let text = FileManager.default.contents(atPath: folder.starts).map { String(decoding: $0, as: UTF8.self) }
        return text.flatMap { UInt32($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
    }
}
