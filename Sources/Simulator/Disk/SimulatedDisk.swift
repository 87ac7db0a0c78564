import CSQLite

/// The disk of one machine: what its programs wrote, and how much of it would survive a loss of power.
///
/// The model, which is that of a journalling file system on an honest device:
/// * A write is seen at once and is on the medium after the file's next sync.
/// * A loss of power keeps, loses or tears each unsynced sector of 512 bytes on its own. Bytes of a sector that were
///   not written are never harmed, as SQLite assumes on Unix.
/// * A shorter length reaches the medium with the file's next sync, or by chance.
/// * A new file's name is on the medium after the file's first sync; then everything else that happened to names is,
///   too. A deletion that SQLite wants durable is so at once. Any other reaches the medium with the next of these, or
///   by chance.
///
/// One thread uses a disk, and all files on it, at a time.
public final class SimulatedDisk {
    /// What is wrong with the disk at present.
    public struct Faults: Hashable, Sendable {
        /// Every sync fails; what it should have written is never written again, though programs still read it.
        public var syncFails = false
        /// Every sync claims success and does nothing: a bug that is planted to see whether it is found.
        public var dropsSyncs = false
        /// One in so many writes to a database's own file claims success and does nothing: another such bug. 0 for
        /// none.
        public var losesOneWriteIn: Int64 = 0
        /// How many bytes fit, over all files; what would need more is refused as a full disk.
        public var bytesMax = SimulatedDisk.defaultBytesMax
        /// How many of a thousand reads fail.
        public var readErrorsPerMille: Int64 = 0

        public init() {}
    }

    /// What was done so far; never falls.
    public struct Counters: Hashable, Sendable {
        public var writes: Int64 = 0
        public var syncs: Int64 = 0
        public var bytesWritten: Int64 = 0
    }

    /// Why a small file could not be written.
    public enum Failure: Error, Hashable, Sendable {
        /// The power is off; ``SimulatedDisk/start()`` brings it back.
        case off
        /// ``Faults/bytesMax`` are used.
        case full
    }

    /// How many bytes fit unless told otherwise: 1 GiB.
    public static let defaultBytesMax = 1 << 30
    /// How many files SQLite may have on one disk.
    public static let fileLimit = 1_024

    /// The machine it is in, as `nx-yinchuan`.
    public let name: String
    public var faults = Faults()
    public internal(set) var counters = Counters()
    /// Whether a cut of the power has come about; everything fails until ``start()``.
    public internal(set) var isOff = false
    /// The bytes of all files, as programs see them.
    public internal(set) var usedBytes = 0

    /// Grows when all open handles die.
    var epoch = 0
    /// By name: what programs find, and what would be found after a loss of power.
    var files: [String: DiskFile] = [:]
    var durableFiles: [String: DiskFile] = [:]
    var sideFiles: [String: [UInt8]] = [:]
    var cut: PowerCut?
    private var readErrors: RandomStream

    /// An empty disk. `seed` decides which reads fail.
    public init(name: String, seed: UInt64) {
        self.name = name
        readErrors = RandomStream(seed: seed, entity: name, purpose: "readErrors")
    }

    /// The length of a file in bytes, as programs see it; nil when there is none of this name.
    public func size(of name: String) -> Int? {
        files[name]?.live.count ?? sideFiles[name]?.count
    }

    /// The names of SQLite's files, in ascending order.
    public var fileNames: [String] { files.keys.sorted() }
}

/// What SQLite does; each answers SQLite's code.
extension SimulatedDisk {
    /// A file to open; nil when there is none and none may be made.
    func file(_ name: String, makes: Bool) -> DiskFile? {
        if let file = files[name] { return file }
        guard makes, files.count < Self.fileLimit else { return nil }
        let file = DiskFile()
        files[name] = file
        return file
    }

    func write(_ bytes: UnsafeRawPointer, count: Int, at offset: Int, to file: DiskFile) -> Int32 {
        counters.writes += 1
        let growth = file.isLinked ? max(0, offset + count - file.live.count) : 0
        guard growth == 0 || usedBytes + growth <= faults.bytesMax else {
            return isCutNow() ? SQLITE_IOERR : SQLITE_FULL
        }
        counters.bytesWritten += Int64(count)
        if faults.losesOneWriteIn > 0, growth == 0, file === files["tributary.db"], losesThis() { return SQLITE_OK }
        usedBytes += growth
        file.write(bytes, count: count, at: offset)
        return isCutNow() ? SQLITE_IOERR : SQLITE_OK
    }

    func truncate(_ file: DiskFile, to size: Int) -> Int32 {
        if file.isLinked { usedBytes += size - file.live.count }
        file.truncate(to: size)
        return isCutNow() ? SQLITE_IOERR : SQLITE_OK
    }

    func sync(_ file: DiskFile, named name: String) -> Int32 {
        counters.syncs += 1
        if isCutNow() { return SQLITE_IOERR }
        if faults.syncFails {
            file.forgetWrites()
            return ResultCode.syncFailed
        }
        if faults.dropsSyncs { return SQLITE_OK }
        file.sync()
        if durableFiles[name] !== file, files[name] === file { durableFiles = files }
        return SQLITE_OK
    }

    func delete(_ name: String, durably: Bool) -> Int32 {
        guard !isOff else { return SQLITE_IOERR }
        guard let file = files[name] else { return ResultCode.noSuchFile }
        usedBytes -= file.live.count
        files[name] = nil
        file.isLinked = false
        if isCutNow() { return SQLITE_IOERR }
        if durably, !faults.dropsSyncs { durableFiles = files }
        return SQLITE_OK
    }

    private func losesThis() -> Bool { counters.writes % faults.losesOneWriteIn == 0 }

    /// Whether this read is one of those that fail.
    func failsRead() -> Bool {
        faults.readErrorsPerMille > 0 && readErrors.happens(perMille: faults.readErrorsPerMille)
    }
}
