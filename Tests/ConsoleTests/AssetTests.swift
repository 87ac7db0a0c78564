@testable import Console
import Foundation
import Hashing
import Testing

@Suite struct AssetTests {
    @Test("every file of the folder is inside the program, shortened and not changed, and nothing else is")
    func embedsWhole() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: WebFolder.path).sorted()
        #expect(Asset.all.map(\.name) == names)
        for asset in Asset.all {
            let source = Shortening.apply(to: try WebFolder.bytes(asset.name), name: asset.name)
            #expect(asset.bytes == source, "\(asset.name) is older")
        }
    }

    @Test("a tag names the content and nothing else")
    func tagsAreOfContent() {
        #expect(Set(Asset.all.map(\.entityTag)).count == Asset.all.count)
        for asset in Asset.all {
            let digest = SHA256.hash(asset.bytes).prefix(12)
            let text = digest.map { String(format: "%02x", $0) }.joined()
            #expect(asset.entityTag == "\"\(text)\"")
        }
    }

    @Test("each file is of a type that browsers take under nosniff")
    func typesAreKnown() {
        for asset in Asset.all { #expect(asset.mediaType != "application/octet-stream", "\(asset.name)") }
    }

    @Test("what browsers are sent of the console is under 200 KB in all")
    func wholeIsSmall() {
        let size = Asset.all.map(\.bytes.count).reduce(0, +)
        #expect(size < 200 << 10, "\(size) bytes")
    }

    @Test("the desk's first load is under 100 KB: the document and all that it imports before a list is shown")
    func firstLoadIsSmall() throws {
        let loaded =
            try Modules.loadedAtOnce(from: ["app.js", "list.js"]) + [
                "index.html", "boot.js", "console.css", "icon.svg",
            ]
        let size = loaded.compactMap { Asset.named($0)?.bytes.count }.reduce(0, +)
        #expect(size < 100 << 10, "\(size) bytes in \(loaded.count) files")
        #expect(loaded.count > 10)
    }
}
