/// What a site is in its province.
public enum SiteRole: String, Hashable, Sendable, CaseIterable {
    case hub
    case branch
}
