/// A small map kept sorted by key, so that going through it has one order everywhere: a dictionary's order differs
/// between two runs of the same program.
public struct OrderedTable<Key: Comparable & Sendable, Element: Sendable>: Sendable {
    public private(set) var entries: [(key: Key, value: Element)]

    public init() { entries = [] }

    /// - Precondition: the keys rise.
    init(sorted entries: [(key: Key, value: Element)]) { self.entries = entries }

    public var isEmpty: Bool { entries.isEmpty }
    public var count: Int { entries.count }

    /// The first index whose key is not below `key`.
    private func index(of key: Key) -> Int {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].key < key { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Puts a value in and gives back the one that it takes the place of.
    mutating func replace(_ key: Key, with value: Element) -> Element? {
        let index = index(of: key)
        guard index < entries.count else {
            // Inserting at the end costs more than appending.
            entries.append((key, value))
            return nil
        }
        guard entries[index].key == key else {
            entries.insert((key, value), at: index)
            return nil
        }
        let before = entries[index].value
        entries[index].value = value
        return before
    }

    public subscript(key: Key) -> Element? {
        get {
            let index = index(of: key)
            return index < entries.count && entries[index].key == key ? entries[index].value : nil
        }
        set {
            let index = index(of: key)
            let isPresent = index < entries.count && entries[index].key == key
            switch (newValue, isPresent) {
            case (let value?, true): entries[index].value = value
            case (let value?, false): entries.insert((key, value), at: index)
            case (nil, true): entries.remove(at: index)
            case (nil, false): break
            }
        }
    }

    public subscript(key: Key, default fallback: @autoclosure () -> Element) -> Element {
        get { self[key] ?? fallback() }
        set { self[key] = newValue }
    }
}
