/// The changes that an answer passes on as the log holds them: put into columns at once, so that each body is copied
/// and looked through a single time between its row and the frame.
struct PassedOnChanges: Equatable, Sendable {
    private(set) var table = ChangeTableWriter(expecting: 0)

    /// - Parameter body: in the log's row.
    /// - Throws: ``ReplicationError`` of kind `inconsistent` if the body is none; what was appended before is of no use
    ///   then.
    mutating func append(_ change: ChangeHead, body: UnsafeRawBufferPointer) throws {
        guard table.append(change, body: body) else {
            throw ReplicationError(
                .inconsistent, "A change in the log cannot be read.", remedy: "Run `tributary verify`.")
        }
    }

    static func == (left: PassedOnChanges, right: PassedOnChanges) -> Bool { left.bytes == right.bytes }

    private var bytes: [UInt8] {
        var writer = ByteWriter()
        table.write(to: &writer)
        return writer.bytes
    }
}
