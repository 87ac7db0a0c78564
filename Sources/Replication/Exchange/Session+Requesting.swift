import SQLite

/// The branch's end: what it says, and how it takes the answer. Both are jobs of the writer; what travels between
/// them is the shell's business.
extension Session {
    /// What a shell knows of its running process.
    public struct Circumstances: Sendable {
        /// Province time and the raw wall clock, in milliseconds.
        public var now: Int64
        public var wallClock: Int64
        /// Whether the hub has answered in this process life: before that, no time is declared.
        public var isMeasured: Bool
        public var software: String
        public var batchBytes: Int
        /// Whether it is time to hold what is here against what the hub has.
        public var wantsProof = false

        public init(
            now: Int64, wallClock: Int64, isMeasured: Bool, software: String,
            batchBytes: Int = ReplicationLimits.bytesInBatch
        ) {
            self.now = now
            self.wallClock = wallClock
            self.isMeasured = isMeasured
            self.software = software
            self.batchBytes = batchBytes
        }
    }

    /// Makes the next request of a lane. The transaction that this runs in must have been committed before the first
    /// byte leaves: it marks what is sent.
    public mutating func request(
        _ lane: ExchangeRequest.Lane, number: ExchangeRequest.Number, _ circumstances: Circumstances
    ) throws -> ExchangeRequest {
        var request = ExchangeRequest(
            lane: lane, origin: life.origin, number: number, acknowledged: life.acknowledged, cursor: life.cursor)
        request.software = circumstances.software
        request.wallClock = circumstances.wallClock
        switch lane {
        // Only to a hub that has shown that it knows what it is.
        case .hello: request.receipt = life.receipt
        case .poll:
            try fillAcknowledgements(&request)
            // While anything is on its way the two differ.
            request.wantsProof =
                circumstances.wantsProof && life.hubProtocol >= ProtocolRange.sections && request.wishes.isEmpty
                && request.withdrawn.isEmpty && request.whole.isEmpty
        case .push:
            if circumstances.isMeasured { try correctAhead(now: circumstances.now) }
            try fillChanges(&request, bytes: circumstances.batchBytes)
        case .compare: request.compare = try compareRequest(at: circumstances.now)
        case .attachments: try fillAttachments(&request, at: circumstances.now)
        }
        let sent = request.changes.last?.sequence ?? life.acknowledged.number
        if lane == .poll || lane == .push, circumstances.isMeasured, sent == life.chain.number {
            request.watermark = declareWatermark(at: circumstances.now)
        }
        request.backlog = life.chain.number - min(sent, life.chain.number)
        return request
    }

    private mutating func fillChanges(_ request: inout ExchangeRequest, bytes budget: Int) throws {
        var after = life.acknowledged
        var bytes = 0
        let budget = store.domain.mischief.contains(.ignoresBatchLimit) ? Int.max : budget
        try store.forEachChange(of: life.origin, after: after.number) { entry in
            bytes += entry.change.storedBody.count + ReplicationLimits.bytesBesideBody
            guard request.changes.isEmpty || bytes <= budget else { return false }
            request.changes.append(entry.change)
            after.append(entry.hash)
            // Half of what is taken, as in the other direction: small changes cost many times their bytes in memory.
            return request.changes.count < ReplicationLimits.changesInBatch / 2
        }
        guard let last = request.changes.last else { return }
        request.before = life.acknowledged
        request.after = after.digest
        life.markedSent = max(life.markedSent, last.sequence)
    }

    private func fillAcknowledgements(_ request: inout ExchangeRequest) throws {
        let limit = Int64(ReplicationLimits.acknowledgementsInRequest)
        request.withdrawn = try database.all(
            "SELECT number, sequence FROM withdrawn ORDER BY number LIMIT ?", limit
        ) { ExchangeRequest.Withdrawn(number: $0.uint64(0), sequence: $0.uint64(1)) }
        request.whole = try database.all(
            "SELECT enter, after FROM wanted WHERE is_whole = 1 ORDER BY enter LIMIT ?", limit
        ) { ExchangeRequest.HistoryWhole(enter: $0.uint64(0), upTo: $0.uint64(1)) }
        let wished = try database.all(
            "SELECT enter, entity, after FROM wanted WHERE is_whole = 0 ORDER BY enter LIMIT ?",
            Int64(
                life.hubProtocol >= ProtocolRange.sections
                    ? ReplicationLimits.historiesInRequest : ReplicationLimits.historiesInFirstRequest)
        ) { (enter: $0.uint64(0), entity: $0.int64(1), after: $0.uint64(2)) }
        request.wishes = try wished.map {
            ExchangeRequest.HistoryWish(enter: $0.enter, entity: try store.row(number: $0.entity).id, after: $0.after)
        }
    }
}
