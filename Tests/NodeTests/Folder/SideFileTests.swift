import Foundation
import Testing

@testable import Node

@Suite struct SideFileTests {
    private let folder = DataFolder(NSTemporaryDirectory() + "side-file-" + UUID().uuidString)

    init() throws { try folder.create() }

    private func next(after start: UInt32) throws -> (start: UInt32, finding: SideFile.Finding) {
        try SideFile(folder: folder).next(after: start)
    }

    @Test("starts that are cut off between side file and database, however many, are no restore")
    func cutOff() throws {
        defer { try? FileManager.default.removeItem(atPath: folder.path) }
        #expect(try next(after: 0) == (1, .continues))
        for _ in 0..<3 { #expect(try next(after: 1) == (2, .continues)) }
        #expect(try next(after: 2) == (3, .continues))
    }

    @Test("a database that was put back is told at every start, until somebody has acted")
    func putBack() throws {
        defer { try? FileManager.default.removeItem(atPath: folder.path) }
        for start in 0..<5 as Range<UInt32> { _ = try next(after: start) }
        for _ in 0..<3 {
            guard case .contradicts = try next(after: 2).finding else {
                Issue.record("the database of an earlier start was taken for today's")
                return
            }
        }
        #expect(try next(after: 5) == (6, .continues))
    }
}
