import CSQLite

extension VFSTable {
    /// Opening, deleting and looking for files.
    static func addFiles(to methods: inout sqlite3_vfs) {
        methods.xOpen = { vfs, path, handle, flags, outFlags in
            VFSTable.open(vfs, path, handle, flags, outFlags)
        }
        methods.xDelete = { vfs, path, syncsFolder in
            guard let path, let place = VFSTable.fileSystem(vfs)?.place(path) else { return ResultCode.noSuchFile }
            return place.disk.delete(place.file, durably: syncsFolder != 0)
        }
        methods.xAccess = { vfs, path, _, result in
            result?.pointee = 0
            guard let path, let place = VFSTable.fileSystem(vfs)?.place(path) else { return SQLITE_OK }
            guard !place.disk.isOff else { return SQLITE_IOERR }
            // An empty file counts as none, as on Unix.
            result?.pointee = place.disk.size(of: place.file) ?? 0 > 0 ? 1 : 0
            return SQLITE_OK
        }
        methods.xFullPathname = { _, path, room, result in
            guard let path, let result else { return SQLITE_CANTOPEN }
            let bytes = String(cString: path).utf8
            guard bytes.count < room else { return SQLITE_CANTOPEN }
            for (index, byte) in bytes.enumerated() { result[index] = CChar(bitPattern: byte) }
            result[bytes.count] = 0
            return SQLITE_OK
        }
    }

    private static func open(
        _ vfs: UnsafeMutablePointer<sqlite3_vfs>?, _ path: UnsafePointer<CChar>?,
        _ handle: UnsafeMutablePointer<sqlite3_file>?, _ flags: Int32, _ outFlags: UnsafeMutablePointer<Int32>?
    ) -> Int32 {
        guard let handle, let fileSystem = fileSystem(vfs) else { return SQLITE_CANTOPEN }
        handle.pointee.pMethods = nil
        if let path {
            let makes = flags & SQLITE_OPEN_CREATE != 0
            guard let place = fileSystem.place(path) else { return SQLITE_CANTOPEN }
            guard !place.disk.isOff else { return SQLITE_IOERR }
            guard let file = place.disk.file(place.file, makes: makes) else { return SQLITE_CANTOPEN }
            put(OpenFile(file, named: place.file, on: place.disk), into: handle)
        } else {
            put(OpenFile(DiskFile(), named: "", on: nil), into: handle)
        }
        outFlags?.pointee = flags
        return SQLITE_OK
    }

    /// Random numbers and time.
    static func addSurroundings(to methods: inout sqlite3_vfs) {
        methods.xRandomness = { vfs, count, bytes in
            guard let bytes, let fileSystem = VFSTable.fileSystem(vfs) else { return 0 }
            fileSystem.fill(bytes, count: Int(count))
            return count
        }
        // Nobody else can do anything meanwhile.
        methods.xSleep = { _, microseconds in microseconds }
        methods.xCurrentTimeInt64 = { vfs, result in
            guard let fileSystem = VFSTable.fileSystem(vfs) else { return SQLITE_ERROR }
            result?.pointee = VFSTable.julianMilliseconds(fileSystem)
            return SQLITE_OK
        }
        methods.xCurrentTime = { vfs, result in
            guard let fileSystem = VFSTable.fileSystem(vfs) else { return SQLITE_ERROR }
            result?.pointee = Double(VFSTable.julianMilliseconds(fileSystem)) / VFSTable.millisecondsInDay
            return SQLITE_OK
        }
    }

    private static let millisecondsInDay = 86_400_000.0
    /// 1970 in SQLite's count of milliseconds since noon of 24 November 4714 BC.
    private static let unixEpoch: Int64 = 210_866_760_000_000

    private static func julianMilliseconds(_ fileSystem: SimulatedVFS) -> Int64 {
        unixEpoch + fileSystem.unixMilliseconds
    }
}
