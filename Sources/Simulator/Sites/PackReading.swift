import Standards
import Synchronization

/// Reads each standard's document once, however many processes read it: a rehearsal starts hundreds.
///
/// Which documents a site holds is still the site's own business.
final class PackReading: Sendable {
    private let read = Mutex<[UInt64: (StandardPack?, [Standards.Finding])]>([:])

    func check(_ document: [UInt8]) -> (StandardPack?, [Standards.Finding]) {
        let name = Fingerprint.of(body: document)
        if let known = read.withLock({ $0[name] }) { return known }
        let found = StandardPack.check(document)
        read.withLock { $0[name] = found }
        return found
    }
}
