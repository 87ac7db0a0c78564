import Testing

@testable import Replication

/// A province under a seeded scheduler: people write, also what the hub refuses; requests of both lanes are lost,
/// repeated and overtaken, answers are lost after the commit, processes end and start again with wrong clocks, and
/// nothing happens in a fixed order.
struct RandomRun {
    private struct Flight {
        let message: TestProvince.Message
        /// What the hub has answered; nil while the request is under way.
        var answer: [UInt8]?
    }

    let province: TestProvince
    let seed: UInt64
    private var random: SplitMix64
    private var isOpen: [Bool]
    private var flights: [[ExchangeRequest.Lane: Flight]]
    /// Repetitions of requests that the network still holds.
    private var strays: [(branch: Int, bytes: [UInt8])] = []
    private var entities: [EntityID] = []
    private(set) var notes: [EntityID: UInt64] = [:]
    private(set) var calls: [EntityID: Int64] = [:]
    private(set) var writes = 0
    private(set) var refusals = 0

    init(seed: UInt64, branches: Int) throws {
        self.seed = seed
        province = try TestProvince(branches: branches)
        random = SplitMix64(seed: seed)
        isOpen = Array(repeating: false, count: branches)
        flights = Array(repeating: [:], count: branches)
        province.budget = 900
        province.hasAdministrator = true
        for site in province.branches { site.domain = TestDomain.permissive }
    }

    mutating func run(steps: Int) throws {
        for _ in 0..<steps {
            province.now += Int64(random.below(1_500))
            let branch = random.below(province.branches.count)
            switch random.below(100) {
            case ..<30: try write()
            case ..<55: try startLane(branch)
            case ..<90: try move(branch)
            case ..<98: try deliverStray()
            default: try restart(branch)
            }
        }
        flights = flights.map { _ in [:] }
        while !strays.isEmpty { try deliverStray() }
    }

    private mutating func write() throws {
        let site = random.below(10) == 0 ? province.hub : random.pick(province.branches)
        if site.id != province.hub.id && (entities.isEmpty || random.chance(15)) {
            let others = province.branches.filter { $0.id != site.id && random.chance(60) }
            entities.append(try province.ticket(at: site, sharedWith: others))
            writes += 1
            return
        }
        guard !entities.isEmpty else { return }
        let entity = random.pick(entities)
        guard let row = try site.store.row(entity), row.state.exists, !row.isWithdrawn else { return }
        if site.id != province.hub.id && random.chance(8) {
            try province.write(TestProvince.title("forbidden"), on: entity, at: site)
            refusals += 1
        } else {
            try province.write([edit(entity)], on: entity, at: site)
        }
        writes += 1
        try province.checkLog(of: site)
    }

    private mutating func edit(_ entity: EntityID) -> Edit {
        let text = String(random.below(4))
        switch random.below(9) {
        case 0: return TestProvince.title(text)
        case 1: return TestProvince.remark(text)
        case 2, 3:
            notes[entity, default: 0] += 1
            return TestProvince.note(text)
        case 4:
            let count = Int64(random.below(9)) - 3
            calls[entity, default: 0] += count
            return .count(TestDomain.calls, count)
        case 5:
            let steps = [("take", ["new"], "work"), ("close", ["work"], "done"), ("reopen", ["done"], "work")]
            let step = random.pick(steps)
            return .transition(Transition(name: step.0, from: step.1, to: step.2))
        case 6: return .assign(TestDomain.home, .text(random.pick(province.branches).id.text))
        case 7: return .add(TestDomain.collaborators, .text(random.pick(province.branches).id.text))
        default: return .remove(TestDomain.collaborators, .text(random.pick(province.branches).id.text))
        }
    }

    private mutating func startLane(_ branch: Int) throws {
        let lane: ExchangeRequest.Lane = isOpen[branch] ? (random.chance(50) ? .push : .poll) : .hello
        guard flights[branch][lane] == nil else { return }
        let message = try province.prepare(lane, at: province.branches[branch])
        flights[branch][lane] = Flight(message: message)
    }

    private mutating func move(_ branch: Int) throws {
        let lanes: [ExchangeRequest.Lane] = [.hello, .poll, .push].filter { flights[branch][$0] != nil }
        guard !lanes.isEmpty else { return }
        let lane = random.pick(lanes)
        guard let flight = flights[branch][lane] else { return }
        if random.chance(12) {
            fail(branch, lane)
        } else if let answer = flight.answer {
            try apply(answer, flight.message, at: branch)
        } else {
            if random.chance(15) { strays.append((branch, flight.message.bytes)) }
            let answer = try deliver(flight.message.bytes, from: branch)
            flights[branch][lane]?.answer = answer
        }
    }

    private mutating func apply(_ answer: [UInt8], _ message: TestProvince.Message, at branch: Int) throws {
        let site = province.branches[branch]
        do {
            try province.apply(answer, to: message, at: site)
            flights[branch][message.lane] = nil
            if message.lane == .hello { isOpen[branch] = true }
        } catch let error as ReplicationError where error.isRecoverable {
            fail(branch, message.lane)
        }
        try province.checkLog(of: site)
    }

    /// As after a broken connection: the lane is free, and the exchange opens anew.
    private mutating func fail(_ branch: Int, _ lane: ExchangeRequest.Lane) {
        flights[branch][lane] = nil
        isOpen[branch] = false
    }

    /// The process ends; what it had sent is still on its way. Somebody may have set the clock meanwhile.
    private mutating func restart(_ branch: Int) throws {
        for flight in [ExchangeRequest.Lane.hello, .poll, .push].compactMap({ flights[branch][$0] }) {
            strays.append((branch, flight.message.bytes))
        }
        flights[branch] = [:]
        isOpen[branch] = false
        let ahead = random.pick([0, 60_000, -3_600_000, 3_600_000, 40_000_000_000] as [Int64])
        try province.branches[branch].restart(ahead: ahead)
    }

    private mutating func deliverStray() throws {
        guard !strays.isEmpty else { return }
        let stray = strays.remove(at: random.below(strays.count))
        _ = try deliver(stray.bytes, from: stray.branch)
    }

    private func deliver(_ bytes: [UInt8], from branch: Int) throws -> [UInt8] {
        let answer = try province.deliver(bytes, from: province.branches[branch])
        try province.checkLog(of: province.hub)
        return answer
    }
}
