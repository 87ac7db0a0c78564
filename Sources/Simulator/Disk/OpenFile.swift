import CSQLite

/// A file as one connection has it open.
final class OpenFile {
    let file: DiskFile
    let name: String
    /// Nil for a temporary file, which lives in memory and dies with its handle.
    let disk: SimulatedDisk?
    private let epoch: Int
    var lockLevel = SQLITE_LOCK_NONE
    var sharedMemory: SharedMemory?
    var sharedSlots = SharedMemory.Slots()
    var exclusiveSlots = SharedMemory.Slots()

    init(_ file: DiskFile, named name: String, on disk: SimulatedDisk?) {
        self.file = file
        self.name = name
        self.disk = disk
        epoch = disk?.epoch ?? 0
    }

    /// Whether power and process are as they were when it was opened.
    var isAlive: Bool {
        guard let disk else { return true }
        return disk.epoch == epoch
    }

    /// Gives back the memory and its locks, and everything else that a living handle holds.
    func unmap() {
        guard let mapped = sharedMemory else { return }
        mapped.unlock(0..<Int(SQLITE_SHM_NLOCK), by: self)
        mapped.users -= 1
        if mapped.users == 0, file.sharedMemory === mapped { file.sharedMemory = nil }
        sharedMemory = nil
    }

    func close() {
        unmap()
        if isAlive { file.locks.unlock(to: SQLITE_LOCK_NONE, by: self) }
    }

    /// The shared memory's region; answers SQLite's code.
    func map(
        region: Int, bytes: Int, makes: Bool, _ place: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
    ) -> Int32 {
        place?.pointee = nil
        guard isAlive else { return SQLITE_IOERR }
        if sharedMemory == nil {
            let memory = file.sharedMemory ?? SharedMemory()
            file.sharedMemory = memory
            memory.users += 1
            sharedMemory = memory
        }
        place?.pointee = sharedMemory?.region(region, bytes: bytes, makes: makes)
        return SQLITE_OK
    }
}

extension OpenFile {
    /// Reads; what lies beyond the end is zero, and SQLite is told. Answers SQLite's code.
    func read(into bytes: UnsafeMutableRawPointer, count: Int, at offset: Int) -> Int32 {
        guard isAlive else { return SQLITE_IOERR }
        if let disk, disk.failsRead() { return ResultCode.readFailed }
        let available = file.live.read(into: bytes, count: count, at: offset)
        guard available < count else { return SQLITE_OK }
        (bytes + available).initializeMemory(as: UInt8.self, repeating: 0, count: count - available)
        return ResultCode.shortRead
    }
}
