import Foundation
import Standards
import Testing

@testable import Node

@Suite struct NoticeSettingsTests {
    private static func withFolder(_ body: (DataFolder) throws -> Void) throws {
        let folder = DataFolder(NSTemporaryDirectory() + "notices-" + UUID().uuidString)
        try folder.create()
        defer { try? FileManager.default.removeItem(atPath: folder.path) }
        try body(folder)
    }

    private static func problem(_ change: (inout NoticeSettings) -> Void) -> String? {
        var settings = NoticeSettings()
        change(&settings)
        do { try settings.check() } catch { return "\(error)" }
        return nil
    }

    @Test("what is saved is read again, by its owner only, and the secret is shown to nobody")
    func saved() throws {
        try Self.withFolder { folder in
            #expect(try NoticeSettings(folder: folder) == NoticeSettings())
            var settings = NoticeSettings()
            settings.language = .en
            settings.linkBase = "https://service.example"
            settings.routes = [.init(channel: "wechat", field: "wechatId"), .sms]
            settings.gateway = .init(
                url: "https://sms.example/x", secret: String(repeating: "密", count: 11), honoursKeys: true)
            try settings.save(in: folder)
            #expect(try NoticeSettings(folder: folder) == settings)
            #expect(!String(decoding: settings.shown.bytes(), as: UTF8.self).contains("密"))
            let facts = try FileManager.default.attributesOfItem(atPath: folder.noticeSettings)
            #expect(facts[.posixPermissions] as? Int == 0o600)
            try folder.replace(folder.noticeSettings, with: Array("{\"gateway\": {}}".utf8))
            #expect(throws: NodeError.self) { try NoticeSettings(folder: folder) }
        }
    }

    @Test("what could not be sent by is refused: addresses, and secrets that are too short or too long")
    func refused() {
        let secret = { (count: Int) in
            Self.problem {
                $0.gateway = .init(url: "http://a/", secret: String(repeating: "s", count: count), honoursKeys: false)
            }
        }
        for count in [32, 1_024] { #expect(secret(count) == nil) }
        for count in [31, 1_025] { #expect(secret(count)?.contains("32 to 1024 bytes") == true) }
        #expect(
            Self.problem {
                $0.gateway = .init(url: "ftp://a", secret: String(repeating: "s", count: 32), honoursKeys: false)
            } != nil)
        #expect(Self.problem { $0.linkBase = "https://a/" } != nil)
        #expect(Self.problem { $0.routes = [] } != nil)
        #expect(Self.problem { $0.routes = Array(repeating: .sms, count: NoticeSettings.routesMax) } == nil)
        #expect(Self.problem { $0.routes = Array(repeating: .sms, count: NoticeSettings.routesMax + 1) } != nil)
    }

    @Test("a line that was cut off, wherever, is no notice: it is written again whole, and a whole one is not")
    func cutOff() throws {
        try Self.withFolder { folder in
            try NoticeFile(folder: folder).send(["key": "a", "text": "一"], key: "a")
            let first = try #require(FileManager.default.contents(atPath: folder.notices))
            try NoticeFile(folder: folder).send(["key": "b", "text": "二"], key: "b")
            let both = try #require(FileManager.default.contents(atPath: folder.notices))
            for length in first.count...both.count {
                try both.prefix(length).write(to: URL(fileURLWithPath: folder.notices))
                let file = NoticeFile(folder: folder)
                for _ in 0..<2 { try file.send(["key": "b", "text": "二"], key: "b") }
                #expect(FileManager.default.contents(atPath: folder.notices) == both, "cut after \(length) bytes")
            }
        }
    }
}
