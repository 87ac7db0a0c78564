/// How much the log may grow, whatever happens to the node.
///
/// In the worst case, with every kind of line at its bound, it is `kindsMax` kinds × (`linesPerKind` + 1) lines ×
/// `bytesInText` a minute; one attack makes lines of a few kinds and so a few kilobytes a minute.
public enum LogLimits {
    /// Lines of one kind within one window; those beyond are counted, and the count is one line at the window's end.
    public static let linesPerKind = 5
    /// The length of a window, in milliseconds: one minute.
    public static let windowMilliseconds: Int64 = 60_000
    /// Kinds that are told apart within a window; all beyond share one.
    public static let kindsMax = 64
    /// Bytes of one line's text; what is beyond is cut and marked.
    public static let bytesInText = 512
}
