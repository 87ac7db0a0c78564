import Hashing

extension ExchangeAnswer {
    /// Whether this can be an answer to `request` at all. To be asked before anything in it is believed, its time too:
    /// whatever sits at the hub's address may answer.
    /// - Throws: `stale` when it belongs to another request, `foreign` when it is not of the hub that the site follows,
    ///   `malformed` when it holds changes from a time that has not come.
    ///
    /// - Parameter credential: what the site shows to the hub, under which a new epoch is proved; empty where there is
    ///   none.
    public func check(answers request: ExchangeRequest, credential: String = "") throws {
        guard self.request == request.number else {
            throw ReplicationError(
                .stale, "The hub's answer belongs to another request.", remedy: "The next exchange will do.")
        }
        let followed = request.cursor.epoch
        let isLater =
            epoch > followed && request.lane == .hello
            && (credential.isEmpty || epochProof == proof(of: request, credential))
        guard followed == .none || followed == epoch || isLater else { throw Self.foreign(epoch, followed: followed) }
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

    /// Proves to a site that follows another epoch that this one was begun by its own hub: only that derives the site's
    /// credential.
    public mutating func proveEpoch(to request: ExchangeRequest, credential: String) {
        guard request.lane == .hello, request.protocols.highest >= ProtocolRange.sections,
            request.cursor.epoch != .none, request.cursor.epoch != epoch
        else { return }
        epochProof = proof(of: request, credential)
    }

    private func proof(of request: ExchangeRequest, _ credential: String) -> [UInt8] {
        var writer = ByteWriter()
        writer.text("epoch")
        writer.epoch(epoch)
        writer.fixed64(request.origin.raw)
        writer.varint(UInt64(request.number.start))
        writer.varint(UInt64(request.number.count))
        return HMACSHA256.authenticate(writer.bytes, key: Array(credential.utf8))
    }

    static func foreign(_ epoch: Epoch, followed: Epoch) -> ReplicationError {
        ReplicationError(
            .foreign,
            "What answers is a hub in epoch \(epoch.number); this site follows one in epoch \(followed.number).",
            remedy: "Check the hub's address, and ask its administrator whether two hubs are alive. Nothing was taken "
                + "from it; this site asks again by itself.")
    }
}
