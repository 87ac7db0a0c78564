/// A piece of memory that grows, for the bytes of a file.
///
/// Everything beyond ``count`` is zero, so that a longer file needs no filling.
final class GrowableBytes {
    private(set) var count = 0
    private(set) var base: UnsafeMutableRawPointer
    private var capacity: Int

    private static let smallestCapacity = 4_096
    private static let alignment = 16

    init() {
        capacity = Self.smallestCapacity
        base = Self.zeros(capacity)
    }

    deinit {
        base.deallocate()
    }

    private static func zeros(_ count: Int) -> UnsafeMutableRawPointer {
        let memory = UnsafeMutableRawPointer.allocate(byteCount: count, alignment: alignment)
        memory.initializeMemory(as: UInt8.self, repeating: 0, count: count)
        return memory
    }

    func resize(to newCount: Int) {
        if newCount > capacity { grow(to: max(newCount, capacity + capacity / 2)) }
        if newCount < count {
            (base + newCount).initializeMemory(as: UInt8.self, repeating: 0, count: count - newCount)
        }
        count = newCount
    }

    private func grow(to newCapacity: Int) {
        let larger = Self.zeros(newCapacity)
        larger.copyMemory(from: base, byteCount: count)
        base.deallocate()
        base = larger
        capacity = newCapacity
    }

    /// Puts bytes at an offset; a gap before them is zero.
    func write(_ bytes: UnsafeRawPointer, count length: Int, at offset: Int) {
        if offset + length > count { resize(to: offset + length) }
        (base + offset).copyMemory(from: bytes, byteCount: length)
    }

    /// Copies up to `length` bytes out and gives how many there were.
    func read(into bytes: UnsafeMutableRawPointer, count length: Int, at offset: Int) -> Int {
        let available = max(0, min(length, count - offset))
        if available > 0 { bytes.copyMemory(from: base + offset, byteCount: available) }
        return available
    }

    /// Takes over a range of another's bytes, which has them all.
    func copy(_ range: Range<Int>, from other: GrowableBytes) {
        guard !range.isEmpty else { return }
        write(other.base + range.lowerBound, count: range.count, at: range.lowerBound)
    }

    /// Becomes the same bytes as another.
    func become(_ other: GrowableBytes) {
        resize(to: other.count)
        base.copyMemory(from: other.base, byteCount: other.count)
    }

    func flip(bit: Int, at offset: Int) {
        let byte = base.load(fromByteOffset: offset, as: UInt8.self)
        base.storeBytes(of: byte ^ (1 << UInt8(bit)), toByteOffset: offset, as: UInt8.self)
    }

    var array: [UInt8] { Array(UnsafeRawBufferPointer(start: base, count: count)) }
}
