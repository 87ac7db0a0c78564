import Foundation

/// Whether a condition comes true within half a minute.
func eventually(_ condition: () throws -> Bool) rethrows -> Bool {
    let end = Date().addingTimeInterval(30)
    while Date() < end {
        if try condition() { return true }
        usleep(20_000)
    }
    return false
}
