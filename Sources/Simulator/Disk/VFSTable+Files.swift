import CSQLite

extension VFSTable {
    static func fileMethods() -> sqlite3_io_methods {
        var methods = sqlite3_io_methods()
        methods.iVersion = 2
        addBytes(to: &methods)
        addLocks(to: &methods)
        addSharedMemory(to: &methods)
        return methods
    }

    private static func addBytes(to methods: inout sqlite3_io_methods) {
        methods.xClose = { handle in
            VFSTable.take(from: handle)
            return SQLITE_OK
        }
        methods.xRead = { handle, bytes, count, offset in
            guard let bytes, let open = VFSTable.openFile(handle) else { return SQLITE_IOERR }
            return open.read(into: bytes, count: Int(count), at: Int(offset))
        }
        methods.xWrite = { handle, bytes, count, offset in
            guard let bytes, let open = VFSTable.openFile(handle), open.isAlive else { return SQLITE_IOERR }
            if let disk = open.disk { return disk.write(bytes, count: Int(count), at: Int(offset), to: open.file) }
            open.file.live.write(bytes, count: Int(count), at: Int(offset))
            return SQLITE_OK
        }
        methods.xTruncate = { handle, size in
            guard let open = VFSTable.openFile(handle), open.isAlive else { return SQLITE_IOERR }
            if let disk = open.disk { return disk.truncate(open.file, to: Int(size)) }
            open.file.live.resize(to: Int(size))
            return SQLITE_OK
        }
        methods.xSync = { handle, _ in
            guard let open = VFSTable.openFile(handle), open.isAlive else { return SQLITE_IOERR }
            return open.disk?.sync(open.file, named: open.name) ?? SQLITE_OK
        }
        methods.xFileSize = { handle, size in
            guard let open = VFSTable.openFile(handle), open.isAlive else { return SQLITE_IOERR }
            size?.pointee = sqlite3_int64(open.file.live.count)
            return SQLITE_OK
        }
        methods.xFileControl = { _, _, _ in SQLITE_NOTFOUND }
        methods.xSectorSize = { _ in Int32(DiskFile.sectorBytes) }
        // As SQLite's own file system for Unix says.
        methods.xDeviceCharacteristics = { _ in SQLITE_IOCAP_POWERSAFE_OVERWRITE }
    }

    private static func addLocks(to methods: inout sqlite3_io_methods) {
        methods.xLock = { handle, level in
            guard let open = VFSTable.openFile(handle), open.isAlive else { return SQLITE_IOERR }
            return open.file.locks.lock(level, by: open)
        }
        methods.xUnlock = { handle, level in
            guard let open = VFSTable.openFile(handle), open.isAlive else { return SQLITE_IOERR }
            open.file.locks.unlock(to: level, by: open)
            return SQLITE_OK
        }
        methods.xCheckReservedLock = { handle, result in
            guard let open = VFSTable.openFile(handle), open.isAlive else { return SQLITE_IOERR }
            result?.pointee = open.file.locks.isReserved ? 1 : 0
            return SQLITE_OK
        }
    }

    private static func addSharedMemory(to methods: inout sqlite3_io_methods) {
        methods.xShmMap = { handle, region, bytes, makes, place in
            guard let open = VFSTable.openFile(handle) else { return SQLITE_IOERR }
            return open.map(region: Int(region), bytes: Int(bytes), makes: makes != 0, place)
        }
        methods.xShmLock = { handle, first, count, flags in
            guard let open = VFSTable.openFile(handle), open.isAlive, let memory = open.sharedMemory else {
                return SQLITE_IOERR
            }
            let slots = Int(first)..<Int(first + count)
            guard flags & SQLITE_SHM_LOCK != 0 else {
                memory.unlock(slots, by: open)
                return SQLITE_OK
            }
            return memory.lock(slots, exclusively: flags & SQLITE_SHM_EXCLUSIVE != 0, by: open)
        }
        // One thread runs all connections: there is nothing to order.
        methods.xShmBarrier = { _ in }
        methods.xShmUnmap = { handle, _ in
            VFSTable.openFile(handle)?.unmap()
            return SQLITE_OK
        }
    }
}
