import SQLite
import Testing

@testable import Replication

struct RandomAttachmentTests {
    /// What was left alone because of one ticket's damaged copies was never offered for the other that named it too.
    private static let onceFailed: [UInt64] = [6_789_694, 700_031_676]

    @Test("whatever is lost, repeated or damaged, every file is at the hub whole and at every site that may have it")
    func randomRuns() throws {
        var (damaged, rotted) = (0, 0)
        for seed in Self.onceFailed + (0..<UInt64(10)).map({ Seed.value &+ $0 &* 7_919 }) {
            do {
                var run = try AttachmentRun(seed: seed, branches: 3)
                try run.run(steps: 220)
                try check(run)
                damaged += run.damaged
                rotted += run.rotted
            } catch {
                Issue.record("seed \(seed): \(error)")
                return
            }
        }
        #expect(damaged > 20)
        #expect(rotted > 5)
    }

    private func check(_ run: AttachmentRun) throws {
        let province = run.province
        for _ in 0..<3 {
            try province.converge()
            // What came damaged three times is spoken of again after its hour.
            province.now += AttachmentLimits.damagedMilliseconds
            // To the end of a round, and one whole round more.
            for site in [province.hub] + province.branches {
                for _ in 0..<3 { _ = try site.session { try $0.take($0.store.nextContents(), at: province.now) } }
            }
        }
        try province.converge()
        try province.checkAgreement()
        for item in run.attached {
            let isAtHub = try province.content(item.file, of: item.ticket, at: province.hub) == item.file.content
            #expect(isAtHub, "seed \(run.seed): \(item.file.content.count) bytes at the hub")
            guard let row = try province.hub.store.row(item.ticket) else { continue }
            for site in province.branches where province.isMember(site, of: row) {
                let isFetched = item.file.content.count <= AttachmentLimits.bytesFetchedUnasked
                let content = try province.content(item.file, of: item.ticket, at: site)
                let isAsItShould = content == item.file.content || (content == nil && !isFetched)
                #expect(isAsItShould, "seed \(run.seed): \(item.file.content.count) bytes at \(site.id)")
                #expect(
                    try province.place(item.file, of: item.ticket, at: site) != .onlyHere, "seed \(run.seed)")
            }
        }
        for site in province.sites { try checkTidiness(of: site, seed: run.seed) }
    }

    /// Whole contents are kept once, are what their hashes say, and are named; nothing else is left over.
    private func checkTidiness(of site: TestSite, seed: UInt64) throws {
        let contents = try site.database.all("SELECT number, hash, is_whole FROM content ORDER BY number") {
            (number: $0.int64(0), hash: $0.blob(1), isWhole: $0.bool(2))
        }
        let whole = contents.filter(\.isWhole)
        #expect(Set(whole.map(\.hash)).count == whole.count, "seed \(seed)")
        for content in whole {
            let hash = try #require(ContentHash(content.hash))
            #expect(try site.store.isSound(content.number, hash), "seed \(seed)")
        }
        let stray = try site.database.first(
            """
            SELECT count(*) FROM chunk WHERE place / 1024 NOT IN (SELECT number FROM content)
            """
        ) { $0.int(0) }
        #expect(stray == 0, "seed \(seed): chunks of nothing at \(site.id)")
        let unnamed = try site.database.first(
            """
            SELECT count(*) FROM content
            WHERE number NOT IN (SELECT content FROM attachment WHERE content IS NOT NULL)
            """
        ) { $0.int(0) }
        #expect(unnamed == 0, "seed \(seed): contents without a name at \(site.id)")
    }
}
