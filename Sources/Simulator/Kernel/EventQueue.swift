/// What is still to happen, in the order of (time, sequence): a binary heap of places, so that nothing is held on to
/// and let go again while they move.
struct EventQueue {
    struct Item {
        let time: VirtualTime
        /// In the order of asking; breaks ties.
        let sequence: UInt64
        let name: StaticString
        /// Whom it happens to; 0 for no site in particular.
        let site: Int
        let action: () -> Void
    }

    /// Where an item is kept, and when it is due.
    private struct Place {
        let time: VirtualTime
        let sequence: UInt64
        let slot: Int

        func comes(before other: Place) -> Bool {
            time == other.time ? sequence < other.sequence : time < other.time
        }
    }

    private var heap: [Place] = []
    private var items: [Item?] = []
    /// Slots of ``items`` that are free.
    private var free: [Int] = []

    var count: Int { heap.count }
    var first: VirtualTime? { heap.first?.time }

    mutating func push(_ item: Item) {
        let place = Place(time: item.time, sequence: item.sequence, slot: free.popLast() ?? items.count)
        if place.slot < items.count { items[place.slot] = item } else { items.append(item) }
        heap.append(place)
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard place.comes(before: heap[parent]) else { break }
            heap[child] = heap[parent]
            child = parent
        }
        heap[child] = place
    }

    mutating func pop() -> Item? {
        guard let first = heap.first, let last = heap.popLast() else { return nil }
        if !heap.isEmpty { sink(last) }
        free.append(first.slot)
        return items[first.slot].take()
    }

    /// Puts a place at the top and lets it sink to where it belongs.
    private mutating func sink(_ place: Place) {
        var parent = 0
        while true {
            var child = 2 * parent + 1
            guard child < heap.count else { break }
            if child + 1 < heap.count, heap[child + 1].comes(before: heap[child]) { child += 1 }
            guard heap[child].comes(before: place) else { break }
            heap[parent] = heap[child]
            parent = child
        }
        heap[parent] = place
    }
}
