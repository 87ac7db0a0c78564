import Testing

@testable import Replication

/// A branch runs a version that the hub does not: the hub keeps what it cannot judge, until its own upgrade.
@Suite("What a branch of a newer version writes")
struct NewerBranchTests {
    /// Everything that a newer version may bring.
    enum Future: CaseIterable {
        case kind, field, edit
        /// Another form of an edit that this version knows, and rules of the fold that it does not.
        case form, rules
    }

    private let province: TestProvince
    private let newer: TestSite
    private let other: TestSite

    init() throws {
        province = try TestProvince(branches: 2)
        newer = province.branches[0]
        other = province.branches[1]
    }

    /// An entity that both sites may see, with the one change on it that the hub does not understand.
    private func write(_ future: Future) throws -> (entity: EntityID, change: Change) {
        var entity = province.newTicket()
        var opening: [Edit] = [
            .create(Creation(state: "new")), TestProvince.home(newer), TestProvince.title("before"),
            .add(TestDomain.collaborators, .text(other.id.text)),
        ]
        switch future {
        case .kind: entity = EntityID(kind: TestDomain.newer, high: 5, low: 5)
        case .rules: opening[0] = .create(Creation(rules: 2, state: "new"))
        case .field, .edit, .form: break
        }
        let creation = try province.writeAsNewer(opening, on: entity, at: newer)
        let edit: Edit
        switch future {
        case .kind, .rules: return (entity, creation)
        case .field: edit = .assign(TestDomain.later, .text("unheard of"))
        case .edit: edit = TestProvince.unknownEdit
        case .form: edit = .unknown(tag: 10, body: [9, 1, 0x61])
        }
        try province.converge()
        return (entity, try province.writeAsNewer([edit, TestProvince.note("beside")], on: entity, at: newer))
    }

    @Test("waits at the hub unjudged and is relayed to nobody, with all that it writes on that entity afterwards")
    func waits() throws {
        for future in Future.allCases {
            let (entity, change) = try write(future)
            let waitedBefore = try province.waitingCount()
            let answersBefore = province.answers.count
            let behind = try province.writeAsNewer([TestProvince.title("behind it")], on: entity, at: newer)
            let elsewhere = try province.ticket(at: newer, sharedWith: [other], title: "elsewhere")
            try province.converge()

            #expect(try province.waitingCount() == waitedBefore + 2, "\(future)")
            #expect(try newer.life().backlog == 0)
            #expect(try province.refusals(of: entity, at: province.hub).isEmpty, "\(future)")
            #expect(!province.hasSent("behind it", to: other, from: answersBefore), "\(future)")
            #expect(try province.title(of: elsewhere, at: other) == "elsewhere", "\(future)")
            for sent in [change, behind] {
                #expect(try other.store.entry(of: sent.reference) == nil, "\(future)")
                let kept = try #require(try province.hub.store.entry(of: sent.reference))
                #expect(!kept.isAdmitted && kept.hash == sent.hash && kept.change.encoded == sent.encoded, "\(future)")
            }
        }
    }

    @Test("holds up nothing that another site does to the same entity")
    func othersGoOn() throws {
        for future in [Future.field, .edit, .form] {
            let entity = try write(future).entity
            try province.write(TestProvince.remark("from the other"), on: entity, at: other)
            try province.converge()
            #expect(try province.state(entity, at: province.hub)[TestDomain.remark] == .text("from the other"))
        }
    }

    @Test("is admitted in its order when the hub has been upgraded, and reaches the others byte for byte")
    func admitted() throws {
        for future in Future.allCases {
            let (entity, change) = try write(future)
            let behind = try province.writeAsNewer([TestProvince.title("behind it")], on: entity, at: newer)
            try province.converge()
            try province.admitAsNewer()
            try province.converge()
            #expect(try province.waitingCount() == 0)
            // Who may see it cannot be told without its rules.
            guard future != .rules else { continue }
            for sent in [change, behind] {
                #expect(try other.store.entry(of: sent.reference)?.change.encoded == sent.encoded, "\(future)")
            }
            let sum = try #require(try province.hub.store.row(entity)).sum
            #expect(try other.store.row(entity)?.sum == sum && newer.store.row(entity)?.sum == sum, "\(future)")
        }
    }
}
