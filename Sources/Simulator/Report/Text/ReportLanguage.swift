/// Which language a report is written in.
public enum ReportLanguage: String, CaseIterable, Sendable {
    case zh, en
    /// Both in one file, with a switch at its head; Chinese first.
    case both
}
