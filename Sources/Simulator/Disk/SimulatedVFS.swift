import CSQLite
import SQLite
import Synchronization

/// The file system that SQLite sees in a rehearsal: simulated disks, virtual time, and numbers from a seed.
///
/// The first part of a path names the disk: `/nx-yinchuan/tributary.db` is the file `tributary.db` of the disk that is
/// attached as `nx-yinchuan`. Any other path cannot be opened. Files without a name live in memory.
public final class SimulatedVFS: Sendable {
    /// By what name a database is opened on it.
    public static let name = "simulated"

    static let shared = SimulatedVFS()

    /// A disk within the lock.
    // Safe: a disk and its files are used by one thread at a time; the lock keeps only the table of disks.
    private struct Attached: @unchecked Sendable {
        let disk: SimulatedDisk
    }

    private struct State {
        var disks: [String: Attached] = [:]
        var random = RandomStream(seed: 0, entity: "sqlite", purpose: "randomness")
        var unixMilliseconds: Int64 = 0
    }

    private let state = Mutex(State())

    /// Apart from tests, there is only the one that ``install(asDefault:)`` gives.
    init() {}

    /// Makes it known to SQLite and gives it; there is one in a process.
    ///
    /// - Parameter asDefault: also for databases that are opened without naming a file system. SQLite's own random
    ///   numbers and its time are ours only then, and real files can no longer be opened: not for a process that does
    ///   anything else.
    @discardableResult
    public static func install(asDefault: Bool) -> SimulatedVFS {
        // The library's settings count only before its first use, which registering is.
        Database.setUpLibrary()
        let code = sqlite3_vfs_register(VFSTable.shared.vfs, asDefault ? 1 : 0)
        precondition(code == SQLITE_OK, "SQLite takes no file system (code \(code))")
        return shared
    }

    /// Puts a disk at `/name/`, in place of any that was there.
    public func attach(_ disk: SimulatedDisk, as name: String) {
        precondition(!name.isEmpty && !name.utf8.contains(Self.slash), "a disk's name is one part of a path")
        let attached = Attached(disk: disk)
        state.withLock { $0.disks[name] = attached }
    }

    /// Takes a disk away. What is open on it stays usable, but nothing more can be opened.
    public func detach(_ name: String) {
        state.withLock { $0.disks[name] = nil }
    }

    /// Starts SQLite's random numbers anew, as at the beginning of each run.
    public func reseed(_ seed: UInt64) {
        state.withLock { $0.random = RandomStream(seed: seed, entity: "sqlite", purpose: "randomness") }
        sqlite3_randomness(0, nil)
    }

    /// What SQLite takes for the time of day, in milliseconds since 1970.
    public var unixMilliseconds: Int64 {
        get { state.withLock { $0.unixMilliseconds } }
        set { state.withLock { $0.unixMilliseconds = newValue } }
    }

    /// The path of a disk's file.
    public static func path(_ file: String, on disk: String) -> String { "/\(disk)/\(file)" }

    private static let slash = UInt8(ascii: "/")

    /// The disk a path is on and the file's name there; nil when no such disk is attached.
    func place(_ path: UnsafePointer<CChar>) -> (disk: SimulatedDisk, file: String)? {
        let parts = String(cString: path).utf8.split(separator: Self.slash, maxSplits: 1)
        guard parts.count == 2, let name = String(parts[0]), let file = String(parts[1]) else { return nil }
        guard let attached = state.withLock({ $0.disks[name] }) else { return nil }
        return (attached.disk, file)
    }

    func fill(_ bytes: UnsafeMutablePointer<CChar>, count: Int) {
        let drawn = state.withLock { $0.random.bytes(count) }
        for (index, byte) in drawn.enumerated() { bytes[index] = CChar(bitPattern: byte) }
    }
}
