import Foundation

/// Counts the starts of a node outside its database, so that a database put back from a backup gives itself away.
///
/// The side file is written first, then the database: exactly one start ahead is a crash in between, more is a restore.
struct SideFile {
    enum Finding: Equatable {
        case continues
        /// The text says what was found.
        case contradicts(String)
    }

    let folder: DataFolder

    /// - Parameter start: what the database knows of its last start.
    /// - Returns: the number of the start that begins now, and whether database and side file agree.
    func next(after start: UInt32) throws -> (start: UInt32, finding: Finding) {
        let text = FileManager.default.contents(atPath: folder.starts).map { String(decoding: $0, as: UTF8.self) }
        let counted = text.flatMap { UInt32($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
        // One ahead: the start before this was cut off between the two, and nothing was sent under its number.
        if let counted, counted == start + 1 { return (counted, .continues) }
        if counted == nil || counted == start {
            try folder.replace(folder.starts, with: Array("\(start + 1)\n".utf8))
            return (start + 1, .continues)
        }
        // Neither is touched, so that the next start finds the same.
        let next = max(counted ?? 0, start) + 1
        return (
            next,
            .contradicts(
                "the database knows of \(start) starts and the side file of \(counted ?? 0): the database was put "
                    + "back, or copied here"
            )
        )
    }
}
