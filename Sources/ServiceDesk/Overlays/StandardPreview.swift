import Replication
import Standards

/// What a standard that is not published yet would do to what a branch settles for itself: known at the hub before
/// anybody is bound by it, so that a branch is asked and not surprised.
public struct StandardPreview: Sendable {
    /// A limit of the branch that would count no longer.
    public struct Overtaken: Equatable, Sendable {
        public let limit: String
        /// As the branch has it.
        public let branch: String
        /// As the standard would have it; nil when it has no such limit any longer.
        public let province: String?
    }

    public let site: SiteID
    /// Only what the standard in force leaves standing: what is overtaken already changes for nobody.
    public let overtaken: [Overtaken]
    /// What else it names that would be gone: departments, ticket types, categories, wordings.
    public let broken: [Finding]

    /// The branches that would notice, in the order of their identifiers.
    /// - Parameters:
    ///   - pack: the standard that is looked at.
    ///   - current: the one in force; nil while there is none.
    public static func all(
        of pack: StandardPack, beside current: StandardPack?, in store: SiteStore
    ) throws -> [StandardPreview] {
        try store.directory().filter(\.isBranch).compactMap { entry in
            guard let document = try OverlayBook.current(of: entry.site, in: store)?.document,
                let overlay = BranchOverlay.read(Array(document.utf8))
            else { return nil }
            let preview = StandardPreview(entry.site, document, overlay, pack, current)
            return preview.overtaken.isEmpty && preview.broken.isEmpty ? nil : preview
        }
    }

    private init(
        _ site: SiteID, _ document: String, _ overlay: BranchOverlay, _ pack: StandardPack, _ current: StandardPack?
    ) {
        self.site = site
        let before = current.map { overlay.overtaken(by: $0).map(\.limit.limit) } ?? []
        overtaken = overlay.overtaken(by: pack).filter { !before.contains($0.limit.limit) }.map { own, rule in
            Overtaken(
                limit: own.limit, branch: own.time.description,
                province: rule.flatMap { $0.limit?.description })
        }
        let known = current.map { Self.findings(document, $0) } ?? []
        broken = Self.findings(document, pack).filter { !known.contains($0) }
    }

    /// Without those of limits, which are told apart from the rest.
    private static func findings(_ document: String, _ pack: StandardPack) -> [Finding] {
        BranchOverlay.check(Array(document.utf8), beside: pack).1.filter { !$0.path.hasPrefix("/limits/") }
    }
}
