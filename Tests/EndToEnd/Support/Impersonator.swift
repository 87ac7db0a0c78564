import Foundation
import Glibc
import Replication
import SQLite
import ServiceDesk
import Standards

/// A branch's database and credential in the hands of the test while its node is stopped: what a branch with other
/// software, or none of ours, could send.
final class Impersonator {
    let credential: String
    private let database: Database
    private let domain: any Domain
    private let start: UInt32
    private var counts: [ExchangeRequest.Lane: UInt32] = [:]

    /// - Parameter domain: the rules by which it writes; a branch's own by default.
    init(_ node: TestNode, domain: any Domain = DeskDomain()) throws {
        credential = try node.configuration().text("credential")
        database = try Database(path: node.folder + "/tributary.db", mode: .readWriteCreate)
        self.domain = domain
        let start = try SiteStore(database, domain: domain).life().start + 1
        self.start = start
        try run { try $0.begin(start: start) }
        // As a node does: otherwise the next one would take the database for one that was put back.
        try Data("\(start)\n".utf8).write(to: URL(fileURLWithPath: node.folder + "/starts"))
    }

    func close() { database.close() }

    /// One transaction on its database.
    @discardableResult
    func run<T>(_ body: (inout Session) throws -> T) throws -> T {
        try database.transaction(.immediate) {
            try Session.run(SiteStore(database, domain: domain), body)
        }
    }

    /// Writes a change by its own rules.
    func write(_ entity: EntityID, _ edits: [Edit]) throws {
        let now = Self.wallClock()
        try run { _ = try $0.write(Draft(entity: entity, edits: edits, actor: "impersonator"), at: now) }
    }

    /// The next request of a lane, marked as sent.
    func request(_ lane: ExchangeRequest.Lane) throws -> ExchangeRequest {
        counts[lane, default: 0] += 1
        let number = ExchangeRequest.Number(start: start, count: counts[lane] ?? 0)
        let now = Self.wallClock()
        return try run {
            try $0.request(
                lane, number: number,
                Session.Circumstances(now: now, wallClock: now, isMeasured: true, software: "impersonator"))
        }
    }

    func apply(_ answer: ExchangeAnswer, to request: ExchangeRequest) throws {
        try run { _ = try $0.apply(answer, to: request) }
    }

    static func wallClock() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
    }
}
