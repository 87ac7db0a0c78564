extension ExchangeAnswer {
    /// Whether this can be an answer to `request` at all. To be asked before anything in it is believed, its time too:
    /// whatever sits at the hub's address may answer.
    /// - Throws: `stale` when it belongs to another request, `foreign` when it is not of the hub that the site follows,
    ///   `malformed` when it holds changes from a time that has not come.
    public func check(answers request: ExchangeRequest) throws {
        guard self.request == request.number else {
            throw ReplicationError(
                .stale, "The hub's answer belongs to another request.", remedy: "The next exchange will do.")
        }
        let followed = request.cursor.epoch
        guard followed == .none || followed == epoch else { throw Self.foreign(epoch, followed: followed) }
        // A stamp from far ahead would carry this site's own clock with it, for good.
        let latest = max(received, sent) + 2 * ReplicationLimits.aheadMilliseconds
        var isAhead = histories.contains { $0.changes.contains { $0.stamp.milliseconds > latest } }
        for case .change(let change) in entries.map(\.content) where change.stamp.milliseconds > latest {
            isAhead = true
        }
        guard !isAhead else {
            throw ReplicationError.malformed("The hub's answer holds a change stamped far ahead of the hub's own time.")
        }
    }

    static func foreign(_ epoch: Epoch, followed: Epoch) -> ReplicationError {
        ReplicationError(
            .foreign,
            "What answers is a hub in epoch \(epoch.number); this site follows one in epoch \(followed.number).",
            remedy: "Check the hub's address, and ask its administrator whether it was restored: comparing with it is "
                + "not built yet. Nothing was taken from it; this site asks again by itself.")
    }
}
