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

    @Test("what is saved without its secret holds notices, as no settings do; the file needs none")
    func held() throws {
        try Self.withFolder { folder in
            #expect(try NoticeSettings(folder: folder).hold == .notSet)
            var settings = NoticeSettings()
            settings.writesFile = true
            try settings.save(in: folder)
            #expect(try NoticeSettings(folder: folder).hold == nil)
            settings.gateway = .init(url: "http://a/", secret: String(repeating: "s", count: 32), honoursKeys: true)
            #expect(settings.hold == nil)
            try settings.saveWithoutSecret(in: folder)
            let bare = try NoticeSettings(folder: folder)
            #expect(bare.hold == .noSecret && bare.gateway?.url == "http://a/" && bare.honoursKeys)
        }
    }

    @Test("a secret is the first line of its file, of printable ASCII, whichever way its line ends")
    func secret() throws {
        for text in ["abc d", "abc d\n", "abc d\r\nnext\n"] {
            #expect(try NoticeSettings.secret(in: Array(text.utf8)) == "abc d", "\(text)")
        }
        for text in ["", "\nabc", "\r\n", "密\n", "a\tb\n", "a\rb\n"] {
            #expect(throws: NodeError.self, "\(text)") { try NoticeSettings.secret(in: Array(text.utf8)) }
        }
    }

    @Test("a long file is known wherever its pieces end, and a line that is none of ours is passed over")
    func long() throws {
        try Self.withFolder { folder in
            let lines = (0..<250).map { "{\"key\": \"\($0)\", \"text\": \"\(String(repeating: "x", count: 600))\"}\n" }
            let alien = String(repeating: "y", count: 200_000) + "\n"
            let text = lines[..<125].joined() + alien + lines[125...].joined()
            try folder.replace(folder.notices, with: Array(text.utf8))
            let file = NoticeFile(folder: folder)
            for number in 0..<250 { try file.send(["key": .string("\(number)")], key: "\(number)") }
            #expect(try folder.read(folder.notices).count == text.utf8.count)
            try file.send(["key": "new"], key: "new")
            #expect(try folder.read(folder.notices).count > text.utf8.count)
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
