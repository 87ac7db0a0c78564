import Foundation
import Replication
import SQLite
import ServiceDesk
import Testing

/// A hub and three branches in one process, each on its own database. They hear of each other only in `sync`, through
/// messages that are encoded and decoded on the way; between two of them everybody is offline.
final class DeskProvince {
    static let hubKey = Array("the hub's key, for the tests only".utf8)

    let folder: String
    let hub: DeskSite
    /// Yinchuan, Guyuan and Wuzhong.
    let branches: [DeskSite]
    /// The time in the province, in milliseconds.
    var now: Int64 = 1_790_000_000_000
    /// What has gone to each site, in bytes.
    private(set) var answers: [(site: SiteID, bytes: [UInt8])] = []
    private var random = DeskRandom(seed: 2_026)

    var yinchuan: DeskSite { branches[0] }
    var guyuan: DeskSite { branches[1] }
    var wuzhong: DeskSite { branches[2] }
    var sites: [DeskSite] { [hub] + branches }

    /// - Parameter isReady: whether the first standard is published and everybody has heard of it.
    init(isReady: Bool = true) throws {
        let folder = NSTemporaryDirectory() + "desk-tests-" + UUID().uuidString
        self.folder = folder
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let epoch = Epoch(number: 1, random: 0xE0)
        hub = try DeskSite("nx-hub", letters: "NX", in: folder, isHub: true, origin: 0xA0, epoch: epoch)
        let names = [("nx-yinchuan", "YC"), ("nx-guyuan", "GY"), ("nx-wuzhong", "WZ")]
        branches = try names.enumerated().map { index, name in
            try DeskSite(
                name.0, letters: name.1, in: folder, isHub: false, origin: 0xB1 + UInt64(index), epoch: .none)
        }
        try enrol()
        guard isReady else { return }
        try publish(DeskPack.first())
        try converge()
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private func enrol() throws {
        for site in sites {
            let description = SiteDescription(
                site: site.id, isHub: site === hub, nameZH: "", nameEN: "", divisionCode: "64",
                ticketLetters: site.letters)
            try hub.session { try $0.add(description, actor: "operator", at: now) }
            guard site !== hub else { continue }
            let origin = try site.store.life().origin
            try hub.session { try $0.join(site.id, origin: origin, actor: "operator", at: now) }
        }
    }

    /// - Parameter later: how long after its publication it takes effect, in milliseconds.
    @discardableResult
    func publish(_ pack: DeskPack, later: Int64 = 0, at site: DeskSite? = nil) throws -> EntityID {
        now += 1_000
        let site = site ?? hub
        return try site.session {
            try site.desk(at: now, actor: "standards").publish(
                pack.pack, document: pack.document, effective: later == 0 ? nil : now + later, in: &$0)
        }
    }

    func newIdentifier() -> [UInt8] { random.identifier() }

    /// One request from its making to its answer's end.
    @discardableResult
    func exchange(_ lane: ExchangeRequest.Lane, _ site: DeskSite) throws -> Session.Applied {
        let circumstances = Session.Circumstances(now: now, wallClock: now, isMeasured: site.isOpen, software: "test")
        let request = try site.session { try $0.request(lane, number: site.nextNumber(lane), circumstances) }
        let answer = try ExchangeAnswer(encoded: deliver(request.encoded, from: site))
        let applied = try site.session { session in
            let applied = try session.apply(answer, to: request)
            if lane == .hello { _ = try session.measured(error: 0, now: now) }
            return applied
        }
        site.isOpen = true
        return applied
    }

    private func deliver(_ bytes: [UInt8], from site: DeskSite) throws -> [UInt8] {
        let request = try ExchangeRequest(encoded: bytes)
        var answer = try hub.session { try $0.take(request, from: site.id, at: now) }
        if request.lane == .poll {
            try hub.database.transaction(.deferred) { try hub.store.fill(&answer, for: request, of: site.id) }
        }
        answer.received = now
        answer.sent = now
        answers.append((site.id, answer.encoded))
        return answer.encoded
    }

    /// Exchanges until a site has nothing to send, to read or to acknowledge.
    /// - Returns: whether anything travelled.
    @discardableResult
    func sync(_ site: DeskSite) throws -> Bool {
        var hasMoved = false
        if !site.isOpen { try exchange(.hello, site) }
        for _ in 0..<1_000 {
            now += 1
            if try site.store.life().backlog > 0 {
                try exchange(.push, site)
                hasMoved = true
            }
            let applied = try exchange(.poll, site)
            let isQuiet = applied.entries == 0 && !applied.hasMore && !applied.hasAcknowledgements
            if try isQuiet && site.store.life().backlog == 0 { return hasMoved }
            hasMoved = true
        }
        throw ReplicationError(.inconsistent, "\(site.id) does not come to rest.", remedy: "")
    }

    /// Exchanges until every branch has come to rest.
    func converge() throws {
        for _ in 0..<100 {
            var hasMoved = false
            for site in branches where try sync(site) { hasMoved = true }
            if !hasMoved { return }
        }
        throw ReplicationError(.inconsistent, "The province does not come to rest.", remedy: "")
    }
}
