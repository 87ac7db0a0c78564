import CSQLite
import Synchronization

/// A layer over the usual file system that fails one write or sync, chosen by its number.
///
/// There is one for the whole process, because SQLite's callbacks carry no context: the suites that use it are
/// serialized under one parent.
enum FaultyFileSystem {
    static let name = "tributary-faulty"

    /// A failed write; the header's expression for it is not imported.
    static let writeError = SQLITE_IOERR | (3 << 8)
    /// A failed sync.
    static let syncError = SQLITE_IOERR | (4 << 8)

    /// Which operation fails, and how.
    struct Plan {
        /// Operations until the fault; 0 is the next one, nil is never.
        var countdown: Int?
        var code = FaultyFileSystem.writeError
        /// Whether every operation after the first that fails does so too, as on a full disk.
        var isLasting = false
        var hasFired = false
    }

    static let plan = Mutex(Plan())

    // Safe: written once, before the layer is registered, or under the lock of `methods`; read-only afterwards.
    private struct Originals: @unchecked Sendable {
        var system: UnsafeMutablePointer<sqlite3_vfs>
        var layer: UnsafeMutablePointer<sqlite3_vfs>
    }

    /// The system's file methods and ours, by the address of the system's.
    // Safe: both point to tables that are never changed after they were put here, and never freed.
    private struct Methods: @unchecked Sendable {
        var system: UnsafePointer<sqlite3_io_methods>
        var patched: UnsafePointer<sqlite3_io_methods>
    }

    private static let methods = Mutex<Methods?>(nil)

    private static let originals: Originals? = {
        guard let system = sqlite3_vfs_find(nil) else { return nil }
        let layer = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
        layer.initialize(to: system.pointee)
        let label = UnsafeMutablePointer<CChar>.allocate(capacity: name.utf8.count + 1)
        for (index, byte) in (Array(name.utf8) + [0]).enumerated() {
            label[index] = CChar(bitPattern: byte)
        }
        layer.pointee.zName = UnsafePointer(label)
        layer.pointee.pNext = nil
        layer.pointee.xOpen = { layer, path, file, flags, outFlags in
            FaultyFileSystem.open(path, file, flags, outFlags)
        }
        return Originals(system: system, layer: layer)
    }()

    /// Makes the layer known to SQLite; later calls do nothing.
    static func register() -> Bool {
        guard let originals else { return false }
        return sqlite3_vfs_register(originals.layer, 0) == SQLITE_OK
    }

    /// Lets the operation with this number, counted from 0 from now on, fail.
    static func fail(after count: Int?, code: Int32 = FaultyFileSystem.writeError, lasting: Bool = false) {
        plan.withLock { $0 = Plan(countdown: count, code: code, isLasting: lasting) }
    }

    /// Whether the planned fault has come about.
    static var hasFired: Bool { plan.withLock { $0.hasFired } }

    private static func open(
        _ path: UnsafePointer<CChar>?, _ file: UnsafeMutablePointer<sqlite3_file>?, _ flags: Int32,
        _ outFlags: UnsafeMutablePointer<Int32>?
    ) -> Int32 {
        guard let originals, let file else { return SQLITE_CANTOPEN }
        let code = originals.system.pointee.xOpen(originals.system, path, file, flags, outFlags)
        // Only the database and its log: these are the files whose methods are of one kind.
        guard code == SQLITE_OK, flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL) != 0,
            let system = file.pointee.pMethods
        else { return code }
        let patched = methods.withLock { known in
            if let known, known.system == system { return known }
            let fresh = Methods(system: system, patched: patch(system))
            known = fresh
            return fresh
        }
        file.pointee.pMethods = patched.patched
        return code
    }

    private static func patch(_ system: UnsafePointer<sqlite3_io_methods>) -> UnsafePointer<sqlite3_io_methods> {
        let patched = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
        patched.initialize(to: system.pointee)
        patched.pointee.xWrite = { file, bytes, count, offset in
            if let code = FaultyFileSystem.nextFault() { return code }
            return FaultyFileSystem.systemMethods?.pointee.xWrite(file, bytes, count, offset) ?? SQLITE_IOERR
        }
        patched.pointee.xSync = { file, flags in
            if let code = FaultyFileSystem.nextFault() { return code }
            return FaultyFileSystem.systemMethods?.pointee.xSync(file, flags) ?? SQLITE_IOERR
        }
        return UnsafePointer(patched)
    }

    private static var systemMethods: UnsafePointer<sqlite3_io_methods>? { methods.withLock { $0 }?.system }

    private static func nextFault() -> Int32? {
        plan.withLock { plan -> Int32? in
            guard let countdown = plan.countdown else { return nil }
            guard countdown == 0 else {
                plan.countdown = countdown - 1
                return nil
            }
            plan.hasFired = true
            if !plan.isLasting {
                plan.countdown = nil
            }
            return plan.code
        }
    }
}
