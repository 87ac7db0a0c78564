/// How large the files of measured values may be.
public enum TraceLimits {
    /// Bytes of a file that has been unpacked.
    public static let bytes = 32 << 20
    /// Rows of a file: two years of every five minutes.
    public static let rows = 210_240
    /// The longest round trip, in milliseconds: more than any link of ours has.
    public static let roundTripMilliseconds: Int64 = 60_000
    /// The last minute of a trace: 10 years.
    public static let minutes: Int64 = 5_270_400
}
