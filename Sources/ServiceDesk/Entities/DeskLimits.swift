/// Every bound that the desk holds its input to, beyond those of a form; texts are counted in Unicode scalars.
public enum DeskLimits {
    /// Of a text that every ticket has and its form does not name, and of a note.
    public static let textLength = 20_000
    public static let customerNameLength = 100
    public static let customerPhoneLength = 40
    /// Of the name of the source that a ticket was imported from.
    public static let sourceNameLength = 100
    /// Of a ticket's key at its source.
    public static let sourceKeyLength = 200
    /// Of the charge that a refund is for.
    public static let chargeLength = 100
    /// Of the reason that a refund is asked for.
    public static let reasonLength = 2_000
}
