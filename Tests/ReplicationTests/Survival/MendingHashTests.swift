import SQLite
import Testing

@testable import Replication

@Suite("Damaged hashes of whole changes")
struct MendingHashTests {
    private let province: TestProvince
    private let branch: TestSite
    private let origin: OriginID

    /// A stream of two kept digests and a tail.
    init() throws {
        province = try TestProvince(branches: 1)
        branch = province.branches[0]
        let ticket = try province.ticket(at: branch)
        for number in 0..<Int(2 * SiteStore.checkpointStride + 40) {
            try province.write(TestProvince.note("note \(number)"), on: ticket, at: branch)
        }
        origin = try branch.store.life().origin
    }

    private func damage(_ sequence: UInt64, _ statement: SQL) throws {
        try branch.database.run(statement, sequence)
    }

    private func damageHash(_ sequence: UInt64) throws {
        try damage(sequence, "UPDATE log SET hash = zeroblob(16) WHERE sequence = ?")
    }

    private func mend() throws -> Int {
        try branch.session { try $0.mendHashes(of: origin, at: province.now) }
    }

    private func areHashesWhole() throws -> Bool {
        let tip = try branch.store.life().chain
        var chain = Chain.start
        try branch.store.extend(&chain, of: origin, upTo: tip.number)
        return chain == tip
    }

    @Test("those before, between and after the kept digests are righted, and once is enough")
    func righted() throws {
        for sequence in [1, 2, 300, 512, 540] as [UInt64] { try damageHash(sequence) }
        #expect(try !areHashesWhole())
        #expect(try mend() == 5)
        #expect(try areHashesWhole())
        #expect(try mend() == 0)
    }

    @Test("one that is not a hash at all is righted too")
    func noHash() throws {
        try damage(7, "UPDATE log SET hash = x'0102' WHERE sequence = ?")
        #expect(try mend() == 1)
        #expect(try areHashesWhole())
    }

    @Test(
        "where the content is damaged no hash is made to fit it, and what lies beyond the next kept digest is righted")
    func damagedContent() throws {
        try damage(9, "UPDATE log SET stamp = stamp + 65536 WHERE sequence = ?")
        try damageHash(20)
        try damageHash(400)
        #expect(try mend() == 1)
        #expect(
            try branch.database.first("SELECT hash FROM log WHERE sequence = 20") { $0.blob(0) }
                == [UInt8](repeating: 0, count: 16))
        #expect(try branch.store.provenEntry(at: position(of: 9)) == nil)
        #expect(try branch.store.provenEntry(at: position(of: 400)) != nil)
    }

    private func position(of sequence: UInt64) throws -> Int64 {
        try #require(try branch.database.first("SELECT position FROM log WHERE sequence = ?", sequence) { $0.int64(0) })
    }
}
