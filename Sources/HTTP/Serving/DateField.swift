import Glibc
import Synchronization

/// The value of the `Date` field, composed once a second.
enum DateField {
    private static let cached = Mutex<(second: Int64, text: String)>((-1, ""))

    static func now() -> String {
        let second = Int64(time(nil))
        return cached.withLock { cached in
            if cached.second != second {
                cached = (second, HTTPDate.text(secondsSince1970: second))
            }
            return cached.text
        }
    }
}
