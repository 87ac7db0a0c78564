import Replication
import ServiceDesk
import Standards
import Synchronization

/// A hub and two branches with a standard, tickets in several states and something still to be said.
///
/// Its history is the same in every process, so that an input means the same wherever it is replayed.
final class FuzzProvince {
    let hub: FuzzSite
    let sender: FuzzSite
    let other: FuzzSite
    /// The time in the province, in milliseconds.
    private(set) var now: Int64 = 1_790_000_000_000
    /// Every frame that has travelled: the best beginnings for a fuzzer.
    private(set) var requests: [[UInt8]] = []
    private(set) var answers: [[UInt8]] = []
    private(set) var tickets: [EntityID] = []
    private var identifiers: UInt8 = 0

    private static let shared = Mutex<FuzzProvince?>(nil)

    /// Lends the province, which is made once, to one input at a time.
    static func use<T: Sendable>(_ body: @Sendable (FuzzProvince) throws -> T) throws -> T {
        try shared.withLock { shared in
            if shared == nil { shared = try FuzzProvince() }
            guard let province = shared else { throw BrokenProperty(description: "there is no province") }
            return try body(province)
        }
    }

    private init() throws {
        hub = try FuzzSite(
            "nx-hub", letters: "NX", isHub: true, origin: 0xA0, epoch: Epoch(number: 1, random: 0xE0))
        sender = try FuzzSite("nx-yinchuan", letters: "YC", isHub: false, origin: 0xB1, epoch: .none)
        other = try FuzzSite("nx-guyuan", letters: "GY", isHub: false, origin: 0xB2, epoch: .none)
        try enrol()
        try publish()
        for site in [sender, other] { try sync(site) }
        try work()
        for site in [sender, other, sender, other] { try sync(site) }
        try leaveWork()
    }

    private func enrol() throws {
        for site in [hub, sender, other] {
            let description = SiteDescription(
                site: site.id, isHub: site === hub, nameZH: "", nameEN: "", divisionCode: "64",
                ticketLetters: site.letters)
            try hub.session { try $0.add(description, actor: "operator", at: now) }
            guard site !== hub else { continue }
            let origin = try site.store.life().origin
            try hub.session { try $0.join(site.id, origin: origin, actor: "operator", at: now) }
        }
    }

    private func publish() throws {
        let document = try ProjectFiles.bytes("Topology/standards/first.json")
        guard let pack = StandardPack.check(document).0 else {
            throw BrokenProperty(description: "the first standard cannot be read")
        }
        _ = try hub.session {
            try hub.desk(at: now).publish(pack, document: document, effective: now, in: &$0)
        }
    }

    private func identifier() -> [UInt8] {
        identifiers += 1
        return (0..<16).map { UInt8(truncatingIfNeeded: Int($0) * 37) ^ identifiers }
    }

    @discardableResult
    func open(at site: FuzzSite, _ subject: String, customer: NewTicket.Customer? = nil) throws -> EntityID {
        now += 1_000
        let home = site === hub ? other : site
        var ticket = NewTicket(type: "complaint", home: home.id, fields: ["subject": .text(subject)])
        ticket.customer = customer
        let (first, second) = (identifier(), identifier())
        let written = try site.session {
            try site.desk(at: now).open(
                ticket, key: nil, identifier: first, customerIdentifier: second, in: &$0)
        }
        tickets.append(written.row.id)
        return written.row.id
    }

    private func act(_ action: TicketAction, on ticket: EntityID, at site: FuzzSite) throws {
        now += 1_000
        _ = try site.session { try site.desk(at: now).act(action, on: ticket.text, shown: nil, key: nil, in: &$0) }
    }

    private func work() throws {
        let asked = try open(at: sender, "账单有误", customer: .init(name: "王", phone: "13800000000"))
        try act(.requestRefund(charge: "charge-1", amount: 3_600, reason: "twice"), on: asked, at: sender)
        let offered = try open(at: sender, "断网")
        try act(.offerTransfer(other.id), on: offered, at: sender)
        try open(at: other, "slow")
        try open(at: hub, "from the hub")
    }

    /// Work that nobody else has heard of: an edit on both sides, a ticket, a note.
    private func leaveWork() throws {
        try act(.assign(["subject": .text("断网 again")]), on: tickets[1], at: sender)
        try act(.assign(["subject": .text("another")]), on: tickets[1], at: other)
        try act(.note(Note(text: "called", visibility: .public)), on: tickets[0], at: sender)
        try open(at: sender, "new")
        try push(other)
        now += 1_000
    }

    private func sync(_ site: FuzzSite) throws {
        for lane in [ExchangeRequest.Lane.hello, .push, .poll, .poll, .poll, .poll] { try exchange(lane, site) }
    }

    private func push(_ site: FuzzSite) throws { try exchange(.push, site) }

    private func exchange(_ lane: ExchangeRequest.Lane, _ site: FuzzSite) throws {
        now += 1
        let request = try prepare(lane, at: site)
        let answer = try hub.session { try $0.take(request, from: site.id, at: now) }
        let filled = try filled(answer, for: request, of: site)
        requests.append(request.encoded)
        answers.append(filled.encoded)
        let read = try ExchangeAnswer(encoded: filled.encoded)
        _ = try site.session { session in
            _ = try session.apply(read, to: request)
            if lane == .hello { _ = try session.measured(error: 0, now: now) }
        }
    }

    func prepare(_ lane: ExchangeRequest.Lane, at site: FuzzSite) throws -> ExchangeRequest {
        let circumstances = Session.Circumstances(now: now, wallClock: now, isMeasured: true, software: "fuzz")
        let number = site.nextNumber(lane)
        return try site.session { try $0.request(lane, number: number, circumstances) }
    }

    func filled(
        _ answer: ExchangeAnswer, for request: ExchangeRequest, of site: FuzzSite
    ) throws -> ExchangeAnswer {
        var answer = answer
        if request.lane == .poll { try hub.store.fill(&answer, for: request, of: site.id) }
        answer.received = now
        answer.sent = now
        return answer
    }
}
