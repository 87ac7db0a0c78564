import ServiceDesk
import Standards

/// Streams a file to nodes: reads pieces, maps records, sends rows in batches, counts what becomes of them.
///
/// It holds one piece and one batch a lane, whatever the file's size; the rows of an event log wait on the disk until
/// they are in order. A rejected row does not stop the rest.
struct ImportPump {
    /// Rows of one request.
    static let batchRowsMax = 200
    /// About how many bytes of values one request may carry.
    static let batchBytesMax = 512 * 1024
    /// A batch goes on beyond these bounds while its rows are of one ticket, up to these.
    static let ticketRowsMax = 500
    static let ticketBytesMax = 6 << 20

    /// Sends a batch to the node of a lane; answers come in the order of the rows.
    typealias Deliver = (_ lane: String, _ rows: [ImportRow]) throws -> [ImportOutcome]

    enum Phase {
        case reading
        case sending
    }

    private struct Batch {
        var rows: [ImportRow] = []
        var bytes = 0
    }

    private let map: ImportMap
    private let lane: (ImportRow) -> String?
    private let deliver: Deliver
    private let onProgress: (Phase, Int) -> Void
    private var parser: RecordParser
    private var mapper: RowMapper?
    private var spool: EventSpool?
    private var batches: [String: Batch] = [:]
    private var sent = 0
    private(set) var tally = ImportTally()

    /// - Parameters:
    ///   - parser: for a file that is not CSV in UTF-8.
    ///   - lane: by which node a row goes; nil rejects it.
    ///   - onProgress: told how many records have been read or sent, after each batch.
    init(
        _ map: ImportMap, parser: RecordParser? = nil, lane: @escaping (ImportRow) -> String?,
        deliver: @escaping Deliver, onProgress: @escaping (Phase, Int) -> Void = { _, _ in }
    ) {
        self.map = map
        self.parser = parser ?? .csv(CSVParser(separator: map.separator))
        self.lane = lane
        self.deliver = deliver
        self.onProgress = onProgress
    }

    /// Carries a whole file.
    ///
    /// - Parameter next: gives the next piece, empty at the end.
    /// - Throws: when the file does not fit the map, or a node cannot be reached; what was sent stays, and the import
    ///   can be repeated.
    mutating func run(_ next: () throws -> [UInt8]) throws {
        if map.events != nil { spool = try EventSpool() }
        while true {
            let piece: [UInt8]
            do {
                piece = try next()
            } catch {
                // Of a plain file, what came before the damage goes in. An event log has lost rows from anywhere, and
                // later ones would shut out those that a whole copy brings.
                for lane in batches.keys.sorted() { try flush(lane) }
                throw error
            }
            for item in piece.isEmpty ? parser.finish() : parser.feed(piece) { try take(item) }
            if piece.isEmpty { break }
        }
        guard mapper != nil || !map.hasHeader else {
            throw Self.unfit("it has no header", "give a file with a header, or say \"header\": false in the map")
        }
        if parser.endsWithinLine, tally.read > 0 {
            tally.warn(ImportWarning(line: nil, column: nil, reason: "ends within a line; it may have been cut off"))
        }
        try sendSorted()
        for lane in batches.keys.sorted() { try flush(lane) }
    }

    private mutating func take(_ item: CSVItem) throws {
        guard let mapper else {
            try takeFirst(item)
            return
        }
        tally.countRead()
        if tally.read.isMultiple(of: Self.batchRowsMax) { onProgress(.reading, tally.read) }
        switch item {
        case .rejected(let rejection):
            tally.reject(rejection)
        case .blank(let line):
            tally.reject(RowRejection(line: line, column: nil, reason: "is a blank line"))
        case .record(let record):
            switch mapper.map(record) {
            case .failure(let rejection): tally.reject(rejection)
            case .success(let row): try place(row, record)
            }
        }
    }

    /// Fits the map to the file's header, or to its numbered columns.
    private mutating func takeFirst(_ item: CSVItem) throws {
        if case .blank = item { return }
        guard case .record(let first) = item else {
            throw Self.unfit("its first line cannot be read", "correct it")
        }
        let (mapper, findings) = RowMapper.make(map, first: first)
        guard let mapper else {
            throw CommandError(
                .usage, "import the file", reason: "it does not fit the map", remedy: "correct the map or the file",
                details: findings.map(\.description))
        }
        self.mapper = mapper
        if !map.hasHeader { try take(item) }
    }

    private mutating func place(_ row: ImportRow, _ record: CSVRecord) throws {
        for warning in row.warnings { tally.warn(warning) }
        guard let spool, let event = row.event else {
            try queue(row)
            return
        }
        try spool.add(record, key: row.key, place: event.version ?? event.time ?? 0)
    }

    /// A ticket's rows all go where its first one says, since the ticket is there.
    private mutating func sendSorted() throws {
        guard let spool, let mapper else { return }
        var last: ImportRow?
        try spool.forEach { record in
            guard case .success(var row) = mapper.map(record) else { return }
            if let last, last.key == row.key { row.home = last.home }
            last = row
            try queue(row)
        }
    }

    private mutating func queue(_ row: ImportRow) throws {
        guard let lane = lane(row) else {
            tally.reject(
                RowRejection(line: row.line, column: map.home.column?.name, reason: "belongs to no branch there is"))
            return
        }
        let bytes = ImportRequest.bytes(of: row)
        guard bytes <= Self.ticketBytesMax else {
            let reason = "takes more than \(Self.ticketBytesMax) bytes to send"
            tally.reject(RowRejection(line: row.line, column: nil, reason: reason))
            return
        }
        if let batch = batches[lane], Self.isFull(batch, before: row, bytes) { try flush(lane) }
        batches[lane, default: Batch()].rows.append(row)
        batches[lane, default: Batch()].bytes += bytes
    }

    private static func isFull(_ batch: Batch, before row: ImportRow, _ bytes: Int) -> Bool {
        let isSameTicket = row.event != nil && batch.rows.last?.key == row.key
        let (rowsMax, bytesMax) = isSameTicket ? (ticketRowsMax, ticketBytesMax) : (batchRowsMax, batchBytesMax)
        return batch.rows.count >= rowsMax || batch.bytes + bytes > bytesMax
    }

    private mutating func flush(_ lane: String) throws {
        guard let batch = batches.removeValue(forKey: lane), !batch.rows.isEmpty else { return }
        for (row, outcome) in zip(batch.rows, try deliver(lane, batch.rows)) {
            tally.count(outcome, line: row.line, column: outcome.field.map(map.column))
        }
        sent += batch.rows.count
        onProgress(.sending, sent)
    }

    private static func unfit(_ reason: String, _ remedy: String) -> CommandError {
        CommandError(.usage, "import the file", reason: reason, remedy: remedy)
    }
}
