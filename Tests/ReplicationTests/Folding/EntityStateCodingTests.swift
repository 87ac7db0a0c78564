import Testing

@testable import Replication

@Suite("The stored row")
struct EntityStateCodingTests {
    private func randomState(using random: inout SplitMix64) -> EntityState {
        Fold.state(of: RandomHistory(upTo: 1 + random.below(14), origins: 3, using: &random).changes)
    }

    @Test("random states come back byte for byte")
    func roundTrip() throws {
        var random = SplitMix64(for: "state: round trip")
        for _ in 0..<500 {
            let state = randomState(using: &random)
            let again = try EntityState(encoded: state.encoded)
            #expect(again == state)
            #expect(Picture(again) == Picture(state))
        }
    }

    @Test("a state of every edit there is comes back whole", arguments: EditSamples.all)
    func everyEdit(edit: Edit) throws {
        let state = Fold.state(of: [Changes.creation, Changes.change(1, 1, at: 5, edit)])
        let again = try EntityState(encoded: state.encoded)
        #expect(Picture(again) == Picture(state))
        #expect(again.requests == state.requests)
        #expect(again.answers == state.answers)
        #expect(again.votes == state.votes)
        #expect(again.attachments == state.attachments)
        #expect(again.creation == state.creation)
    }

    @Test("more origins than one change may have seen still fit the row of the entity")
    func manyOrigins() throws {
        let changes = (0..<1_030).map { Changes.change($0, 1, at: 5, Changes.notes("n")) }
        let state = Fold.state(of: changes)
        #expect(try EntityState(encoded: state.encoded).vector.entries.count == 1_030)
    }

    @Test("every cut of a row is refused")
    func truncation() {
        var random = SplitMix64(for: "state: truncation")
        let bytes = randomState(using: &random).encoded
        for end in bytes.indices {
            #expect(throws: ReplicationError.self) { try EntityState(encoded: Array(bytes[..<end])) }
        }
    }

    @Test("a damaged row is refused or read, and never stops the site")
    func mutations() {
        var random = SplitMix64(for: "state: mutations")
        var refused = 0
        for _ in 0..<3_000 {
            let bytes = Mutation.mutated(randomState(using: &random).encoded, using: &random)
            do { _ = try EntityState(encoded: bytes).encoded } catch { refused += 1 }
        }
        #expect(refused > 1_000)
    }

    @Test("a row of another format is refused with a word on versions")
    func format() {
        var bytes = EntityState().encoded
        bytes[0] = 2
        let error = #expect(throws: ReplicationError.self) { try EntityState(encoded: bytes) }
        #expect(error?.kind == .inconsistent)
    }

    @Test("an append that cannot be read is damage, not an empty list")
    func unreadableAppend() {
        let change = Changes.change(1, 1, at: 5, Changes.votes(.veto, by: "dept"))
        var bytes = Fold.state(of: [change]).encoded
        let body = change.edits[0].body
        // The choice of the vote, made one that does not exist.
        let place = bytes.indices.first { Array(bytes[$0...].prefix(body.count)) == body }
        let offset = body.firstIndex(of: Vote.Choice.veto.rawValue)
        if let place, let offset { bytes[place + offset] = 9 }
        #expect(place != nil && offset != nil)
        #expect(throws: ReplicationError.self) { try EntityState(encoded: bytes) }
    }
}
