@testable import Replication

/// A province with a standby under a seeded scheduler. Branches write, hear now and then, and ask for refunds; the
/// standby hears now and then; at some moment it is promoted while the old hub goes on, and the branches change over
/// one after the other.
struct RandomPromotion {
    struct Asked {
        let ticket: EntityID
        let request: ChangeReference
        let key: String
    }

    private static let hubKey = Array("a hub key of thirty-two bytes....".utf8)
    private static let keys = ["a", "b", "c", "d"]

    let seed: UInt64
    let province: TestProvince
    let standby: TestSite
    let old: TestSite
    private var random: SplitMix64
    private(set) var notes: [EntityID: UInt64] = [:]
    private(set) var asked: [Asked] = []
    private var entities: [EntityID] = []
    private var writers: [TestSite]

    init(seed: UInt64) throws {
        self.seed = seed
        random = SplitMix64(seed: seed)
        province = try TestProvince(branches: 3, hubKey: Self.hubKey)
        writers = province.branches
        standby = try province.enrolStandby()
        old = province.hub
        try province.converge()
    }

    mutating func run(steps: Int) throws {
        for _ in 0..<steps { try step(followers: writers + [standby]) }
        try province.promote(standby)
        let promoted = province.hub
        var followers = writers
        // Who has changed over never hears the old hub again.
        while !followers.isEmpty {
            province.succeedHub(with: old, made: standby)
            for _ in 0..<random.below(steps / 3) { try step(followers: followers) }
            province.succeedHub(with: promoted, made: standby)
            let next = followers.remove(at: random.below(followers.count))
            try province.recover(next)
        }
        try province.recoverAll()
        for item in asked { decide(item) }
        try province.converge()
    }

    private mutating func step(followers: [TestSite]) throws {
        province.now += Int64(random.below(1_500))
        switch random.below(100) {
        case ..<45: try write(at: random.pick(writers))
        case ..<60: try province.sync(random.pick(followers))
        case ..<85: try exchange(random.pick(followers))
        default: if !asked.isEmpty { decide(random.pick(asked)) }
        }
    }

    private mutating func exchange(_ site: TestSite) throws {
        if !site.isMeasured { try province.exchange(.hello, site) }
        let hasUnsent = try site.life().backlog > 0
        try province.exchange(hasUnsent && random.chance(50) ? .push : .poll, site)
    }

    private mutating func write(at site: TestSite) throws {
        if entities.isEmpty || random.chance(20) {
            let others = writers.filter { $0.id != site.id && random.chance(40) }
            entities.append(try province.ticket(at: site, sharedWith: others))
            return
        }
        let entity = random.pick(entities)
        guard let row = try site.store.row(entity), row.state.exists, !row.isWithdrawn else { return }
        switch random.below(10) {
        case ..<6:
            notes[entity, default: 0] += 1
            try province.write(TestProvince.note("n"), on: entity, at: site)
        case ..<8:
            let key = random.pick(Self.keys)
            let edit = Edit.request(OnceRequest(purpose: "refund", key: key, amount: 1))
            let request = try province.write(edit, on: entity, at: site).change.reference
            asked.append(Asked(ticket: entity, request: request, key: key))
        default: try province.write(TestProvince.home(random.pick(writers)), on: entity, at: site)
        }
    }

    /// A supervisor at the hub that reigns just now; what it does not know or may not decide it refuses.
    private func decide(_ item: Asked) {
        _ = try? province.hub.session {
            try $0.decide(item.request, .granted, reason: "", actor: "one", hubKey: Self.hubKey, at: province.now)
        }
    }

    /// The requests that a hub has granted.
    func granted(at hub: TestSite) throws -> [Asked] {
        try asked.filter {
            try hub.store.row($0.ticket)?.state.answer(to: $0.request)?.outcome == .granted
        }
    }
}
