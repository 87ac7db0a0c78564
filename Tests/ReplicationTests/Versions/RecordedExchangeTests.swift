import Foundation
import Testing

@testable import Replication

/// Exchanges of earlier versions, replayed into today's code on either side.
///
/// `TRIBUTARY_RECORD=1 swift test --filter RecordedExchangeTests` records the present protocol's anew. That is for a
/// protocol that no released version speaks yet: a recording of an earlier one cannot be made again.
@Suite("Recorded exchanges")
struct RecordedExchangeTests {
    private static let isRecording = ProcessInfo.processInfo.environment["TRIBUTARY_RECORD"] != nil
    static let recorded: [UInt16] = [1]

    @Test("are made anew when asked for", .enabled(if: isRecording))
    func record() throws {
        let recording = try RecordedProvince().record()
        try recording.write(to: Recording.folder(ofProtocol: ProtocolRange.current.highest))
    }

    private func recording(_ version: UInt16) throws -> Recording {
        try Recording(from: Recording.folder(ofProtocol: version))
    }

    @Test("hold everything that the protocol can say", arguments: recorded)
    func everything(version: UInt16) throws {
        var edits: Set<UInt8> = []
        var entries: Set<UInt8> = []
        var said: Set<String> = []
        for exchange in try recording(version).exchanges {
            let request = try ExchangeRequest(encoded: exchange.request)
            let answer = try ExchangeAnswer(encoded: exchange.answer)
            said.insert("\(request.lane)")
            if !request.withdrawn.isEmpty { said.insert("withdrawn") }
            if !request.whole.isEmpty { said.insert("whole") }
            if !request.wishes.isEmpty { said.insert("wishes") }
            if request.watermark != nil { said.insert("watermark") }
            if answer.refusal != nil { said.insert("refusal") }
            if !answer.histories.isEmpty { said.insert("histories") }
            entries.formUnion(answer.entries.map(\.tag))
            edits.formUnion(request.changes.flatMap(\.edits).map(\.tag))
            edits.formUnion(changes(of: answer).flatMap(\.edits).map(\.tag))
        }
        #expect(edits == Set(1...14))
        #expect(entries == [1, 2, 3, 4, 5, 7])
        #expect(
            said == ["hello", "poll", "push", "withdrawn", "whole", "wishes", "watermark", "refusal", "histories"])
    }

    @Test("are read, and written again as the same bytes", arguments: recorded)
    func sameBytes(version: UInt16) throws {
        for exchange in try recording(version).exchanges {
            #expect(try ExchangeRequest(encoded: exchange.request).encoded == exchange.request)
            #expect(try ExchangeAnswer(encoded: exchange.answer).encoded == exchange.answer)
        }
    }

    @Test(
        "of a branch of protocol 1 are understood by the hub, which answers in that protocol however it numbers",
        arguments: [0, 3])
    func branchOfProtocol1(newsAhead: Int) throws {
        let recording = try recording(1)
        let now = try RecordedProvince()
        for number in 0..<newsAhead { try now.province.addToDirectory(SiteID("branch-\(number + 10)")) }
        var numbering = HubNumbering()
        for step in recording.steps {
            switch step {
            case .act(let act, let time):
                now.province.now = time
                try now.perform(act)
            case .exchange(let exchange):
                now.province.now = exchange.time
                let request = try numbering.translated(exchange.request)
                let bytes = try now.province.deliver(request, from: try now.site(exchange.site))
                try FrozenProtocol1.readAnswer(bytes)
                let answer = try ExchangeAnswer(encoded: bytes)
                let recorded = try ExchangeAnswer(encoded: exchange.answer)
                #expect(answer.refusal?.kind == recorded.refusal?.kind)
                #expect(answer.stored == recorded.stored)
                #expect(answer.request == recorded.request && answer.highest == recorded.highest)
                numbering.learn(recorded: recorded, now: answer)
                #expect(foreign(answer) == foreign(recorded))
            }
        }
        #expect(try now.held(by: now.province.hub) == recording.held.filter { $0.hasPrefix("hub ") })
    }

    @Test("of a hub of protocol 1 are understood by the branches, which ask in that protocol")
    func hubOfProtocol1() throws {
        let recording = try recording(1)
        let now = try RecordedProvince()
        var last: [String: TestProvince.Message] = [:]
        for exchange in recording.exchanges {
            let site = try now.site(exchange.site)
            let recorded = try ExchangeRequest(encoded: exchange.request)
            try write(recorded.changes, at: site, of: now.province)
            now.province.now = exchange.time
            let lane = "\(exchange.site) \(exchange.lane)"
            // A late copy of a request is not a new one.
            let message: TestProvince.Message
            if let earlier = last[lane], earlier.request.number == recorded.number {
                message = earlier
            } else {
                message = try now.province.prepare(exchange.lane, at: site)
            }
            last[lane] = message
            try FrozenProtocol1.readRequest(message.bytes)
            #expect(message.request.number == recorded.number && message.request.cursor == recorded.cursor)
            #expect(message.request.changes == recorded.changes && message.request.wishes == recorded.wishes)
            if let refusal = try ExchangeAnswer(encoded: exchange.answer).refusal {
                let kind = failure { try now.province.apply(exchange.answer, to: message, at: site) }
                #expect(kind == refusal.kind)
            } else {
                try now.province.apply(exchange.answer, to: message, at: site)
            }
        }
        for branch in now.province.branches {
            try now.province.checkLog(of: branch)
            #expect(try now.held(by: branch) == recording.held.filter { $0.hasPrefix(branch.id.text + " ") })
        }
    }

    /// Writes at a branch what the recorded one had written by then: the same edits at the same time must come out as
    /// the same bytes, since a branch makes only what its hub can read.
    private func write(_ changes: [Change], at site: TestSite, of province: TestProvince) throws {
        let written = try site.life().chain.number
        for change in changes where change.sequence > written {
            let draft = Draft(
                entity: change.entity, edits: change.edits, actor: change.actor, key: IdempotencyKey(bytes: change.key))
            let outcome = try site.session { try $0.write(draft, at: change.stamp.milliseconds) }
            guard case .written(let again) = outcome else {
                Issue.record("Change \(change.reference) was not written.")
                continue
            }
            #expect(again.change.encoded == change.encoded)
        }
    }

    private func changes(of answer: ExchangeAnswer) -> [Change] {
        answer.histories.flatMap(\.changes)
            + answer.entries.compactMap { if case .change(let change) = $0.content { change } else { nil } }
    }

    /// What an answer tells of other branches' changes. The hub may write for itself what an earlier one did not.
    private func foreign(_ answer: ExchangeAnswer) -> Set<ChangeReference> {
        Set(changes(of: answer).map(\.reference).filter { (0xB1...0xB3).contains($0.origin.raw) })
    }

}
