import ServiceDesk

@testable import Replication

/// The first byte chooses what the rest is taken for; a second one what is put right in it before a site takes it.
enum WireEntry {
    /// What an input is taken for, in the order of the first byte's values.
    enum Form: UInt8, CaseIterable {
        /// Frames as they come, checksum and all.
        case requestFrame, answerFrame
        /// Bodies, for which a right frame is made.
        case requestBody, answerBody
        case table
        case atHub, atBranch
    }

    static func run(_ bytes: [UInt8]) throws {
        var input = FuzzInput(bytes)
        switch input.choice(of: Form.allCases) {
        case .requestFrame: try checkRequest(input.remaining)
        case .answerFrame: try checkAnswer(input.remaining)
        case .requestBody: try checkRequest(frame(.request, input.remaining))
        case .answerBody: try checkAnswer(frame(.answer, input.remaining))
        case .table: try checkTable(input.remaining)
        case .atHub:
            let repairs = HubEntry.Repairs(rawValue: input.byte())
            try HubEntry.run(input.remaining, repairs)
        case .atBranch:
            let repairs = BranchEntry.Repairs(rawValue: input.byte())
            try BranchEntry.run(input.remaining, repairs)
        }
    }

    static func frame(_ type: Frame.FrameType, _ body: [UInt8]) -> [UInt8] {
        var writer = ByteWriter(reserving: body.count)
        writer.raw(body)
        return Frame.seal(type, writer)
    }

    /// What is refused is refused with an error of ours, which a shell shows to people and to the peer: nil then.
    static func refused<Message>(_ body: () throws -> Message) throws -> Message? {
        do {
            return try body()
        } catch is ReplicationError {
            return nil
        } catch is DeskError {
            return nil
        }
    }

    private static func checkRequest(_ frame: [UInt8]) throws {
        guard let request = try refused({ try ExchangeRequest(encoded: frame) }) else { return }
        try check(request)
    }

    static func check(_ request: ExchangeRequest) throws {
        let again = try ExchangeRequest(encoded: request.encoded)
        try BrokenProperty.check(again == request, "a request encoded again is another")
    }

    private static func checkAnswer(_ frame: [UInt8]) throws {
        guard let answer = try refused({ try ExchangeAnswer(encoded: frame) }) else { return }
        try check(answer)
    }

    static func check(_ answer: ExchangeAnswer) throws {
        let encoded = answer.encoded
        let again = try ExchangeAnswer(encoded: encoded)
        // By their bytes: what the hub passes on unread is the same change as one that was read.
        try BrokenProperty.check(again.encoded == encoded, "an answer encoded again is another")
    }

    private static func checkTable(_ content: [UInt8]) throws {
        var reader = ByteReader(content)
        guard let changes = try refused({ try ChangeTable.read(from: &reader) }) else { return }
        var writer = ByteWriter()
        ChangeTable.write(changes, to: &writer)
        var second = ByteReader(writer.bytes)
        let again = try ChangeTable.read(from: &second)
        try second.expectEnd()
        try BrokenProperty.check(again == changes, "a table written again is another")
        for change in changes {
            let stored = try Change(
                origin: change.origin, sequence: change.sequence, stamp: change.stamp, entity: change.entity,
                storedBody: change.storedBody)
            try BrokenProperty.check(stored == change, "a change read from the log is another")
        }
    }
}
