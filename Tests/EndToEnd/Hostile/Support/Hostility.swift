/// What a node is held to while it is attacked. Measured, a node of these tests begins at some 40 MiB and stays below
/// half of this; without the defences it passes it.
enum Hostility {
    /// The most memory that a node may ever have held, in MiB.
    static let peakMiBMax = 400
    /// The most that a node may have said under any of these attacks, in bytes.
    static let logBytesMax = 128 * 1024
}
