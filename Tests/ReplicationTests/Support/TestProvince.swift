import Foundation
import SQLite

@testable import Replication

/// A hub and its branches in one process. A message is bytes; the steps of an exchange are taken one by one, so that a
/// test may drop, repeat, delay and damage what travels.
final class TestProvince {
    /// A request on its way.
    struct Message {
        let request: ExchangeRequest
        let bytes: [UInt8]

        var lane: ExchangeRequest.Lane { request.lane }
    }

    /// What may happen to one exchange.
    enum Fault: CaseIterable {
        case requestLost
        case answerLost
        /// Both the request and its answer arrive twice.
        case repeated
    }

    static let epoch = Epoch(number: 1, random: 0xE0)

    let folder: String
    private(set) var hub: TestSite
    var branches: [TestSite] = []
    /// The time in the province, in milliseconds.
    var now: Int64 = 1_790_000_000_000
    /// Bytes of changes in a batch and in an answer.
    var budget = ReplicationLimits.bytesInBatch
    /// Whether somebody at the hub sees at once that its clock is right, whatever those of its branches show.
    var hasAdministrator = false
    /// Every answer that has left the hub.
    private(set) var answers: [(site: SiteID, bytes: [UInt8])] = []
    /// Which exchange goes wrong, counted from 1, and how.
    var fault: (exchange: Int, kind: Fault)?
    var exchanges = 0
    private var entities: UInt64 = 0
    private var drawn: UInt64 = 0

    let hubKey: [UInt8]

