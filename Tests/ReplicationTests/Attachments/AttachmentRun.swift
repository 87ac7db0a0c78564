import Testing

@testable import Replication

/// A province under a seeded scheduler in which files are attached, tickets move, requests and answers of the lane are
/// lost, repeated and damaged, and processes end at any moment.
struct AttachmentRun {
    let province: TestProvince
    let seed: UInt64
    private(set) var attached: [(file: TestFile, ticket: EntityID)] = []
    private(set) var damaged = 0
    private(set) var rotted = 0
    private var random: SplitMix64
    private var tickets: [EntityID] = []

    init(seed: UInt64, branches: Int) throws {
        self.seed = seed
        province = try TestProvince(branches: branches)
        random = SplitMix64(seed: seed)
        for site in province.branches { try province.sync(site) }
    }

    mutating func run(steps: Int) throws {
        for _ in 0..<steps {
            province.now += Int64(random.below(900))
            let site = random.pick(province.branches)
            switch random.below(100) {
            case ..<12: try work(at: site)
            case ..<20: try move(at: site)
            case ..<30: try ask(at: site)
            case ..<40: _ = try province.exchange(.push, site)
            case ..<55: _ = try province.exchange(.poll, site)
            case ..<96: try exchangeFiles(site)
            case ..<98: try rotAtHub()
            default:
                try site.restart()
                try province.exchange(.hello, site)
            }
        }
    }

    /// A new ticket, or a file on one that the site holds; now and then a content that is somewhere already.
    private mutating func work(at site: TestSite) throws {
        let held = try tickets.filter { try site.store.row($0).map { $0.state.exists && !$0.isWithdrawn } ?? false }
        guard let ticket = held.isEmpty || random.chance(25) ? nil : random.pick(held) else {
            let others = province.branches.filter { $0.id != site.id && random.chance(40) }
            tickets.append(try province.ticket(at: site, sharedWith: others))
            return
        }
        let size = random.pick([1, 700, 65_536, 65_537, 200_000, AttachmentLimits.bytesFetchedUnasked + 5])
        let file = TestFile(bytes: size, tag: UInt8(random.below(3)))
        guard try province.held(file, of: ticket, at: site) == nil else { return }
        try province.attach(file, to: ticket, at: site)
        attached.append((file, ticket))
    }

    private mutating func move(at site: TestSite) throws {
        guard let ticket = tickets.isEmpty ? nil : random.pick(tickets) else { return }
        guard let row = try site.store.row(ticket), row.state.exists, !row.isWithdrawn else { return }
        let other = random.pick(province.branches)
        let edit: Edit =
            switch random.below(3) {
            case 0: TestProvince.home(other)
            case 1: .add(TestDomain.collaborators, .text(other.id.text))
            default: .remove(TestDomain.collaborators, .text(other.id.text))
            }
        try province.write(edit, on: ticket, at: site)
    }

    private mutating func ask(at site: TestSite) throws {
        guard let item = attached.isEmpty ? nil : random.pick(attached) else { return }
        guard let row = try site.store.row(item.ticket), !row.isWithdrawn else { return }
        _ = try province.demand(item.file, of: item.ticket, at: site)
    }

    /// The hub's disk changes a byte of a file that a site holds too, and the hub's round comes to it before long: what
    /// rots in all places at once is lost.
    private mutating func rotAtHub() throws {
        let place = try province.hub.database.first(
            """
            SELECT content * 1024 FROM attachment JOIN content ON content.number = attachment.content
            WHERE is_whole = 1 AND EXISTS (SELECT 1 FROM attachment_holder WHERE attachment = attachment.number)
            ORDER BY attachment.number LIMIT 1 OFFSET ?
            """, Int64(random.below(4))
        ) { $0.int64(0) }
        guard let place else { return }
        try province.hub.database.run(
            "UPDATE chunk SET bytes = x'5a' || substr(bytes, 2) WHERE place = ?", place)
        rotted += try province.hub.session { try $0.take($0.store.nextContents(), at: province.now) }
    }

    private mutating func exchangeFiles(_ site: TestSite) throws {
        let message = try province.prepare(.attachments, at: site)
        guard !message.request.isEmpty else { return }
        if random.chance(10) { return }
        var request = message.request
        if let parts = request.attachments?.parts { request.attachments?.parts = spoil(parts) }
        var answer = try ExchangeAnswer(encoded: try province.deliver(request.encoded, from: site))
        if random.chance(10) { _ = try province.deliver(message.bytes, from: site) }
        if random.chance(10) { return }
        if let parts = answer.attachments?.parts { answer.attachments?.parts = spoil(parts) }
        try province.apply(answer.encoded, to: message, at: site)
    }

    /// Some chunks truncated, swapped, flipped, left out, or replaced by sound ones of another content.
    private mutating func spoil(_ parts: [AttachmentPart]) -> [AttachmentPart] {
        guard random.chance(30) else { return parts }
        return parts.compactMap { part in
            guard random.chance(50) else { return part }
            damaged += 1
            var bytes = part.bytes
            switch random.below(5) {
            case 0: bytes.removeLast()
            case 1: bytes[random.below(bytes.count)] ^= 0x10
            case 2: return AttachmentPart(name: part.name, number: part.number, bytes: bytes.map { ~$0 })
            case 3: return nil
            default:
                return AttachmentPart(
                    name: part.name, number: part.number ^ 1, bytes: bytes, checksum: part.checksum)
            }
            return AttachmentPart(name: part.name, number: part.number, bytes: bytes, checksum: part.checksum)
        }
    }
}
