import ServiceDesk
import Replication

/// The sample tickets as a program without replication would hold them ready: bytes one after the other, so that the
/// baseline spends nothing on our own text.
struct PlainRows: Sendable {
    /// The texts of a row, in the order of its columns.
    static let texts = 9
    /// The numbers of a row, after the texts.
    static let numbers = 4

    private(set) var bytes: [UInt8] = []
    private(set) var ends: [Int32] = [0]
    private(set) var integers: [Int64] = []

    /// - Parameters:
    ///   - home: the branch that every ticket belongs to.
    ///   - letters: of its ticket numbers.
    init(_ tickets: [SampleTicket], home: String, letters: String) {
        append(tickets, home: home, letters: letters)
    }

    mutating func append(_ tickets: [SampleTicket], home: String, letters: String) {
        for ticket in tickets {
            append(ticket.identifier)
            let entity = EntityID(kind: .ticket, bytes: ticket.identifier)
            append(Array((entity.map { TicketNumber.number(letters: letters, of: $0) } ?? "").utf8))
            for text in [
                home, ticket.subject, ticket.body, ticket.status, ticket.assignee, ticket.customer, ticket.category,
            ] {
                append(Array(text.utf8))
            }
            integers += [ticket.priority, ticket.created, ticket.due, ticket.amount]
        }
    }

    var count: Int { integers.count / Self.numbers }

    /// Bytes of content a row: texts as they are, numbers at eight.
    var bytesInRow: Double { Double(bytes.count + integers.count * 8) / Double(max(1, count)) }

    private mutating func append(_ text: [UInt8]) {
        bytes += text
        ends.append(Int32(bytes.count))
    }
}
