import Standards
import Synchronization

/// Reads each standard's document once, however many processes read it: a rehearsal starts hundreds.
///
/// Which documents a site holds is still the site's own business.
final class PackReading: Sendable {
    private let read = Mutex<[[UInt8]: StandardPack]>([:])

    func check(_ document: [UInt8]) -> (StandardPack?, [Standards.Finding]) {
        if let pack = read.withLock({ $0[document] }) { return (pack, []) }
        let (pack, findings) = StandardPack.check(document)
        if let pack { read.withLock { $0[document] = pack } }
        return (pack, findings)
    }
}
