/// A piece of memory that grows, for the bytes of a file.
final class GrowableBytes {
    private(set) var count = 0
    /// What lies here beyond ``count`` is nobody's; a longer file is filled with zeros where nothing is written.
    private(set) var base: UnsafeMutableRawPointer
    private var capacity: Int

    private static let smallestCapacity = 4_096
    private static let alignment = 16

    init() {
        capacity = Self.smallestCapacity
        base = .allocate(byteCount: capacity, alignment: Self.alignment)
    }

    deinit {
        base.deallocate()
    }

    /// Bytes that are new are zero.
    func resize(to newCount: Int) {
        reserve(newCount)
        if newCount > count {
            (base + count).initializeMemory(as: UInt8.self, repeating: 0, count: newCount - count)
        }
        count = newCount
    }

    private func reserve(_ newCount: Int) {
        guard newCount > capacity else { return }
        let newCapacity = max(newCount, capacity * 2)
        let larger = UnsafeMutableRawPointer.allocate(byteCount: newCapacity, alignment: Self.alignment)
        larger.copyMemory(from: base, byteCount: count)
        base.deallocate()
        base = larger
        capacity = newCapacity
    }

    /// Puts bytes at an offset; a gap before them is zero.
    func write(_ bytes: UnsafeRawPointer, count length: Int, at offset: Int) {
        if offset > count { resize(to: offset) }
        reserve(offset + length)
        (base + offset).copyMemory(from: bytes, byteCount: length)
        count = max(count, offset + length)
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
        reserve(other.count)
        base.copyMemory(from: other.base, byteCount: other.count)
        count = other.count
    }

    func flip(bit: Int, at offset: Int) {
        let byte = base.load(fromByteOffset: offset, as: UInt8.self)
        base.storeBytes(of: byte ^ (1 << UInt8(bit)), toByteOffset: offset, as: UInt8.self)
    }

    var array: [UInt8] { Array(UnsafeRawBufferPointer(start: base, count: count)) }
}
