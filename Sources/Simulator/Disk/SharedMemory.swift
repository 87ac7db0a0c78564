import CSQLite

/// The memory that the connections of one database share in write-ahead logging, and the locks on it.
///
/// It lives as long as one handle has it mapped. Dead handles keep theirs: SQLite may read it until they are closed.
final class SharedMemory {
    private var regions: [UnsafeMutableRawPointer] = []
    /// By slot: how many hold it shared; -1 when one holds it alone.
    private var holders = [Int](repeating: 0, count: Int(SQLITE_SHM_NLOCK))
    var users = 0

    private static let alignment = 16

    deinit {
        for region in regions { region.deallocate() }
    }

    /// The region of a number; nil when there is none yet and none is to be made.
    func region(_ index: Int, bytes: Int, makes: Bool) -> UnsafeMutableRawPointer? {
        if makes {
            while regions.count <= index {
                let region = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: Self.alignment)
                region.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
                regions.append(region)
            }
        }
        return index < regions.count ? regions[index] : nil
    }

    /// Takes slots, all or none; answers SQLite's code.
    func lock(_ slots: Range<Int>, exclusively: Bool, by handle: OpenFile) -> Int32 {
        if exclusively {
            let others = slots.contains { holders[$0] != 0 && !handle.exclusiveSlots.contains($0) }
            guard !others else { return SQLITE_BUSY }
            for slot in slots {
                holders[slot] = -1
                handle.exclusiveSlots.insert(slot)
            }
        } else {
            let others = slots.contains { holders[$0] < 0 }
            guard !others else { return SQLITE_BUSY }
            for slot in slots where handle.sharedSlots.insert(slot) { holders[slot] += 1 }
        }
        return SQLITE_OK
    }

    func unlock(_ slots: Range<Int>, by handle: OpenFile) {
        for slot in slots {
            if handle.exclusiveSlots.remove(slot) { holders[slot] = 0 }
            if handle.sharedSlots.remove(slot) { holders[slot] -= 1 }
        }
    }

    /// Some of the slots.
    struct Slots {
        private var bits: UInt32 = 0

        func contains(_ slot: Int) -> Bool { bits & (1 << UInt32(slot)) != 0 }

        /// Whether it was not there before.
        @discardableResult
        mutating func insert(_ slot: Int) -> Bool {
            defer { bits |= 1 << UInt32(slot) }
            return !contains(slot)
        }

        /// Whether it was there.
        mutating func remove(_ slot: Int) -> Bool {
            defer { bits &= ~(1 << UInt32(slot)) }
            return contains(slot)
        }
    }
}
