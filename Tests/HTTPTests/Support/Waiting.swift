import Dispatch
import Glibc
import Synchronization

/// Looks until a condition holds; false when it does not within the deadline, which is generous because it is only
/// reached by a failing test.
func eventually(withinSeconds seconds: Double = 20, _ condition: () -> Bool) -> Bool {
    let end = DispatchTime.now() + seconds
    while !condition() {
        if DispatchTime.now() > end { return false }
        usleep(1000)
    }
    return true
}

/// A list that threads add to.
final class Log<Element: Sendable>: Sendable {
    private let storage = Mutex<[Element]>([])

    var all: [Element] { storage.withLock { $0 } }
    var count: Int { all.count }

    func add(_ element: Element) {
        storage.withLock { $0.append(element) }
    }
}

/// A value that is set once and waited for.
final class Box<Value: Sendable>: Sendable {
    private let storage = Mutex<Value?>(nil)

    var value: Value? { storage.withLock { $0 } }

    func set(_ value: Value) {
        storage.withLock { $0 = value }
    }

    func take() -> Value? {
        storage.withLock { storage in
            defer { storage = nil }
            return storage
        }
    }

    /// The value, waited for.
    func wait() -> Value? {
        _ = eventually { value != nil }
        return value
    }
}
