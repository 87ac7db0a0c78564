/// Who acts when no person of the desk does.
public enum DeskActor {
    /// What the hub does of its own accord.
    static let hub = "hub"
    /// The customer of a ticket, on the page that shows how far it is. No account can have this name.
    public static let customer = "*customer"
}
