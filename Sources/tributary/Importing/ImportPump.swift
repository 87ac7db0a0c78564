import ServiceDesk
import Standards

/// Streams a CSV file to nodes: reads pieces, maps records, sends rows in batches, counts what becomes of them.
///
/// It holds one piece and one batch a lane, whatever the file's size. A rejected row does not stop the rest.
struct ImportPump {
    /// Rows of one request.
    static let batchRowsMax = 200
    /// About how many bytes of values one request may carry.
    static let batchBytesMax = 512 * 1024

    /// Sends a batch to the node of a lane; answers come in the order of the rows.
    typealias Deliver = (_ lane: String, _ rows: [ImportRow]) throws -> [ImportOutcome]

    private struct Batch {
        var rows: [ImportRow] = []
        var bytes = 0
    }

    private let map: ImportMap
    private let lane: (ImportRow) -> String?
    private let deliver: Deliver
    private let onProgress: (Int) -> Void
    private var mapper: RowMapper?
    private var batches: [String: Batch] = [:]
    private(set) var tally = ImportTally()

    /// - Parameters:
    ///   - lane: by which node a row goes; nil rejects it.
    ///   - onProgress: told how many records have been read, after each batch.
    init(
        _ map: ImportMap, lane: @escaping (ImportRow) -> String?, deliver: @escaping Deliver,
        onProgress: @escaping (Int) -> Void = { _ in }
    ) {
        self.map = map
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
        var parser = CSVParser(separator: map.separator)
        while true {
            let piece = try next()
            for item in piece.isEmpty ? parser.finish() : parser.feed(piece) { try take(item) }
            if piece.isEmpty { break }
        }
        guard mapper != nil || !map.hasHeader else {
            throw Self.unfit("it has no header", "give a file with a header, or say \"header\": false in the map")
        }
        for lane in batches.keys.sorted() { try flush(lane) }
    }

    private mutating func take(_ item: CSVItem) throws {
        guard let mapper else {
            try takeFirst(item)
            return
        }
        tally.countRead()
        switch item {
        case .rejected(let rejection):
            tally.reject(rejection)
        case .record(let record):
            switch mapper.map(record) {
            case .failure(let rejection): tally.reject(rejection)
            case .success(let row): try queue(row)
            }
        }
    }

    /// Fits the map to the file's header, or to its numbered columns.
    private mutating func takeFirst(_ item: CSVItem) throws {
        var header: CSVRecord?
        if map.hasHeader {
            guard case .record(let record) = item else {
                throw Self.unfit("its header cannot be read", "correct its first line")
            }
            header = record
        }
        let (mapper, findings) = RowMapper.make(map, header: header)
        guard let mapper else {
            throw CommandError(
                .usage, "import the file", reason: "it does not fit the map", remedy: "correct the map or the file",
                details: findings.map(\.description))
        }
        self.mapper = mapper
        if !map.hasHeader { try take(item) }
    }

    private mutating func queue(_ row: ImportRow) throws {
        guard let lane = lane(row) else {
            tally.reject(
                RowRejection(line: row.line, column: map.home.column?.name, reason: "belongs to no branch there is"))
            return
        }
        let bytes = Self.bytes(row)
        if let batch = batches[lane], batch.bytes + bytes > Self.batchBytesMax { try flush(lane) }
        batches[lane, default: Batch()].rows.append(row)
        batches[lane, default: Batch()].bytes += bytes
        if batches[lane]?.rows.count == Self.batchRowsMax { try flush(lane) }
    }

    private mutating func flush(_ lane: String) throws {
        guard let batch = batches.removeValue(forKey: lane), !batch.rows.isEmpty else { return }
        for (row, outcome) in zip(batch.rows, try deliver(lane, batch.rows)) { tally.count(outcome, line: row.line) }
        onProgress(tally.read)
    }

    private static func bytes(_ row: ImportRow) -> Int {
        row.fields.reduce(64 + row.key.utf8.count) { sum, field in
            sum + field.key.utf8.count + 8 + (field.value.textValue?.utf8.count ?? 8)
        }
    }

    private static func unfit(_ reason: String, _ remedy: String) -> CommandError {
        CommandError(.usage, "import the file", reason: reason, remedy: remedy)
    }
}
