/// Who may settle a part of the standard.
public enum SettingScope: String, Hashable, Sendable, CaseIterable {
    /// The province alone.
    case provinceLocked
    /// The province; a branch may be stricter for itself.
    case tightenOnly
    /// The province; a branch may add to it and never change it.
    case supplement
    /// Each branch for itself.
    case branchOnly

    /// The parts of a pack and of an overlay, in the order of a screen, with who settles them.
    public static let all: [(setting: String, scope: SettingScope)] = [
        ("roles", .provinceLocked), ("departments", .provinceLocked), ("catalogue", .provinceLocked),
        ("modes", .provinceLocked), ("steps", .provinceLocked), ("pauseReasons", .provinceLocked),
        ("customerClasses", .provinceLocked), ("grades", .provinceLocked), ("gradeModel", .provinceLocked),
        ("accessSchemes", .provinceLocked), ("ticketTypes", .provinceLocked), ("categories", .provinceLocked),
        ("refund", .provinceLocked), ("calendar", .provinceLocked), ("indicators", .provinceLocked),
        ("routing", .provinceLocked), ("notices", .provinceLocked), ("limits", .tightenOnly), ("wordings", .supplement),
        ("teams", .branchOnly),
        ("teamRouting", .branchOnly), ("rota", .branchOnly), ("localHolidays", .branchOnly),
        ("localShifts", .branchOnly),
    ]
}
