/// Makes cells harmless for spreadsheets, and undoes it.
///
/// A spreadsheet takes a cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return for a formula, whoever
/// wrote it (OWASP, "CSV Injection"); some take the full-width forms too. One apostrophe before it makes it a text.
/// Cells that begin with apostrophes before such a character get one more, so that taking one away is exact.
public enum DefusedCell {
    private static let signs: Set<Unicode.Scalar> = ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"]

    private static func begins(_ cell: String) -> Bool {
        cell.unicodeScalars.first { $0 != "'" }.map(signs.contains) ?? false
    }

    /// The cell as a file for spreadsheets has it.
    public static func of(_ cell: String) -> String { begins(cell) ? "'" + cell : cell }

    /// The cell that ``of(_:)`` was given.
    public static func restored(_ cell: String) -> String {
        guard cell.unicodeScalars.first == "'", begins(cell) else { return cell }
        return String(cell.unicodeScalars.dropFirst())
    }
}
