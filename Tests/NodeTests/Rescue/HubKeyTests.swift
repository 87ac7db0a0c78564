import Foundation
import Node
import Replication
import Testing

@Suite struct HubKeyTests {
    @Test("doctor fails until the key was exported, and the file is for its owner only")
    func exported() throws {
        let hub = try TestNode.hub()
        let folder = hub.site.folder
        let path = NSTemporaryDirectory() + "hub-key-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(try remark(folder)?.level == .wrong)
        let made = try HubKey.export(of: folder, to: path)
        #expect(try remark(folder)?.level == .good)
        #expect(try HubKey.read(path, of: made.site) == hub.site.hubKey)
        #expect(try HubKey.read(folder.hubKey, of: made.site) == hub.site.hubKey)
        let rights = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(rights == 0o600)
        #expect(throws: NodeError.self) { try HubKey.export(of: folder, to: path) }
        #expect(throws: NodeError.self) { try HubKey.export(of: folder, to: folder.path + "/copy") }
        #expect(throws: NodeError.self) { try HubKey.read(path, of: SiteID("nx-yinchuan")) }
        // Another key in the folder is another that was never exported.
        try folder.replace(folder.hubKey, with: Array(repeating: UInt8(ascii: "a"), count: 64))
        #expect(try remark(folder)?.level == .wrong)
    }

    private func remark(_ folder: DataFolder) throws -> Doctor.Remark? {
        try Doctor.examine(folder).first { $0.subject == "hub key" }
    }
}
