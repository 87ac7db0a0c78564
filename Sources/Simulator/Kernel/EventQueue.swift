/// What is still to happen, in the order of (time, sequence): a binary heap.
struct EventQueue {
    struct Item {
        let time: VirtualTime
        /// In the order of asking; breaks ties.
        let sequence: UInt64
        let name: StaticString
        /// Whom it happens to; 0 for no site in particular.
        let site: Int
        let action: () -> Void

        fileprivate func comes(before other: Item) -> Bool {
            time == other.time ? sequence < other.sequence : time < other.time
        }
    }

    private var heap: [Item] = []

    var count: Int { heap.count }
    var first: VirtualTime? { heap.first?.time }

    mutating func push(_ item: Item) {
        heap.append(item)
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[child].comes(before: heap[parent]) else { break }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    mutating func pop() -> Item? {
        guard let last = heap.popLast() else { return nil }
        guard let first = heap.first else { return last }
        heap[0] = last
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
                if heap[child].comes(before: heap[least]) { least = child }
            }
            guard least != parent else { return first }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}
