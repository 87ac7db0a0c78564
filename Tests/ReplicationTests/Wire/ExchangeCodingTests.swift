import Hashing
import Testing

@testable import Replication

@Suite("Requests and answers")
struct ExchangeCodingTests {
    @Test("random requests come back as they were written")
    func requests() throws {
        var random = SplitMix64(for: "wire: requests")
        for _ in 0..<200 {
            let request = WireSamples.request(using: &random)
            let again = try ExchangeRequest(encoded: request.encoded)
            #expect(again == request)
            #expect(again.encoded == request.encoded)
        }
    }

    @Test("random answers come back as they were written")
    func answers() throws {
        var random = SplitMix64(for: "wire: answers")
        for _ in 0..<200 {
            let answer = WireSamples.answer(using: &random)
            let again = try ExchangeAnswer(encoded: answer.encoded)
            #expect(again == answer)
            #expect(again.encoded == answer.encoded)
        }
    }

    private func plainRequest() -> ExchangeRequest {
        ExchangeRequest(
            lane: .poll, origin: Changes.origin(1), number: .init(start: 1, count: 1), acknowledged: .start,
            cursor: FeedCursor(epoch: .none, chain: .start))
    }

    private func plainAnswer() -> ExchangeAnswer {
        ExchangeAnswer(request: .init(start: 1, count: 1), epoch: .none, stored: .start, feed: .start)
    }

    @Test("1,024 acknowledgements and 512 wishes fit a request, and one more does not")
    func requestLimits() {
        var request = plainRequest()
        request.withdrawn = (1...1_024).map { .init(number: $0, sequence: 1) }
        request.whole = (1...1_024).map { .init(enter: $0, upTo: 1) }
        request.wishes = (1...512).map { .init(enter: $0, entity: Changes.entity, after: 0) }
        var longest = request
        longest.withdrawn = longest.withdrawn.map { _ in .init(number: .max, sequence: .max) }
        longest.whole = longest.whole.map { _ in .init(enter: .max, upTo: .max) }
        longest.wishes = longest.wishes.map { _ in .init(enter: .max, entity: Changes.entity, after: .max) }
        #expect(longest.encoded.count < ReplicationLimits.bytesInQuietRequest)
        #expect(throws: Never.self) { try ExchangeRequest(encoded: request.encoded) }
        for grow in [
            { $0.withdrawn.append(.init(number: 1, sequence: 1)) }, { $0.whole.append(.init(enter: 1, upTo: 1)) },
            { $0.wishes.append(.init(enter: 1, entity: Changes.entity, after: 0)) },
        ] as [(inout ExchangeRequest) -> Void] {
            var over = request
            grow(&over)
            #expect(throws: ReplicationError.self) { try ExchangeRequest(encoded: over.encoded) }
        }
    }

    @Test("4,096 entries and 512 parts of histories fit an answer, and one more does not")
    func answerLimits() {
        var answer = plainAnswer()
        answer.entries = (1...4_096).map { FeedEntry(number: $0, content: .withdraw(Changes.entity)) }
        answer.histories = (1...512).map {
            .init(enter: $0, entity: Changes.entity, upTo: 1, isLast: true, changes: [])
        }
        #expect(throws: Never.self) { try ExchangeAnswer(encoded: answer.encoded) }
        var entries = answer
        entries.entries.append(FeedEntry(number: 5_000, content: .withdraw(Changes.entity)))
        #expect(throws: ReplicationError.self) { try ExchangeAnswer(encoded: entries.encoded) }
        var histories = answer
        histories.histories.append(histories.histories[0])
        #expect(throws: ReplicationError.self) { try ExchangeAnswer(encoded: histories.encoded) }
    }

    @Test("feed numbers that do not rise are refused")
    func rising() {
        for numbers in [[0], [2, 2], [3, 2]] as [[UInt64]] {
            var answer = plainAnswer()
            answer.entries = numbers.map { FeedEntry(number: $0, content: .withdraw(Changes.entity)) }
            #expect(throws: ReplicationError.self) { try ExchangeAnswer(encoded: answer.encoded) }
        }
    }

    @Test("a feed entry of an unknown type is refused, and so is one that says more than it should")
    func entries() throws {
        let entity = FeedEntry(number: 1, content: .erase(Changes.entity))
        #expect(try FeedEntry(number: 1, tag: entity.tag, body: entity.body) == entity)
        #expect(throws: ReplicationError.self) { try FeedEntry(number: 1, tag: 8, body: entity.body) }
        #expect(throws: ReplicationError.self) { try FeedEntry(number: 1, tag: entity.tag, body: entity.body + [0]) }
    }

    @Test("an emptied entry keeps the hash of what it was, so the feed's chain still agrees")
    func emptied() {
        let change = Changes.creation
        let entry = FeedEntry(number: 4, content: .change(change))
        let emptied = FeedEntry(number: 4, content: .emptied(entry.hash))
        var chain = Chain.start
        var other = Chain.start
        chain.append(entry.hash, number: entry.number)
        other.append(emptied.hash, number: emptied.number)
        #expect(chain == other)
        #expect(
            FeedEntry(number: 4, content: .withdraw(Changes.entity)).hash
                != FeedEntry(
                    number: 4, content: .erase(Changes.entity)
                ).hash)
    }

    @Test("a chain tells order, number and content apart")
    func chain() {
        let one = Digest128(high: 1, low: 1)
        let two = Digest128(high: 2, low: 2)
        func chain(_ entries: (Digest128, UInt64)...) -> Chain {
            entries.reduce(into: .start) { $0.append($1.0, number: $1.1) }
        }
        #expect(chain((one, 1), (two, 2)) != chain((two, 1), (one, 2)))
        #expect(chain((one, 1)).digest != chain((one, 2)).digest)
        #expect(chain((one, 1)).digest != chain((two, 1)).digest)
    }

    @Test("the highest protocol that both know is used, and without one the exchange is refused")
    func protocols() throws {
        let here = ProtocolRange(lowest: 2, highest: 4)
        #expect(try here.agreed(with: ProtocolRange(lowest: 1, highest: 3)) == 3)
        #expect(try here.agreed(with: ProtocolRange(lowest: 4, highest: 9)) == 4)
        for (lowest, highest) in [(1, 1), (5, 9), (9, 1)] as [(UInt16, UInt16)] {
            let error = #expect(throws: ReplicationError.self) {
                try here.agreed(with: ProtocolRange(lowest: lowest, highest: highest))
            }
            #expect(error?.kind == .refused)
        }
        var request = plainRequest()
        request.protocols = ProtocolRange(lowest: 7, highest: 9)
        #expect(throws: ReplicationError.self) { try ExchangeRequest(encoded: request.encoded) }
    }

    @Test("a clock reading that arithmetic could not bear is refused", arguments: [.min, .max, 1 << 47] as [Int64])
    func clocks(reading: Int64) {
        var request = plainRequest()
        request.wallClock = reading
        #expect(throws: ReplicationError.self) { try ExchangeRequest(encoded: request.encoded) }
        var answer = plainAnswer()
        answer.sent = reading
        #expect(throws: ReplicationError.self) { try ExchangeAnswer(encoded: answer.encoded) }
    }
}
