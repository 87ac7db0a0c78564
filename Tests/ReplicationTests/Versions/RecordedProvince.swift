import Hashing
import SQLite

@testable import Replication

/// The province whose exchanges are recorded: a hub and three branches that write whatever they are told to, so that
/// the hub has something to refuse. Everything in it is fixed: every run of one version sends the same bytes.
final class RecordedProvince {
    /// What the hub does of its own accord.
    enum Act: String {
        /// Publishes something for everyone.
        case publish
        /// Grants the request for a refund, and refuses the one for a waiver.
        case grant, refuse
    }

    static let branchNames = ["branch-1", "branch-2", "branch-3"]
    /// Shared by the first two branches, then by all.
    static let shared = entity(1)
    /// Shared by all, until it leaves the second branch, to which it comes back.
    static let leaving = entity(2)
    static let asking = entity(3)
    static let waived = entity(4)
    static let published = EntityID(kind: TestDomain.standard, high: 0x5EED, low: 9)

    let province: TestProvince
    private(set) var recording = Recording()

    init() throws {
        province = try TestProvince(branches: 0)
        for (index, name) in Self.branchNames.enumerated() {
            try province.enrol(name, origin: OriginID(raw: 0xB1 + UInt64(index)), domain: TestDomain.permissive)
        }
    }

    static func entity(_ number: UInt64) -> EntityID {
        EntityID(kind: TestDomain.ticket, high: number &* 0x9E37_79B9_7F4A_7C15, low: number)
    }

    func site(_ id: SiteID) throws -> TestSite {
        guard let site = province.branches.first(where: { $0.id == id }) else {
            throw ReplicationError(.notFound, "No branch is called \(id).", remedy: "")
        }
        return site
    }

    /// Lets the hub do something, at the province's present time.
    func perform(_ act: Act) throws {
        let province = province
        switch act {
        case .publish:
            let edits: [Edit] = [.create(Creation(label: "2026-1")), .assign(TestDomain.title, .text("标准"))]
            let draft = Draft(entity: Self.published, edits: edits, actor: "owner")
            _ = try province.hub.session { try $0.write(draft, at: province.now) }
        case .grant, .refuse:
            let ticket = act == .grant ? Self.asking : Self.waived
            guard let request = try province.state(ticket, at: province.hub).requests.first?.by else {
                throw ReplicationError(.notFound, "The hub holds no request to decide.", remedy: "")
            }
            _ = try province.hub.session {
                try $0.decide(
                    request, act == .grant ? .granted : .refused, reason: "因为", actor: "supervisor",
                    hubKey: Array("the hub's own key".utf8), at: province.now)
            }
        }
    }

    /// What a site holds at the end, a line for each thing: chains, and the sum of every entity that branches write.
    /// At the hub only what branches wrote is added up, since it may write for itself what an earlier one did not.
    func held(by site: TestSite) throws -> [String] {
        let life = try site.life()
        var lines: [String] = []
        if life.isHub {
            for branch in province.branches {
                let tip = try site.store.tip(of: try branch.life().origin)
                lines.append("hub holds \(tip.number) of \(branch.id) \(Self.text(tip.digest))")
            }
        } else {
            lines.append("\(site.id) wrote \(life.chain.number) \(Self.text(life.chain.digest))")
            lines.append("\(site.id) was answered for \(life.acknowledged.number)")
            lines.append("\(site.id) read up to \(life.cursor.chain.number) \(Self.text(life.cursor.chain.digest))")
        }
        let numbers = try site.database.all("SELECT number FROM entity WHERE kind >= 16 ORDER BY kind, id") {
            $0.int64(0)
        }
        for number in numbers {
            let row = try site.store.row(number: number)
            var sum = row.sum
            if life.isHub {
                sum = try site.store.entries(of: number)
                    .filter { $0.isAdmitted && $0.change.origin != life.origin }
                    .reduce(Digest128.zero) { $0 &+ $1.hash }
            }
            let view = row.isWithdrawn ? "hides" : "shows"
            lines.append("\(site.id) \(view) \(row.id.kind.rawValue) \(row.id.text) \(Self.text(sum))")
        }
        return lines
    }

    private static func text(_ digest: Digest128) -> String {
        OriginID(raw: digest.high).description + OriginID(raw: digest.low).description
    }
}

/// The run that is recorded.
extension RecordedProvince {
    /// Runs through everything that the protocol can say, and keeps what travelled.
    func record() throws -> Recording {
        let (one, two, three) = (province.branches[0], province.branches[1], province.branches[2])
        for branch in province.branches { try exchange(.hello, branch) }
        try open(one, two, three)
        try settle()
        try act(.publish)
        try work(one, two)
        for branch in province.branches { try exchange(.push, branch) }
        try settle()
        try act(.refuse)
        try act(.grant)
        try settle()
        try settleConflict(at: two)
        try province.write(TestProvince.title("forbidden"), on: Self.leaving, at: one)
        try settle()
        try move(one, two, three)
        try repeatPush(at: three)
        try settle()
        for site in [province.hub] + province.branches { recording.held += try held(by: site) }
        return recording
    }

