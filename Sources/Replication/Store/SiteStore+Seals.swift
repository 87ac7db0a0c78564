extension SiteStore {
    /// Whether a change is the province's by the hub's seal.
    func isSealed(_ change: Change) -> Bool { change.isSealed(with: sealKey) }
}
