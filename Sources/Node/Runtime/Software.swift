/// What this program calls itself.
public enum Software {
    public static let version = "0.1.0"
}
