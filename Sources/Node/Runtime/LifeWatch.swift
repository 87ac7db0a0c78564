import Replication
import Synchronization

/// Tells the log what happens to a site's identity: new origins, comparisons, epochs, doubt.
final class LifeWatch: Sendable {
    private struct Known {
        var isComparing: Bool
        var isGathering: Bool
        var epoch: UInt32
    }

    private let known = Mutex<Known?>(nil)

    /// To be called after each commit.
    /// - Parameter recorded: the incidents of the transaction.
    func note(_ life: Life, _ recorded: [(kind: String, site: SiteID, text: String)], _ log: Log) {
        for incident in recorded {
            log.line("incident", about: incident.site.text, kind: incident.kind, "\(incident.kind): \(incident.text)")
        }
        let now = Known(
            isComparing: life.comparing != .none, isGathering: life.isGathering, epoch: life.cursor.epoch.number)
        let before = known.withLock { known in
            defer { known = now }
            return known ?? Known(isComparing: false, isGathering: false, epoch: now.epoch)
        }
        if now.epoch != before.epoch, before.epoch != 0 {
            log.line("exchange", "epoch \(now.epoch) has begun; this site followed \(before.epoch)")
        }
        if now.isComparing != before.isComparing {
            log.line(
                "exchange",
                now.isComparing
                    ? "what is held here is to be compared with the hub's; work goes on"
                    : "all is compared with the hub")
        }
        if now.isGathering != before.isGathering {
            log.line(
                "exchange",
                now.isGathering
                    ? "this hub gathers what its sites hold; nothing is judged or decided until enough have come"
                    : "enough sites are compared; this hub judges and decides")
        }
    }
}
