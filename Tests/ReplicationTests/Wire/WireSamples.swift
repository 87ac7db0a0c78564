import Hashing

@testable import Replication

/// Requests, answers and batches for tests of the wire.
enum WireSamples {
    /// A batch of random changes, with every kind of edit and extreme numbers.
    static func batch(_ count: Int, using random: inout SplitMix64) -> [Change] {
        let entities = (0...max(1, count / 3)).map { number in
            EntityID(kind: EntityKind(rawValue: UInt8(number % 255 + 1)), high: random.next(), low: random.next())
        }
        let origins = (0..<4).map { _ in OriginID(raw: random.next()) }
        return (0..<count).map { _ in
            let origin = random.pick(origins)
            let seen = origins.filter { $0 != origin && random.chance(40) }.map {
                ChangeReference(origin: $0, sequence: random.pick([1, 2, 300, .max]))
            }
            return Change(
                origin: origin, sequence: random.pick([1, 2, 3, 1_000_000, ReplicationLimits.sequenceMax]),
                stamp: Stamp(
                    raw: random.chance(90) ? 0x018B_CFE5_6800_0000 &+ random.next() >> 40 : random.next() >> 1),
                entity: random.pick(entities), seen: VersionVector(seen), actor: random.pick(EditSamples.texts),
                key: random.bytes(random.pick([0, 0, 24])), edits: edits(using: &random))
        }
    }

    /// At most one creation and one transition, as a change may have.
    private static func edits(using random: inout SplitMix64) -> [Edit] {
        var edits: [Edit] = []
        var tags: Set<UInt8> = []
        for _ in 0...random.below(4) {
            let edit = random.pick(EditSamples.all)
            switch edit {
            case .create, .transition: if !tags.insert(edit.tag).inserted { continue }
            default: break
            }
            edits.append(edit)
        }
        return edits
    }

    static func chain(_ number: UInt64) -> Chain {
        Chain(number: number, digest: Digest128(high: number &* 31, low: ~number))
    }

    /// A number that a stream can have.
    private static func place(_ random: inout SplitMix64) -> UInt64 { random.next() & ReplicationLimits.sequenceMax }

    static func request(using random: inout SplitMix64) -> ExchangeRequest {
        var request = ExchangeRequest(
            lane: random.pick([.hello, .poll, .push]), origin: OriginID(raw: random.next() >> 1),
            number: .init(start: UInt32.random(in: 0...(.max), using: &random), count: UInt32(random.below(9))),
            acknowledged: chain(place(&random)),
            cursor: FeedCursor(epoch: Epoch(number: 3, random: random.next() >> 1), chain: chain(place(&random))))
        request.software = random.pick(EditSamples.texts)
        request.wallClock = Int64(random.below(1 << 41)) * random.pick([1, -1])
        if random.chance(50) { request.watermark = .init(time: Int64(random.below(1 << 41)), sequence: place(&random)) }
        request.backlog = random.next()
        request.withdrawn = (0..<random.below(4)).map { _ in .init(number: place(&random), sequence: place(&random)) }
        request.whole = (0..<random.below(4)).map { _ in .init(enter: place(&random), upTo: place(&random)) }
        request.wishes = (0..<random.below(4)).map { _ in
            .init(enter: place(&random), entity: Changes.entity, after: place(&random))
        }
        if request.lane == .push {
            request.before = chain(place(&random))
            request.after = Digest128(high: random.next(), low: random.next())
            request.changes = batch(random.below(30), using: &random)
        }
        return request
    }

    static func answer(using random: inout SplitMix64) -> ExchangeAnswer {
        var answer = ExchangeAnswer(
            request: .init(start: 1, count: .max), epoch: Epoch(number: .max, random: random.next() >> 1),
            stored: chain(place(&random)), feed: chain(place(&random)))
        answer.received = Int64(random.below(1 << 41))
        answer.sent = answer.received + 3
        answer.highest = .init(start: 7, count: 8)
        answer.isCaughtUp = random.chance(50)
        if random.chance(20) {
            answer.refusal = .init(kind: .tooFarAhead, message: random.pick(EditSamples.texts), remedy: "measure")
        }
        var number: UInt64 = 0
        for content in entries(using: &random) {
            number += 1 + UInt64(random.below(3))
            answer.entries.append(FeedEntry(number: number, content: content))
        }
        answer.histories = (0..<random.below(3)).map { _ in
            .init(
                enter: place(&random), entity: Changes.entity, upTo: place(&random), isLast: random.chance(50),
                changes: batch(random.below(5), using: &random))
        }
        return answer
    }

    private static func entries(using random: inout SplitMix64) -> [FeedEntry.Content] {
        let sum = Digest128(high: random.next(), low: random.next())
        let contents: [FeedEntry.Content] = [
            .admitted(origin: Changes.origin(1), first: 1, last: ReplicationLimits.sequenceMax),
            .refused(Changes.reference(1, 2), reason: random.pick(EditSamples.texts)),
            .enter(Changes.entity, sum: sum), .withdraw(Changes.entity), .erase(Changes.entity), .emptied(sum),
        ]
        return (contents + batch(random.below(8), using: &random).map { .change($0) }).shuffled(using: &random)
    }
}
