import Foundation
import HTTP
import Standards
import Synchronization
import Testing

@testable import tributary

/// Many calls one after another and at once.
@Suite struct ManyCallsTests {
    @Test("a thousand calls by several callers are all answered")
    func thousands() throws {
        let node = try FakeNode { _, _ in .json(Array(#"{"a":1}"#.utf8)) }
        defer { node.stop() }
        let client = try node.client()
        try Parallel.each(Array(0..<4)) { _ in
            for _ in 0..<250 {
                _ = try client.post("/x", ["b": 2], deadlineSeconds: 20)
            }
        }
        #expect(node.asked.count == 1_000)
        #expect(node.asked.allSatisfy { $0.body == ["b": 2] })
    }
}
