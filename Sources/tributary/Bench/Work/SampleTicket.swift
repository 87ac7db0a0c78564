import Replication
import ServiceDesk
import Simulator

/// One of the tickets that the bench works with: twelve columns with about 240 bytes of text, the same every time.
struct SampleTicket: Sendable {
    /// 48 bits of milliseconds and 80 random ones, as the desk draws identifiers.
    let identifier: [UInt8]
    let subject: String
    let body: String
    let status: String
    let priority: Int64
    let assignee: String
    let customer: String
    let category: String
    let created: Int64
    let due: Int64
    let amount: Int64

    private static let words = [
        "line", "fault", "modem", "router", "bill", "dispute", "dial", "tone", "port", "request", "noise", "outage",
        "fibre", "splice", "cabinet", "refund", "credit", "visit", "survey", "address",
    ]
    /// 9 October 2025, in milliseconds.
    private static let firstDay: Int64 = 1_760_000_000_000
    private static let stepMilliseconds: Int64 = 37
    private static let dayMilliseconds: Int64 = 86_400_000

    /// - Parameter seed: other tickets for another seed, so that two sites do not write the same ones.
    static func tickets(_ count: Int, seed: UInt64 = 7) -> [SampleTicket] {
        var random = SplitMix64(seed: seed)
        return (0..<count).map { SampleTicket(number: Int64($0), &random) }
    }

    private init(number: Int64, _ random: inout SplitMix64) {
        created = Self.firstDay + number * Self.stepMilliseconds
        due = created + Self.dayMilliseconds
        let (high, low) = (random.next(), random.next())
        let head = UInt64(created) << 16 | high & 0xFFFF
        identifier = EntityID(kind: .ticket, high: head, low: low).bytes
        subject = Self.text(5, &random)
        body = Self.text(18, &random)
        status = random.pick(["new", "open", "waiting", "solved"])
        priority = Int64(random.next() % 5)
        assignee = "agent" + Self.digits(random.next() % 900, 4)
        customer = "C" + Self.digits(random.next() % 1_000_000_000, 9)
        category = random.pick(SampleStandard.categories)
        amount = Int64(random.next() % 500_000)
    }

    /// What a clerk fills in.
    func form(home: SiteID) -> NewTicket {
        var ticket = NewTicket(
            type: SampleStandard.type, home: home,
            fields: [
                "subject": .text(subject), "description": .text(body), "status": .text(status),
                "priority": .integer(priority), "assignee": .text(assignee), "customer": .text(customer),
                "openedAt": .integer(created), "dueAt": .integer(due), "amount": .integer(amount),
            ])
        ticket.category = category
        return ticket
    }

    private static func text(_ count: Int, _ random: inout SplitMix64) -> String {
        (0..<count).map { _ in random.pick(words) }.joined(separator: " ")
    }

    private static func digits(_ number: UInt64, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}
