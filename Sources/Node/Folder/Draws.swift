import Replication

/// Numbers that a shell draws for the core.
enum Draws {
    static func number() -> UInt64 { Secrets.random(bytes: 8).reduce(0) { $0 << 8 | UInt64($1) } }

    static func origin() -> OriginID { OriginID(raw: number()) }

    /// An identifier of 16 bytes: 48 bits of milliseconds, then 80 random ones. What was made at about the same time
    /// lies together on the disk and is near in steps on the wire; nothing else is read from the time in it.
    static func identifier(at milliseconds: Int64) -> [UInt8] {
        let time = (0..<6).map { UInt8(truncatingIfNeeded: milliseconds >> (40 - 8 * Int64($0))) }
        return time + Secrets.random(bytes: 10)
    }
}
