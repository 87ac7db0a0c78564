import Foundation
import Node
import Replication
import SQLite
import ServiceDesk
import Standards
import Testing

@Suite struct BackupTests {
    private func place() -> DataFolder { DataFolder(NSTemporaryDirectory() + "backup-tests-" + UUID().uuidString) }

    @Test("a backup of a running hub is marked, clean, closed to others, and holds neither key nor token")
    func hub() throws {
        let hub = try TestNode.hub()
        _ = try hub.openTicket()
        let target = place()
        defer { try? FileManager.default.removeItem(atPath: target.path) }
        let backup = try Backup.make(of: hub.site.folder, to: target)
        #expect(backup.holdings.tickets == 1)
        #expect(backup.holdings.digest == (try hub.get("/api/verify").json["digest"]?.stringValue))
        let files = try FileManager.default.contentsOfDirectory(atPath: target.path).sorted()
        #expect(files == ["backup.json", "node.json", "notices.json", "tributary.db"])
        let rights = try FileManager.default.attributesOfItem(atPath: target.path)[.posixPermissions] as? Int
        #expect(rights == 0o700)
        let database = try Database(path: target.database, mode: .readOnly)
        #expect(try SiteStore(database, domain: DeskDomain()).life().isCopy)
        database.close()
        #expect(try hub.site.read { try $0.life().isCopy } == false)
    }

    @Test("a backup replaces nothing, and one whose copy is damaged leaves nothing behind")
    func refused() throws {
        let hub = try TestNode.hub()
        let target = place()
        try FileManager.default.createDirectory(atPath: target.path, withIntermediateDirectories: true)
        #expect(throws: NodeError.self) { try Backup.make(of: hub.site.folder, to: target) }
        try FileManager.default.removeItem(atPath: target.path)
        _ = try hub.write { session, _ in
            try session.store.database.run("UPDATE entity SET sum = ?", [UInt8](repeating: 7, count: 16))
        }
        #expect(throws: NodeError.self) { try Backup.make(of: hub.site.folder, to: target) }
        for path in [target.path, target.path + ".part"] { #expect(!FileManager.default.fileExists(atPath: path)) }
    }

    @Test("a backup holds how customers are told and were, without the secret, and a restore elsewhere puts it there")
    func notices() throws {
        let hub = try TestNode.hub()
        let (secret, told) = (String(repeating: "q", count: 40), Array("{}\n".utf8))
        var settings = NoticeSettings()
        settings.gateway = .init(url: "http://sms.example/", secret: secret, honoursKeys: true)
        try settings.save(in: hub.site.folder)
        try hub.site.folder.replace(hub.site.folder.notices, with: told)
        let (backup, restored, own, key) = (place(), place(), place(), place().path)
        defer {
            for path in [backup.path, restored.path, own.path, key] {
                try? FileManager.default.removeItem(atPath: path)
            }
        }
        _ = try Backup.make(of: hub.site.folder, to: backup)
        #expect(!String(decoding: try backup.read(backup.noticeSettings), as: UTF8.self).contains(secret))
        _ = try HubKey.export(of: hub.site.folder, to: key)
        _ = try HubRescue.restore(restored, from: backup, key: key, epoch: 0, actor: "test")
        #expect(try restored.read(restored.notices) == told)
        let found = try NoticeSettings(folder: restored)
        #expect(found.gateway?.url == "http://sms.example/" && found.hold == .noSecret)
        // What the folder has of its own is newer than any backup.
        try FileManager.default.createDirectory(atPath: own.path, withIntermediateDirectories: true)
        try settings.save(in: own)
        try own.replace(own.notices, with: told + told)
        _ = try HubRescue.restore(own, from: backup, key: key, epoch: 0, actor: "test")
        #expect(try NoticeSettings(folder: own) == settings)
        #expect(try own.read(own.notices) == told + told)
    }

    @Test("a hub started on a backup as it is neither exchanges nor decides")
    func started() throws {
        let hub = try TestNode.hub()
        let target = place()
        defer { try? FileManager.default.removeItem(atPath: target.path) }
        _ = try Backup.make(of: hub.site.folder, to: target)
        for (name, file) in [("token", target.token), ("hub.key", target.hubKey)] {
            try FileManager.default.copyItem(atPath: hub.site.folder.path + "/" + name, toPath: file)
        }
        let site = try Site(folder: target)
        #expect(site.contradiction?.contains("hub restore") == true)
        site.storage.close()
    }
}