    init(branches count: Int, domain: any Domain = TestDomain(), hubKey: [UInt8] = []) throws {
        self.hubKey = hubKey
        folder = NSTemporaryDirectory() + "replication-tests-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        hub = try TestSite(SiteID("hub"), in: folder, domain: domain)
        hub.sealKey = hubKey
        try hub.found(isHub: true, origin: OriginID(raw: 0xA0), epoch: Self.epoch)
        try hub.begin()
        try addToDirectory(hub.id, isHub: true)
        for number in 0..<count {
            try enrol("branch-\(number + 1)", origin: OriginID(raw: 0xB1 + UInt64(number)), domain: domain)
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func addToDirectory(
        _ site: SiteID, isHub: Bool = false, isStandby: Bool = false, nameEN: String = ""
    ) throws {
        let description = SiteDescription(
            site: site, isHub: isHub, isStandby: isStandby, nameZH: "", nameEN: nameEN, divisionCode: "64",
            ticketLetters: "T")
        try hub.session { try $0.add(description, actor: "operator", at: now) }
    }

    /// Adds a site to the directory and joins it with a new database.
    @discardableResult
    func enrol(
        _ name: String, origin: OriginID, domain: any Domain = TestDomain(), isStandby: Bool = false
    ) throws -> TestSite {
        try addToDirectory(SiteID(name), isStandby: isStandby)
        let site = try newDatabase(of: name, origin: origin, domain: domain, isStandby: isStandby)
        try hub.session { try $0.join(site.id, origin: origin, actor: "operator", at: now) }
        branches.append(site)
        return site
    }

    /// A new machine, with a new database and a new origin, takes the place of a branch's.
    func replace(_ site: TestSite, origin: OriginID) throws -> TestSite {
        let fresh = try newDatabase(of: site.id.text, origin: origin, in: "/\(origin)")
        try hub.session { try $0.join(site.id, origin: origin, actor: "operator", at: now) }
        branches = branches.map { $0.id == site.id ? fresh : $0 }
        return fresh
    }

    func newDatabase(
        of name: String, origin: OriginID, in subfolder: String = "", domain: any Domain = TestDomain(),
        isHub: Bool = false, isStandby: Bool = false
    ) throws -> TestSite {
        let place = folder + subfolder
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        let site = try TestSite(SiteID(name), in: place, domain: domain)
        if isHub { site.sealKey = hubKey }
        try site.found(isHub: isHub, isStandby: isStandby, origin: origin, epoch: .none)
        try site.begin()
        return site
    }

    /// The hub's disk is lost; another machine has the hub key and nothing else.
    func rebuildHub() throws {
        let origin = drawOrigin()
        let fresh = try newDatabase(of: hub.id.text, origin: origin, in: "/\(origin)", isHub: true)
        hub = fresh
        try beginEpoch()
    }

    /// Another machine answers as the hub from now on.
    func answer(as other: TestSite) { hub = other }

    /// Another database is the hub now, and its machine no site of its own any more.
    func succeedHub(with site: TestSite, made of: TestSite) {
        hub = site
        branches.removeAll { $0.id == of.id }
    }

    /// The operator's act after the hub was put back or built anew.
    func beginEpoch() throws {
        let (origin, random) = (drawOrigin(), drawOrigin().raw)
        try hub.session {
            try $0.beginEpoch(
                atLeast: 0, random: random, origin: origin, because: "An operator has restored it", actor: "operator",
                at: now)
        }
    }

    /// What a shell draws.
    func drawOrigin() -> OriginID {
        drawn += 1
        return OriginID(raw: 0xD000 + drawn)
    }

    func newTicket() -> EntityID {
        entities += 1
        return EntityID(kind: TestDomain.ticket, high: entities &* 0x9E37_79B9_7F4A_7C15, low: entities)
    }

    func prepare(_ lane: ExchangeRequest.Lane, at site: TestSite) throws -> Message {
        let number = site.nextNumber(lane)
        var circumstances = Session.Circumstances(
            now: site.time(at: now), wallClock: now + site.ahead, isMeasured: site.isMeasured, software: "test",
            batchBytes: budget)
        circumstances.wantsProof = site.wantsProof && lane == .poll
        let request = try site.session { try $0.request(lane, number: number, circumstances) }
        return Message(request: request, bytes: request.encoded)
    }

    /// The hub takes a request and answers; what it cannot take it refuses.
    func deliver(_ bytes: [UInt8], from site: TestSite) throws -> [UInt8] {
        let request = try ExchangeRequest(encoded: bytes)
        var answer: ExchangeAnswer
        do {
            answer = try hub.session { try $0.take(request, from: site.id, at: now) }
            if answer.refusal == nil {
                try hub.database.transaction(.deferred) {
                    answer = try hub.store.filled(answer, for: request, of: site.id, budget: budget)
                }
            }
        } catch let error as ReplicationError {
            answer = try hub.store.refusal(of: request, because: error)
        }
        if hasAdministrator, try hub.store.clockRecord().standing == .doubted {
            try hub.session { _ = try $0.trustClock(actor: "operator", at: now) }
        }
        answer.received = now
        answer.sent = now
        let encoded = answer.encoded
        answers.append((site.id, encoded))
        try checkSecrecy(of: answer, for: site)
        return encoded
    }

    @discardableResult
    func apply(_ answer: [UInt8], to message: Message, at site: TestSite) throws -> Session.Applied {
        let decoded = try ExchangeAnswer(encoded: answer)
        let error = site.time(at: now) - now
        let applied = try site.session { session in
            let applied = try session.apply(decoded, to: message.request, fresh: drawOrigin(), at: now)
            if message.lane == .hello { _ = try session.measured(error: error, now: now) }
            return applied
        }
        if message.lane == .hello { site.noteMeasured() }
        return applied
    }

    /// One request from its making to its answer's end.
    /// - Returns: what the answer brought; nil if the ``fault`` has struck.
    @discardableResult
    func exchange(_ lane: ExchangeRequest.Lane, _ site: TestSite) throws -> Session.Applied? {
        let message = try prepare(lane, at: site)
        exchanges += 1
        let struck = fault.flatMap { $0.exchange == exchanges ? $0.kind : nil }
        if struck == .requestLost { return nil }
        let answer = try deliver(message.bytes, from: site)
        if struck == .answerLost { return nil }
        if struck == .repeated { _ = try deliver(message.bytes, from: site) }
        let applied: Session.Applied
        do {
            applied = try apply(answer, to: message, at: site)
        } catch let error as ReplicationError where error.kind == .unsureOfTime && hasAdministrator {
            // The administrator has looked by now.
            let again = try prepare(lane, at: site)
            return try apply(deliver(again.bytes, from: site), to: again, at: site)
        }
        if struck == .repeated { try apply(answer, to: message, at: site) }
        return applied
    }

    /// Exchanges until a site has nothing to send, to read or to acknowledge, and files get no further.
    /// - Returns: whether anything travelled.
    @discardableResult
    func sync(_ site: TestSite) throws -> Bool {
        var hasMoved = false
        while !site.isMeasured { try exchange(.hello, site) }
        for _ in 0..<1_000 {
            now += 1
            if try site.life().backlog > 0 {
                try exchange(.push, site)
                hasMoved = true
            }
            let applied = try exchange(.poll, site)
            let isQuiet = applied.map { $0.entries == 0 && !$0.hasMore && !$0.hasAcknowledgements } ?? false
            if try isQuiet && site.life().backlog == 0 {
                guard applied?.hasAttachmentWork ?? false, try exchange(.attachments, site)?.hasBrought ?? false else {
                    return hasMoved
                }
            }
            hasMoved = true
        }
        throw ReplicationError(.inconsistent, "\(site.id) does not come to rest.", remedy: "")
    }

    /// Exchanges until every branch has come to rest.
    func converge(without absent: Set<SiteID> = []) throws {
        for _ in 0..<100 {
            var hasMoved = false
            for site in branches where !absent.contains(site.id) {
                if try sync(site) { hasMoved = true }
            }
            if !hasMoved { return }
        }
        throw ReplicationError(.inconsistent, "The province does not come to rest.", remedy: "")
    }
}
