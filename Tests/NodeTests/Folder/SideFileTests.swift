import Foundation
import Replication
import Testing

@testable import Node

@Suite struct SideFileTests {
    private let folder = DataFolder(NSTemporaryDirectory() + "side-file-" + UUID().uuidString)

    init() throws { try folder.create() }

    private func next(after start: UInt32, isHub: Bool = true) throws -> StartCount {
        try SideFile(folder: folder).next(after: start, isHub: isHub)
    }

    @Test("starts that are cut off between side file and database, however many, are no restore")
    func cutOff() throws {
        defer { try? FileManager.default.removeItem(atPath: folder.path) }
        #expect(try next(after: 0).start == 1)
        for _ in 0..<3 {
            let count = try next(after: 1)
            #expect(count.start == 2 && count.contradiction == nil)
        }
        #expect(try next(after: 2).start == 3)
    }

    @Test("a hub's database that was put back is told at every start, until somebody has acted")
    func putBack() throws {
        defer { try? FileManager.default.removeItem(atPath: folder.path) }
        for start in 0..<5 as Range<UInt32> { _ = try next(after: start) }
        for _ in 0..<3 {
            #expect(try next(after: 2).contradiction != nil)
        }
        let count = try next(after: 5)
        #expect(count.start == 6 && count.contradiction == nil)
    }

    @Test("a branch's database that was put back is told once, and goes on with a start above both")
    func putBackBranch() throws {
        defer { try? FileManager.default.removeItem(atPath: folder.path) }
        for start in 0..<5 as Range<UInt32> { _ = try next(after: start, isHub: false) }
        let told = try next(after: 2, isHub: false)
        #expect(told.contradiction != nil && told.start == 6)
        let count = try next(after: 6, isHub: false)
        #expect(count.contradiction == nil && count.start == 7)
    }
}
