import Foundation
import SQLite
import Testing

@testable import Replication

@Suite("Random histories")
struct FoldPropertyTests {
    @Test("after every arrival, repetition and refusal the stored row is the fold from nothing")
    func everyStep() throws {
        var random = SplitMix64(for: "fold: every step")
        var fastSteps = 0
        for _ in 0..<400 {
            let history = RandomHistory(upTo: 2 + random.below(11), origins: 2 + random.below(3), using: &random)
            var row = StoredRow()
            for step in steps(of: history, using: &random) {
                switch step {
                case .arrival(let change): try row.arrive(change)
                case .refusal(let reference): row.refuse(reference)
                }
                try #require(row.bytes == Fold.state(of: row.effective).encoded)
                let state = try EntityState(encoded: row.bytes)
                try #require(Picture(state) == Oracle.picture(of: row.effective))
            }
            fastSteps += row.fastSteps
        }
        #expect(fastSteps > 400, "the fast path is hardly taken: the test says little about it")
    }

    @Test("two sites that heard the same in different orders hold the same bytes")
    func anyOrder() throws {
        var random = SplitMix64(for: "fold: any order")
        for _ in 0..<200 {
            let history = RandomHistory(upTo: 12, origins: 4, using: &random)
            let refused = random.pick(history.changes).reference
            let rows = try (0..<3).map { _ in
                var row = StoredRow()
                let change = random.below(history.changes.count)
                for (index, arrival) in history.changes.shuffled(using: &random).enumerated() {
                    if index == change { row.refuse(refused) }
                    try row.arrive(arrival)
                }
                return row.bytes
            }
            #expect(Set(rows).count == 1)
        }
    }

    @Test("a row in the database is the fold of its log after every step")
    func inTheDatabase() throws {
        var random = SplitMix64(for: "fold: in the database")
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("fold-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let database = try Database(path: folder.appendingPathComponent("site.db").path, mode: .readWriteCreate)
        defer { database.close() }
        try database.migrate(Schema.migrations)
        let store = SiteStore(database, domain: NoDomain())
        for number in 0..<40 {
            let history = RandomHistory(upTo: 10, origins: 3, using: &random)
            let entity = EntityID(kind: EntityKind(rawValue: 16), high: 7, low: UInt64(number))
            try database.transaction(.immediate) {
                // Each history has origins of its own, because a database holds a reference once.
                let steps = steps(of: history, using: &random).map { $0.moved(to: entity, life: number) }
                for step in steps { try take(step, at: store, entity) }
            }
        }
    }

    private func take(_ step: Step, at store: SiteStore, _ entity: EntityID) throws {
        var row = try store.rowOrNew(entity)
        switch step {
        case .arrival(let change):
            if try store.holds(change.reference) { return }
            _ = try store.keep(change, onto: &row, condition: Schema.Condition.admitted, admission: nil)
        case .refusal(let reference):
            guard let entry = try store.entry(of: reference) else { return }
            try store.database.run("UPDATE log SET condition = 3 WHERE position = ?", entry.position)
            _ = try store.foldAgain(entity)
        }
        let stored = try #require(try store.row(entity))
        let effective = try store.changes(of: stored.number)
        try #require(stored.state.encoded == Fold.state(of: effective).encoded)
        try #require(Picture(stored.state) == Oracle.picture(of: effective))
    }

    private enum Step {
        case arrival(Change)
        case refusal(ChangeReference)

        func moved(to entity: EntityID, life: Int) -> Step {
            switch self {
            case .arrival(let change):
                return .arrival(
                    Change(
                        origin: Self.moved(change.origin, life), sequence: change.sequence, stamp: change.stamp,
                        entity: entity,
                        seen: VersionVector(change.seen.entries.map { Self.moved($0, life) }), edits: change.edits))
            case .refusal(let reference): return .refusal(Self.moved(reference, life))
            }
        }

        private static func moved(_ origin: OriginID, _ life: Int) -> OriginID {
            OriginID(raw: origin.raw + UInt64(life) * 0x1_0000)
        }

        private static func moved(_ reference: ChangeReference, _ life: Int) -> ChangeReference {
            ChangeReference(origin: moved(reference.origin, life), sequence: reference.sequence)
        }
    }

    /// Every change in any order, some of them twice, and sometimes the refusal of one at any point.
    private func steps(of history: RandomHistory, using random: inout SplitMix64) -> [Step] {
        var steps = history.changes.shuffled(using: &random).map { Step.arrival($0) }
        for _ in 0..<2 {
            let copy = Step.arrival(random.pick(history.changes))
            steps.insert(copy, at: random.below(steps.count + 1))
        }
        if random.chance(60) {
            let refusal = Step.refusal(random.pick(history.changes).reference)
            steps.insert(refusal, at: random.below(steps.count + 1))
        }
        return steps
    }
}
