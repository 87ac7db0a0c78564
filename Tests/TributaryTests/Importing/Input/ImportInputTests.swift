import Foundation
import ServiceDesk
import Testing

@testable import tributary

/// Files of every encoding, packed or not, on their way to the parser.
@Suite struct ImportInputTests {
    private static let text = "No,Title\n1,客户投诉网络故障，请尽快处理\n2,银川市用户的宽带不能用了\n"
    private static let gb18030 = String.Encoding(rawValue: 0x8000_0632)

    /// Reads a file of these bytes to its end.
    private func read(
        _ bytes: [UInt8], declared: TextEncoding? = nil, name: String = "file.csv", format: String? = nil
    ) throws -> (text: [UInt8], input: ImportInput) {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("input-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent(name)
        try Data(bytes).write(to: path)
        let input = try ImportInput(path.path, declared: declared, format: format)
        var text: [UInt8] = []
        while true {
            let piece = try input.next()
            if piece.isEmpty { break }
            text += piece
        }
        return (text, input)
    }

    private func encoded(_ text: String, _ encoding: String.Encoding) throws -> [UInt8] {
        Array(try #require(text.data(using: encoding)))
    }

    @Test("UTF-8 comes through as it is, with and without a byte order mark")
    func utf8() throws {
        for mark in ["", "\u{FEFF}"] {
            let bytes = Array((mark + Self.text).utf8)
            #expect(try read(bytes).text == bytes)
        }
    }

    @Test("UTF-16 is read by its mark, or by its name where it has none")
    func utf16() throws {
        let little = try encoded(Self.text, .utf16LittleEndian)
        let big = try encoded(Self.text, .utf16BigEndian)
        #expect(try read([0xFF, 0xFE] + little).text == Array(("\u{FEFF}" + Self.text).utf8))
        #expect(try read([0xFE, 0xFF] + big, declared: .utf16).text == Array(("\u{FEFF}" + Self.text).utf8))
        #expect(try read(big, declared: .utf16BigEndian).text == Array(Self.text.utf8))
        #expect(throws: CommandError.self) { try read(little) }
        #expect(throws: CommandError.self) { try read(little, declared: .utf16) }
    }

    @Test("GB18030 is read when it is named, and when its characters are plainly Chinese, and then that is said")
    func gb18030() throws {
        let bytes = try encoded(Self.text, Self.gb18030)
        #expect(try read(bytes, declared: .gb18030).text == Array(Self.text.utf8))
        let (text, input) = try read(bytes)
        #expect(text == Array(Self.text.utf8))
        #expect(input.remark?.contains("GB18030") == true)
    }

    @Test("bytes that are neither UTF-8 nor plainly Chinese are refused, and shown both ways")
    func refused() throws {
        let error = #expect(throws: CommandError.self) {
            try read(try encoded("No,Title\n1,São Leopoldo não há conexão\n", .isoLatin1))
        }
        #expect(error?.remedy.contains("--encoding gb18030") == true)
        #expect(error?.details.count == 2)
        #expect(error?.details.last?.hasPrefix("as GB18030: 1,S") == true)
    }

    @Test("a file of both encodings, and one whose end is another's, are refused rather than guessed")
    func mixed() throws {
        let chinese = try encoded(String(repeating: Self.text, count: 40), Self.gb18030)
        #expect(throws: CommandError.self) { try read(chinese + Array("3,宽带用户投诉网络\n".utf8)) }
        let long = try encoded(String(repeating: Self.text, count: 20_000), Self.gb18030)
        #expect(long.count > EncodingChoice.sampleBytes)
        #expect(try read(long).input.encoding == .gb18030)
        #expect(throws: CommandError.self) { try read(long + Array("3,宽带用户投诉网络\n".utf8)) }
    }

    @Test("a character torn by the end of the file costs its record alone")
    func torn() throws {
        let (text, input) = try read(Array(Self.text.utf8) + [0xE4, 0xBD])
        #expect(input.encoding == .utf8)
        #expect(text.count == Self.text.utf8.count + 2)
    }

    @Test("a stray NUL does not make a file something else")
    func strayNUL() throws {
        let bytes = Array(Self.text.utf8) + [0x00, 0x0A]
        #expect(try read(bytes).text == bytes)
    }

    @Test("a mark that contradicts the named encoding is refused")
    func contradiction() {
        #expect(throws: CommandError.self) { try read(Array(("\u{FEFF}" + Self.text).utf8), declared: .gb18030) }
    }

    @Test("characters that are cut by the end of a piece are whole, wherever the cut falls")
    func cuts() throws {
        let text = String(repeating: "你好，😀 \u{9FA5}a", count: 40)
        let bytes = try encoded(text, Self.gb18030)
        for size in [1, 2, 3, 5, 64] {
            let decoder = try TextDecoder(from: .gb18030)
            var decoded: [UInt8] = []
            for start in stride(from: 0, to: bytes.count, by: size) {
                decoded += decoder.decode(Array(bytes[start..<min(start + size, bytes.count)]))
            }
            decoded += decoder.decode([], isLast: true)
            #expect(decoded == Array(text.utf8), "pieces of \(size)")
        }
    }

    @Test("a byte that means nothing rejects its record and no other")
    func badByte() throws {
        var bytes = try encoded("No,Title\n1,好\n2,", Self.gb18030)
        bytes += [0xFF, 0x0A] + (try encoded("3,好\n4,", Self.gb18030)) + [0xC4]
        let (text, _) = try read(bytes, declared: .gb18030)
        var parser = CSVParser(encoding: "GB18030")
        let items = parser.feed(text) + parser.finish()
        let rejected = items.compactMap { if case .rejected(let rejection) = $0 { rejection } else { nil } }
        #expect(rejected.map(\.line) == [3, 5])
        #expect(rejected.first?.reason == "is not valid GB18030")
        #expect(items.count == 5)
    }

    @Test("a packed file is unpacked, and a damaged one fails after what could be read")
    func packed() throws {
        let plain = Array(String(repeating: Self.text, count: 3_000).utf8)
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("packed-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("file.csv")
        try Data(plain).write(to: path)
        let gzip = Process()
        gzip.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        gzip.arguments = ["gzip", "-1", path.path]
        try gzip.run()
        gzip.waitUntilExit()
        let bytes = Array(try Data(contentsOf: folder.appendingPathComponent("file.csv.gz")))
        #expect(try read(bytes, name: "file.csv.gz").text == plain)
        #expect(throws: CommandError.self) { try read(Array(bytes.dropLast(20)), name: "file.csv.gz") }
    }

    @Test("JSON Lines are known by the file's name, packed or not, or by the option")
    func jsonLines() throws {
        #expect(try read([], name: "a.jsonl").input.isJSONLines)
        #expect(try read([], name: "a.csv", format: "jsonl").input.isJSONLines)
        #expect(try !read([], name: "a.csv").input.isJSONLines)
    }
}
