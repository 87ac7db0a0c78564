extension SimulatedDisk {
    /// Writes a small file whole and durably, or not at all.
    ///
    /// - Throws: ``Failure``; the file is then what it was before.
    public func write(_ bytes: [UInt8], to name: String) throws(Failure) {
        guard !isOff else { throw .off }
        counters.writes += 1
        let growth = bytes.count - (sideFiles[name]?.count ?? 0)
        guard growth <= 0 || usedBytes + growth <= faults.bytesMax else { throw .full }
        if isCutNow() { throw .off }
        counters.syncs += 1
        counters.bytesWritten += Int64(bytes.count)
        usedBytes += growth
        sideFiles[name] = bytes
    }

    /// A small file's bytes; nil when there is none, or the power is off.
    public func read(_ name: String) -> [UInt8]? {
        isOff ? nil : sideFiles[name]
    }

    /// Flips bits of one of SQLite's files, as programs see it and on the medium.
    ///
    /// - Returns: the offsets of the bytes, in the order of the draws; empty when there is no such file or it is empty.
    @discardableResult
    public func rot(bits: Int, in name: String, random: inout RandomStream) -> [Int] {
        guard let file = files[name], file.live.count > 0 else { return [] }
        var offsets: [Int] = []
        for _ in 0..<bits {
            let offset = Int(random.below(Int64(file.live.count)))
            file.flip(bit: Int(random.below(8)), at: offset)
            offsets.append(offset)
        }
        return offsets
    }

    /// A file's bytes as programs see them, or on the medium; nil when there is none of this name.
    public func bytes(of name: String, durable: Bool = false) -> [UInt8]? {
        durable ? durableFiles[name]?.durable.array : files[name]?.live.array
    }

    /// Another disk with what is on this one's medium, sound and with nothing open.
    public func copyOfDurable(name: String, seed: UInt64) -> SimulatedDisk {
        let copy = SimulatedDisk(name: name, seed: seed)
        for name in durableFiles.keys.sorted() {
            guard let original = durableFiles[name] else { continue }
            let file = DiskFile()
            file.becomeDurable(of: original)
            copy.files[name] = file
        }
        copy.durableFiles = copy.files
        copy.sideFiles = sideFiles
        copy.countBytes()
        return copy
    }
}
