@testable import Replication

/// A shell around the branch's machine that carries effects out in any order, and keeps watch over what it is asked.
struct BranchDriver {
    private enum Place { case idle, preparing, sent, answered }

    private var machine = BranchExchange(start: 1, spread: 7)
    private var places: [ExchangeRequest.Lane: Place] = [:]
    private var numbers: [ExchangeRequest.Lane: ExchangeRequest.Number] = [:]
    private var timer: Int64?
    private var now: Int64 = 0
    private var unsent = 0
    /// Chunks of files that are to go or to come, and whether the hub has them to give or takes them.
    private var files = 0
    private var areFilesStuck = false
    private(set) var problems: [String] = []

    init() { carryOut(machine.handle(.started, at: 0)) }

    private let lanes: [ExchangeRequest.Lane] = [.hello, .poll, .push, .attachments]

    mutating func step(using random: inout SplitMix64) {
        now += Int64(random.below(300))
        let lane = random.pick(lanes)
        switch (random.below(5), places[lane] ?? .idle) {
        case (0, _) where random.chance(70):
            unsent += 1
            handle(.written)
        case (0, _):
            files += 1
            areFilesStuck = random.chance(30)
            handle(.demanded)
        case (1, _): if let timer, timer <= now { fire() }
        case (2, .preparing), (2, .sent), (2, .answered): fail(lane)
        default: advance(lane)
        }
    }

    /// Lets everything go well until nothing moves: what was written must have gone, and a poll must be with the hub.
    mutating func settle() {
        areFilesStuck = false
        for _ in 0..<200 {
            now += 1_000
            if let timer, timer <= now { fire() }
            for lane in lanes where lane != .poll || places[.poll] == .preparing { advance(lane) }
            if places[.poll] == .answered { advance(.poll) }
        }
        if machine.phase != .open { problems.append("ends \(machine.phase)") }
        if files > 0 { problems.append("\(files) chunks never travel") }
        if unsent > 0 { problems.append("\(unsent) changes are never pushed") }
        if places[.poll] != .sent { problems.append("no poll is with the hub") }
    }

    private mutating func handle(_ event: BranchExchange.Event) { carryOut(machine.handle(event, at: now)) }

    private mutating func fire() {
        timer = nil
        handle(.timer)
        if let timer, timer <= now { problems.append("a timer is set in the past") }
    }

    private mutating func fail(_ lane: ExchangeRequest.Lane) {
        places[lane] = .idle
        handle(.failed(lane, isFinal: false))
    }

    private mutating func advance(_ lane: ExchangeRequest.Lane) {
        switch places[lane] ?? .idle {
        case .idle: break
        case .preparing:
            let isEmpty = (lane == .push && unsent == 0) || (lane == .attachments && files == 0)
            places[lane] = isEmpty ? .idle : .preparing
            handle(.prepared(lane, isEmpty: isEmpty))
        case .sent:
            places[lane] = .answered
            handle(.answered(lane))
        case .answered:
            places[lane] = .idle
            if lane == .push { unsent = 0 }
            var applied = Session.Applied()
            if lane == .attachments, files > 0, !areFilesStuck {
                files -= 1
                applied.files = 1
            }
            applied.hasAttachmentWork = files > 0
            handle(.applied(lane, applied, backlog: UInt64(unsent)))
        }
    }

    private mutating func carryOut(_ effects: [BranchExchange.Effect]) {
        for effect in effects {
            switch effect {
            case .prepare(let lane, let number):
                if places[lane] ?? .idle != .idle { problems.append("\(lane) is prepared twice") }
                if let last = numbers[lane], number <= last { problems.append("\(lane) repeats a number") }
                numbers[lane] = number
                if lane == .attachments, places[.push] ?? .idle != .idle {
                    problems.append("files go while changes are on their way")
                }
                places[lane] = .preparing
            case .send(let lane):
                if places[lane] != .preparing { problems.append("\(lane) is sent unprepared") }
                places[lane] = .sent
            case .apply(let lane):
                if places[lane] != .answered { problems.append("\(lane) is applied unanswered") }
            case .setTimer(let time): timer = time
            case .renew: places = [:]
            }
        }
    }
}
