/// Makes cells harmless for spreadsheets.
public enum CellHarm {
    private static let signs: Set<Unicode.Scalar> = ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"]

    private static func begins(_ cell: String) -> Bool {
        cell.unicodeScalars.first { $0 != "'" }.map(signs.contains) ?? false
    }

    public static func defused(_ cell: String) -> String { begins(cell) ? "'" + cell : cell }

    public static func restored(_ cell: String) -> String {
        guard cell.unicodeScalars.first == "'", begins(cell) else { return cell }
        return String(cell.unicodeScalars.dropFirst())
    }
}
