import Hashing
import Testing

@testable import Replication

private typealias C = Changes

@Suite("The rules by which an entity folds")
struct FoldRulesTests {
    /// Born under rules that this version does not know.
    private static let future = C.change(0, 1, at: 1, .create(Creation(rules: 2, state: "new", label: "T-2")))

    @Test("are named by its creation in one byte, which says 1 in every change that there is")
    func inBytes() {
        #expect(Creation.currentRules == 1)
        #expect(Edit.create(Creation(state: "new", label: "T")).body == [1, 3, 0x6E, 0x65, 0x77, 1, 0x54])
        #expect(Edit.create(Creation(rules: 2, state: "", label: "")).body == [2, 0, 0])
    }

    @Test(
        "are not guessed: under newer ones nothing is folded, the entity does not show, and all of it counts as held"
    )
    func future() throws {
        let changes = [
            Self.future, C.change(1, 1, at: 2, seen: C.afterCreation, C.sets("a"), C.notes("n")),
            C.change(2, 1, at: 3, C.sets("b"), C.moves(from: "new", to: "open")),
        ]
        let state = Fold.state(of: changes)
        #expect(state.hasUnknownEdits && !state.exists)
        #expect(state[C.field] == .null && state.notes == 0 && state.conflicts.isEmpty && state.stageName.isEmpty)
        #expect(changes.allSatisfy { state.vector.covers($0.reference) })
        #expect(state.creation?.rules == 2 && state.creation?.label == "T-2")
        #expect(try EntityState(encoded: state.encoded).encoded == state.encoded)
    }

    @Test("are those of the first creation in order, whichever came first")
    func firstCreation() {
        let known = C.change(3, 1, at: 0, .create(Creation(state: "new", label: "T-1")), C.sets("known"))
        for changes in [[known, Self.future], [Self.future, known]] {
            let state = Fold.state(of: changes)
            #expect(state.exists && state.creation?.label == "T-1")
            #expect(state[C.field] == .text("known"))
        }
        let later = C.change(3, 1, at: 9, .create(Creation(state: "new", label: "T-1")), C.sets("known"))
        let state = Fold.state(of: [later, Self.future])
        #expect(!state.exists && state[C.field] == .null)
    }

    @Test("are those of the first version for what sorts before every creation")
    func beforeCreation() {
        let state = Fold.state(of: [C.change(1, 1, at: 0, C.sets("early"))])
        #expect(state[C.field] == .text("early") && !state.hasUnknownEdits)
    }

    @Test("when newer, hide the entity at an older branch, which keeps every byte and tries again after its upgrade")
    func atOlderBranch() throws {
        let province = try TestProvince(branches: 1)
        let older = province.branches[0]
        try ShowingDomain.prepare(older.database)
        older.domain = ShowingDomain()
        let entity = province.newTicket()
        let changes = [
            C.change(
                7, 1, at: province.now, entity: entity, .create(Creation(rules: 2, state: "new")),
                TestProvince.home(older)),
            C.change(7, 2, at: province.now + 1, entity: entity, TestProvince.title("later")),
        ]
        try older.session { session in
            for change in changes {
                var row = try session.store.rowOrNew(entity)
                _ = try session.store.keep(
                    change, onto: &row, condition: Schema.Condition.admitted, admission: change.sequence)
            }
        }
        let row = try #require(try older.store.row(entity))
        #expect(row.state.hasUnknownEdits && !row.state.exists)
        #expect(try older.shown(entity) == nil)
        #expect(try older.store.changes(of: row.number).map(\.encoded) == changes.map(\.encoded))
        #expect(row.sum == changes[0].hash &+ changes[1].hash)
        let refusal = failure { try province.write(TestProvince.title("mine"), on: entity, at: older) }
        #expect(refusal == .notFound)
        #expect(try province.notUnderstood(at: older) == 1)
        try province.upgrade(older, to: ShowingDomain.upgraded)
        try older.session { session in
            try session.startUp(
                older.start, contradiction: nil, fresh: session.life.origin, at: province.now)
        }
        #expect(try province.notUnderstood(at: older) == 1 && province.notFoldedAgain(at: older) == 0)
    }
}
