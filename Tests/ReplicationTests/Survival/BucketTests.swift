import Testing

@testable import Replication

/// A few buckets are looked up one by one, many are read through with everything else: the answers are the same.
struct BucketTests {
    private let province: TestProvince
    private let first: TestSite
    private let peer: Peer
    private let few: [UInt16]
    private let all = (0..<UInt16(Bucket.count)).map { $0 }

    init() throws {
        province = try TestProvince(branches: 2)
        first = province.branches[0]
        for _ in 0..<40 { try province.ticket(at: first, sharedWith: [province.branches[1]]) }
        try province.ticket(at: province.branches[1], title: "of the second alone")
        try province.converge()
        // Nothing of this one is known to be admitted.
        let pending = try province.ticket(at: first)
        for site in [first, province.hub] { #expect(try site.session { try $0.store.extendBuckets() }) }
        peer = try #require(try province.hub.store.peer(site: first.id))
        let held = try first.database.all("SELECT DISTINCT number FROM bucket ORDER BY number LIMIT 20") {
            UInt16(clamping: $0.int64(0))
        }
        few = held.filter { $0 != UInt16(Bucket.number(of: pending)) } + [UInt16(Bucket.number(of: pending))]
    }

    @Test("what a site shows has the same sums")
    func shown() throws {
        let looked = try first.store.sums(of: few)
        let read = try first.store.sums(of: all)
        #expect(looked == few.map { read[Int($0)] })
        #expect(looked.contains { $0.sum != .zero })
        #expect(try first.store.unadmitted(in: few) == first.store.unadmitted(in: all))
        #expect(try first.store.unadmitted(in: few) == [few[few.count - 1]])
    }

    @Test("what the hub believes a site to hold has the same sums, and no other site's is among it")
    func held() throws {
        let looked = try province.hub.store.heldSums(by: peer, in: few)
        let read = try province.hub.store.heldSums(by: peer, in: all)
        for (index, bucket) in few.enumerated() {
            #expect(looked[index] == read[Int(bucket)])
            #expect(looked[index].sum == (try first.store.sums(of: [bucket])[0].sum))
        }
    }

    @Test("what is in the named buckets counts as whole from then on, and nothing else", arguments: [true, false])
    func whole(areFew: Bool) throws {
        try province.hub.session { try $0.dropFeed(of: peer) }
        let named = areFew ? few : all.filter { !few.contains($0) }
        try province.hub.session { try $0.store.noteWhole(in: named, at: peer) }
        let rows = try province.hub.database.all(
            """
            SELECT bucket.number, is_whole FROM member JOIN bucket ON bucket.entity = member.entity WHERE site = ?
            """, peer.number
        ) { (bucket: UInt16(clamping: $0.int64(0)), isWhole: $0.bool(1)) }
        #expect(Set(rows.map(\.isWhole)) == [true, false])
        for row in rows { #expect(row.isWhole == named.contains(row.bucket)) }
    }
}
