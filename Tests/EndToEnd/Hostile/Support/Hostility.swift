/// What a node is held to while it is attacked. Measured once on two cores: a node of these tests begins at some 36 MiB
/// and rose to 92 at most; its log had 3 KiB at most.
enum Hostility {
    /// The most memory that a node may ever have held, in MiB.
    static let peakMiBMax = 200
    /// The most that a node may have said under any of these attacks, in bytes.
    static let logBytesMax = 16 * 1024
}
