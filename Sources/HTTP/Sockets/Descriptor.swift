import Glibc

/// Owns a file descriptor and closes it when the last reference goes.
///
/// A Dispatch source keeps one until its cancel handler has run, since closing earlier could hand the number to
/// another connection while the source still watches it.
final class Descriptor: Sendable {
    let number: CInt

    init(_ number: CInt) {
        self.number = number
    }

    deinit {
        // EINTR is not retried: on Linux the descriptor is gone all the same.
        close(number)
    }
}
