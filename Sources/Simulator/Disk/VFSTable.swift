import CSQLite

/// What SQLite is given: the table of the file system's methods, and that of its files'.
///
/// SQLite's callbacks are C functions without context. They reach the file system through `pAppData`, and a file
/// through the pointer that is kept behind SQLite's part of the handle.
// Safe: both tables are filled before the first use and never changed or freed; SQLite links the first under its lock.
struct VFSTable: @unchecked Sendable {
    static let shared = VFSTable(of: SimulatedVFS.shared, named: SimulatedVFS.name)

    let vfs = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
    let files = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)

    /// Where a handle keeps the pointer to its ``OpenFile``.
    private static let openFileOffset = MemoryLayout<sqlite3_file>.stride
    private static let longestPath = 512

    /// Nothing of it is ever freed, the file system included.
    init(of fileSystem: SimulatedVFS, named name: String) {
        files.initialize(to: Self.fileMethods())
        var methods = sqlite3_vfs()
        methods.iVersion = 2
        methods.szOsFile = Int32(Self.openFileOffset + MemoryLayout<UnsafeMutableRawPointer>.stride)
        methods.mxPathname = Int32(Self.longestPath)
        methods.zName = Self.permanent(name)
        methods.pAppData = Unmanaged.passRetained(fileSystem).toOpaque()
        Self.addFiles(to: &methods)
        Self.addSurroundings(to: &methods)
        vfs.initialize(to: methods)
    }

    private static func permanent(_ text: String) -> UnsafePointer<CChar> {
        let copy = UnsafeMutablePointer<CChar>.allocate(capacity: text.utf8.count + 1)
        for (index, byte) in (Array(text.utf8) + [0]).enumerated() { copy[index] = CChar(bitPattern: byte) }
        return UnsafePointer(copy)
    }

    static func fileSystem(_ vfs: UnsafeMutablePointer<sqlite3_vfs>?) -> SimulatedVFS? {
        guard let data = vfs?.pointee.pAppData else { return nil }
        return Unmanaged<SimulatedVFS>.fromOpaque(data).takeUnretainedValue()
    }

    /// The file behind a handle that ``put(_:into:)`` has filled.
    @inline(__always)
    static func openFile(_ handle: UnsafeMutablePointer<sqlite3_file>?) -> OpenFile? {
        guard let handle else { return nil }
        let kept = UnsafeRawPointer(handle).load(fromByteOffset: openFileOffset, as: UnsafeRawPointer.self)
        return Unmanaged<OpenFile>.fromOpaque(kept).takeUnretainedValue()
    }

    static func put(_ file: OpenFile, into handle: UnsafeMutablePointer<sqlite3_file>) {
        UnsafeMutableRawPointer(handle).storeBytes(
            of: Unmanaged.passRetained(file).toOpaque(), toByteOffset: openFileOffset, as: UnsafeMutableRawPointer.self)
        handle.pointee.pMethods = UnsafePointer(shared.files)
    }

    static func take(from handle: UnsafeMutablePointer<sqlite3_file>?) {
        guard let handle else { return }
        let kept = UnsafeRawPointer(handle).load(fromByteOffset: openFileOffset, as: UnsafeRawPointer.self)
        Unmanaged<OpenFile>.fromOpaque(kept).takeRetainedValue().close()
        handle.pointee.pMethods = nil
    }
}
