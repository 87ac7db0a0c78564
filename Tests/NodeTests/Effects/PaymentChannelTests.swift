import Foundation
import Replication
import ServiceDesk
import Testing

@testable import Node
@testable import Replication

@Suite struct PaymentChannelTests {
    private let folder = DataFolder(NSTemporaryDirectory() + "payments-" + UUID().uuidString)

    init() throws { try folder.create() }

    private func effect(_ key: UInt8) -> Effect {
        Effect(
            number: 1, key: [UInt8](repeating: key, count: 16), purpose: "refund",
            entity: EntityID(kind: .ticket, high: 1, low: 2), amount: 100, request: "r-1", state: .pending)
    }

    private var lines: [Substring] {
        String(decoding: FileManager.default.contents(atPath: folder.payments) ?? Data(), as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    }

    @Test("a payment that is asked for again under its key is one line")
    func once() throws {
        defer { try? FileManager.default.removeItem(atPath: folder.path) }
        let channel = PaymentChannel(folder: folder)
        for _ in 0..<2 { try channel.pay(effect(1)) }
        try channel.pay(effect(2))
        #expect(lines.count == 2)
    }

    @Test("a line that was cut off, wherever, is no payment: it is written again whole")
    func cutOff() throws {
        defer { try? FileManager.default.removeItem(atPath: folder.path) }
        let channel = PaymentChannel(folder: folder)
        try channel.pay(effect(1))
        let first = try #require(FileManager.default.contents(atPath: folder.payments))
        try channel.pay(effect(2))
        let both = try #require(FileManager.default.contents(atPath: folder.payments))
        for length in first.count..<both.count {
            try both.prefix(length).write(to: URL(fileURLWithPath: folder.payments))
            try channel.pay(effect(2))
            #expect(FileManager.default.contents(atPath: folder.payments) == both, "cut after \(length) bytes")
        }
    }
}
