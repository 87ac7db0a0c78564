import Foundation
import Node
import Replication
import ServiceDesk
import Simulator

/// A hub that holds many tickets of its branches, with their due times, the index and the figures; it runs as a
/// process of its own.
final class BoardGround {
    /// Tickets are as old as this and less, so that what falls due is spread over the days around now.
    private static let ageMilliseconds: Int64 = 10 * 86_400_000
    private static let branches = [Ground.branch, Ground.other, "bn-three"]

    let client: LoopbackClient
    private let node: ProvinceSite

    init(_ count: Int, _ bench: Bench) throws {
        let ground = try bench.province()
        guard let place = ground.topology.hub else { preconditionFailure("the bench's province has a hub") }
        bench.note("a hub takes \(count) tickets of its branches, and counts them")
        let folder = try ScratchFolder(kept: ground.plainPath())
        try FileManager.default.copyItem(atPath: ground.file(Ground.hub), toPath: folder.file(Ground.hub))
        let hub = try ground.open(folder.file(Ground.hub))
        defer { hub.storage.close() }
        try ProvinceStandard(program: bench.program).publish(at: hub)
        try Self.fill(hub, count)
        hub.storage.close()
        node = ProvinceSite(place, in: folder, program: bench.program, clerk: "bench")
        try node.start()
        try node.waitUntilServing()
        client = try LoopbackClient(try node.client.address)
    }

    func close() {
        node.askToEnd()
        _ = node.finish()
    }

    private static func fill(_ hub: Site, _ count: Int) throws {
        let start = try hub.perform("bench") { _, now in now }
        var random = SplitMix64(seed: 31)
        for range in Batches.of(BenchClerk.batch * 10, covering: count) {
            let forms = range.map { number in
                var form = ServiceGround.form(number, home: branches[number % branches.count])
                let age = Int64(random.next() % UInt64(ageMilliseconds))
                form.fields["openedAt"] = .integer(start - age)
                return form
            }
            let identifiers = range.map { number in
                EntityID(kind: .ticket, high: UInt64(1_790_000_000_000 + number) << 16, low: random.next()).bytes
            }
            try BenchClerk(site: hub).open(forms, as: identifiers)
            try keepBooks(hub)
        }
    }

    /// What a node does soon after something was written.
    private static func keepBooks(_ hub: Site) throws {
        let shelf = hub.domain.shelf
        var isDone = false
        while !isDone {
            isDone = try hub.perform("bench") { session, now in
                let due = try DueBook(session.store, shelf: shelf).freshen(at: now)
                let known = try DeskIndex(session.store, shelf: shelf).advance(at: now)
                return due < DueBook.sliceSize && known < DeskIndex.sliceSize
            }
        }
    }
}
