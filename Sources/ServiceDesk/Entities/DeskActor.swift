/// Who acts when no person does.
enum DeskActor {
    /// What the hub does of its own accord.
    static let hub = "hub"
}