    private func open(_ one: TestSite, _ two: TestSite, _ three: TestSite) throws {
        func ticket(_ entity: EntityID, of site: TestSite, with others: [TestSite]) throws {
            let label = "T-" + entity.spelling(8)
            var edits: [Edit] = [
                .create(Creation(state: "new", label: label)), TestProvince.home(site),
                TestProvince.title("宽带中断"), .assign(TestDomain.calls, .integer(-7)),
            ]
            edits += others.map { .add(TestDomain.collaborators, .text($0.id.text)) }
            try province.write(
                edits, on: entity, at: site,
                key: IdempotencyKey(client: "desk", key: label, content: Array(label.utf8)))
        }
        try ticket(Self.shared, of: one, with: [two])
        try ticket(Self.leaving, of: one, with: [two, three])
        try ticket(Self.asking, of: three, with: [])
        try ticket(Self.waived, of: three, with: [])
    }

    /// One-field edits and one edit of every other kind, at two sites that have not heard of each other's.
    private func work(_ one: TestSite, _ two: TestSite) throws {
        let shared = Self.shared
        try province.write(TestProvince.title("光缆中断"), on: shared, at: one)
        try province.write(.assign(TestDomain.remark, .bool(true)), on: shared, at: one)
        try province.write(.assign(TestDomain.remark, .bytes([0, 255])), on: shared, at: one)
        try province.write(.assign(TestDomain.remark, .null), on: shared, at: one)
        try province.write(
            [.transition(Transition(name: "派单", from: ["new", "open"], to: "sent")), TestProvince.note("已派")],
            on: shared, at: one)
        try province.write(
            [.grant(Grant(person: "wang", role: "clerk")), .grant(Grant(person: "li", role: "lead"))], on: shared,
            at: one)
        try province.write(.revoke(Grant(person: "li", role: "lead")), on: shared, at: one)
        try province.write(.count(TestDomain.calls, -3), on: shared, at: one)
        try province.write(
            .attach(Attachment(hash: Array(0..<32), name: "报告.pdf", size: 70_000, mediaType: "application/pdf")),
            on: shared, at: one)
        try province.write(.vote(Vote(round: 1, department: "finance", choice: .approve)), on: shared, at: one)

        try province.write(TestProvince.title("fibre cut"), on: shared, at: two)
        try province.write(
            .vote(Vote(round: 1, department: "network", choice: .veto, reason: "费用")), on: shared, at: two)
        try province.write(.note(Note(text: "客户来电", visibility: .public)), on: shared, at: two)
        try province.write(
            .transition(Transition(name: "close", from: ["new"], to: "closed")), on: shared, at: two)

        let three = province.branches[2]
        for (ticket, purpose) in [(Self.asking, "refund"), (Self.waived, "waiver")] {
            let request = OnceRequest(purpose: purpose, key: "charge 4711", amount: 5_000, reason: "double charge")
            try province.write(.request(request), on: ticket, at: three)
        }
    }

    private func settleConflict(at site: TestSite) throws {
        guard let conflict = try province.state(Self.shared, at: site).conflicts.first else {
            throw ReplicationError(.notFound, "The recorded run has made no conflict.", remedy: "")
        }
        try province.write(.settle(Settlement(losing: conflict.losing)), on: Self.shared, at: site)
    }

    /// A ticket comes to a third site, and another leaves the second with something of it still queued, and comes back.
    private func move(_ one: TestSite, _ two: TestSite, _ three: TestSite) throws {
        try province.write(
            .add(TestDomain.collaborators, .text(three.id.text)), on: Self.shared, at: one)
        try settle()
        try province.write(TestProvince.note("queued for two and three"), on: Self.leaving, at: one)
        try exchange(.push, one)
        try province.write(.remove(TestDomain.collaborators, .text(two.id.text)), on: Self.leaving, at: one)
        try exchange(.push, one)
        try settle()
        try province.write(TestProvince.remark("while it was away"), on: Self.leaving, at: one)
        try settle()
        try province.write(.add(TestDomain.collaborators, .text(two.id.text)), on: Self.leaving, at: one)
        try settle()
    }

    /// A copy of an earlier request comes late; the hub refuses it.
    private func repeatPush(at site: TestSite) throws {
        try province.write(TestProvince.remark("once more"), on: Self.shared, at: site)
        let message = try exchange(.push, site)
        keep(message, of: site, answer: try province.deliver(message.bytes, from: site))
    }

    private func act(_ act: Act) throws {
        province.now += 1
        try perform(act)
        recording.steps.append(.act(act, time: province.now))
    }

    @discardableResult
    private func exchange(_ lane: ExchangeRequest.Lane, _ site: TestSite) throws -> TestProvince.Message {
        province.now += 1
        let message = try province.prepare(lane, at: site)
        let answer = try province.deliver(message.bytes, from: site)
        keep(message, of: site, answer: answer)
        try province.apply(answer, to: message, at: site)
        return message
    }

    private func keep(_ message: TestProvince.Message, of site: TestSite, answer: [UInt8]) {
        recording.steps.append(
            .exchange(
                .init(
                    site: site.id, lane: message.lane, time: province.now, request: message.bytes, answer: answer)))
    }

    /// Exchanges until no site has anything to send, and a round of polls has brought nothing.
    private func settle() throws {
        for _ in 0..<20 {
            var isQuiet = true
            for site in province.branches {
                if try site.life().backlog > 0 { try exchange(.push, site) }
                let before = try site.life()
                try exchange(.poll, site)
                let open = try site.database.first(
                    "SELECT EXISTS (SELECT 1 FROM wanted) OR EXISTS (SELECT 1 FROM withdrawn)"
                ) { $0.bool(0) }
                let after = try site.life()
                if before.cursor != after.cursor || after.backlog > 0 || open ?? false { isQuiet = false }
            }
            if isQuiet { return }
        }
        throw ReplicationError(.inconsistent, "The recorded province does not come to rest.", remedy: "")
    }
}
