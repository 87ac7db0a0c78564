/// One file of a simulated disk: what programs see, and what is on the medium.
///
/// A shorter length is on the medium with the next sync, or by chance when power is lost. What is written beyond the
/// new end cannot survive unless the shortening does, because a file system puts it into other blocks.
final class DiskFile {
    let live = GrowableBytes()
    let durable = GrowableBytes()
    private var dirty = DirtyRanges()
    /// The shortest length the file was cut to since the last sync.
    private var truncatedTo: Int?
    /// Whether it has a name; its bytes count only then.
    var isLinked = true
    var locks = FileLocks()
    /// The index of a write-ahead log, while a connection has it mapped.
    var sharedMemory: SharedMemory?

    /// A medium writes so many bytes at once, or tears within them.
    static let sectorBytes = 512

    func write(_ bytes: UnsafeRawPointer, count: Int, at offset: Int) {
        live.write(bytes, count: count, at: offset)
        dirty.insert(offset..<offset + count)
    }

    func truncate(to size: Int) {
        if size < live.count {
            dirty.cut(at: size)
            truncatedTo = min(truncatedTo ?? size, size)
        } else if size > live.count {
            dirty.insert(live.count..<size)
        }
        live.resize(to: size)
    }

    /// Brings everything written to the medium.
    func sync() {
        if let truncatedTo, truncatedTo < durable.count { durable.resize(to: truncatedTo) }
        truncatedTo = nil
        for range in dirty.ranges { durable.copy(range, from: live) }
        dirty.removeAll()
        if durable.count != live.count { durable.resize(to: live.count) }
    }

    /// A sync that failed: as on Linux, nobody will write these bytes again, though programs still read them.
    func forgetWrites() {
        dirty.removeAll()
    }

    /// Nobody has the file open any more.
    func release() {
        locks = FileLocks()
        sharedMemory = nil
    }

    /// Both copies take the damage.
    func flip(bit: Int, at offset: Int) {
        live.flip(bit: bit, at: offset)
        if offset < durable.count { durable.flip(bit: bit, at: offset) }
    }

    /// Starts from another's bytes on the medium.
    func becomeDurable(of other: DiskFile) {
        durable.become(other.durable)
        live.become(other.durable)
    }
}

extension DiskFile {
    /// How likely a sector that was written and not synced is found on the medium after power was lost.
    private struct Survival {
        var keptPerMille: Int64
        var tornPerMille: Int64

        /// From a disk that had written nothing yet to one that had just finished.
        static let all = [
            Survival(keptPerMille: 0, tornPerMille: 0), Survival(keptPerMille: 250, tornPerMille: 250),
            Survival(keptPerMille: 500, tornPerMille: 100), Survival(keptPerMille: 900, tornPerMille: 50),
            Survival(keptPerMille: 1_000, tornPerMille: 0),
        ]
    }

    /// How often a file is found longer, filled with zeros, although what made it longer was lost.
    private static let lengthOnlyPerMille: Int64 = 250

    /// Power is lost: each sector that was written and not synced reached the medium, or did not, or did in part.
    func losePower(_ random: inout RandomStream) {
        let survival = random.pick(Survival.all)
        var end = Int.max
        if let truncatedTo {
            if random.happens(perMille: 500) {
                if truncatedTo < durable.count { durable.resize(to: truncatedTo) }
            } else {
                end = truncatedTo
            }
        }
        let hasGrown = durable.count < live.count && end == .max
        for range in dirty.merged where range.lowerBound < end {
            keep(range.lowerBound..<min(range.upperBound, end), survival, &random)
        }
        if hasGrown, durable.count < live.count, random.happens(perMille: Self.lengthOnlyPerMille) {
            durable.resize(to: live.count)
        }
        live.become(durable)
        dirty.removeAll()
        truncatedTo = nil
        release()
    }

    private func keep(_ range: Range<Int>, _ survival: Survival, _ random: inout RandomStream) {
        var start = range.lowerBound
        while start < range.upperBound {
            let sector = start / Self.sectorBytes * Self.sectorBytes
            let end = min(range.upperBound, sector + Self.sectorBytes)
            let draw = random.below(1_000)
            if draw < survival.keptPerMille {
                durable.copy(start..<end, from: live)
            } else if draw < survival.keptPerMille + survival.tornPerMille {
                let torn = start + Int(random.below(Int64(end - start)))
                durable.copy(start..<torn, from: live)
            }
            start = end
        }
    }
}
