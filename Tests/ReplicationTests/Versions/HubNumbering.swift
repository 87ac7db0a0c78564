@testable import Replication

/// How the numbers that a hub gives out now relate to those of the one that was recorded: it may have more of its own
/// to say. A recorded request is sent byte for byte while they are the same, and otherwise with the numbers that its
/// site would have been given.
struct HubNumbering {
    private var chains: [Chain: Chain] = [:]
    private var numbers: [UInt64: UInt64] = [:]

    func translated(_ bytes: [UInt8]) throws -> [UInt8] {
        let recorded = try ExchangeRequest(encoded: bytes)
        var request = recorded
        request.cursor = FeedCursor(
            epoch: recorded.cursor.epoch, chain: chains[recorded.cursor.chain] ?? recorded.cursor.chain)
        request.withdrawn = recorded.withdrawn.map { .init(number: number($0.number), sequence: $0.sequence) }
        request.whole = recorded.whole.map { .init(enter: number($0.enter), upTo: number($0.upTo)) }
        request.wishes = recorded.wishes.map {
            .init(enter: number($0.enter), entity: $0.entity, after: number($0.after))
        }
        return request == recorded ? bytes : request.encoded
    }

    private func number(_ recorded: UInt64) -> UInt64 { numbers[recorded] ?? recorded }

    /// Learns from two answers to one request.
    mutating func learn(recorded: ExchangeAnswer, now answer: ExchangeAnswer) {
        chains[recorded.feed] = answer.feed
        var moves = Self.moves(answer)
        for (name, number) in Self.moves(recorded) {
            guard let index = moves.firstIndex(where: { $0.name == name }) else { continue }
            numbers[number] = moves.remove(at: index).number
        }
        for chunk in recorded.histories {
            guard let same = answer.histories.first(where: { $0.entity == chunk.entity }) else { continue }
            numbers[chunk.upTo] = same.upTo
        }
    }

    private static func moves(_ answer: ExchangeAnswer) -> [(name: String, number: UInt64)] {
        answer.entries.compactMap { entry in
            switch entry.content {
            case .enter(let entity, _): ("enter " + entity.text, entry.number)
            case .withdraw(let entity): ("withdraw " + entity.text, entry.number)
            case .change, .stored, .admitted, .refused, .erase, .emptied: nil
            }
        }
    }
}
