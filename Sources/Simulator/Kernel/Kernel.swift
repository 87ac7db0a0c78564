/// Time and order of a rehearsal: takes what is to happen next, lets it happen, and keeps the digest of it all.
///
/// One thread. Nothing here or under it reads a clock or draws a number of its own.
public final class Kernel {
    public let seed: UInt64
    public private(set) var now = VirtualTime.zero
    public private(set) var digest = RunDigest()
    private var queue = EventQueue()
    private var sequence: UInt64 = 0

    public init(seed: UInt64) { self.seed = seed }

    /// How many events wait.
    public var pending: Int { queue.count }

    public func stream(_ entity: String, _ purpose: String) -> RandomStream {
        RandomStream(seed: seed, entity: entity, purpose: purpose)
    }

    /// Lets something happen later.
    /// - Parameters:
    ///   - name: what kind of event; part of the digest.
    ///   - site: to whom, by number; part of the digest.
    public func at(_ time: VirtualTime, _ name: StaticString, site: Int = 0, _ action: @escaping () -> Void) {
        sequence += 1
        queue.push(.init(time: max(time, now), sequence: sequence, name: name, site: site, action: action))
    }

    public func after(_ delay: VirtualTime, _ name: StaticString, site: Int = 0, _ action: @escaping () -> Void) {
        at(now + delay, name, site: site, action)
    }

    /// Lets go of everything that was still to happen: what waits holds on to the world, and the world to it.
    func forgetAll() { queue = EventQueue() }

    /// Makes what an event decided part of the digest.
    public func note(_ word: UInt64) { digest.absorb(word) }

    public func note(_ bytes: [UInt8]) { digest.absorb(bytes) }

    /// Lets the next event happen, unless it is later than `end`.
    /// - Returns: false when nothing happens up to `end` any more; the clock then reads `end`.
    public func step(until end: VirtualTime) -> Bool {
        guard let first = queue.first, first <= end, let item = queue.pop() else {
            now = max(now, end)
            return false
        }
        now = item.time
        digest.absorb(UInt64(bitPattern: item.time.microseconds))
        digest.absorb(item.sequence)
        item.name.withUTF8Buffer { digest.absorb(UnsafeRawBufferPointer($0)) }
        digest.absorb(UInt64(item.site))
        item.action()
        digest.endEvent()
        return true
    }
}
