import Foundation
import ServiceDesk
import Testing

@Suite("What a file's bytes are")
struct EncodingTests {
    private static let gb18030 = String.Encoding(rawValue: 0x8000_0632)

    private func isPlausible(_ text: String, from encoding: String.Encoding = gb18030) throws -> Bool {
        let bytes = [UInt8](try #require(text.data(using: encoding)))
        let decoded = try #require(String(data: Data(bytes), encoding: Self.gb18030))
        return Self.isPlausible(bytes, decoded)
    }

    private static func isPlausible(_ bytes: [UInt8], _ decoded: String) -> Bool {
        var text = ChineseText()
        text.count(bytes, decoded: decoded)
        return text.isPlausible
    }

    @Test("Chinese of an office passes, with digits, names of places and rare characters in it")
    func chinese() throws {
        #expect(try isPlausible("客户投诉网络故障，电话无法接通，请尽快处理"))
        #expect(try isPlausible("银川市金凤区，宽带断网，已派单维修。用户：王䶮，费用120元"))
    }

    @Test("seven characters prove nothing and eight do")
    func fewest() throws {
        #expect(try !isPlausible("用户宽带不能用"))
        #expect(try isPlausible("用户宽带不能用了"))
    }

    @Test(
        "West European, Korean, Russian and Japanese text of other encodings does not pass for Chinese",
        arguments: [
            (
                "Portuguese, ISO 8859-1",
                "53e36f204c656f706f6c646f2c2056616c696461e7e36f20646520696e646973706f6e6962696c69646164652c"
                    + "206ee36f2068e120636f6e6578e36f20e0206e6f6974652c204a6f73e920436f6e636569e7e36f"
            ),
            (
                "Korean, EUC-KR",
                "b0edb0b420bad2b8b820c0cec5cdb3dd20bcd3b5b5b0a120b4c0b8b3b4cfb4d920bba1b8ae20c3b3b8aec7d820"
                    + "c1d6bcbcbfe4"
            ),
            (
                "Russian, Windows-1251",
                "c6e0ebeee1e020eaebe8e5edf2e020ede020ece5e4ebe5ededfbe920e8edf2e5f0ede5f2"
            ),
            (
                "Japanese, EUC-JP",
                "a4aab5d2cdcda4ceb6ecbef020a5a4a5f3a5bfa1bca5cda5c3a5c8a4acc3d9a4a4a4c7a4b9"
            ),
        ])
    func others(what: String, hex: String) throws {
        let bytes = stride(from: 0, to: hex.utf8.count, by: 2).compactMap { start in
            UInt8(hex.dropFirst(start).prefix(2), radix: 16)
        }
        // What does not even decode is not Chinese either.
        guard let decoded = String(data: Data(bytes), encoding: Self.gb18030) else { return }
        #expect(!Self.isPlausible(bytes, decoded), "\(what): \(decoded)")
    }

    @Test("UTF-8 is recognised across every cut of a character, and anything else is not")
    func scan() {
        let bytes = Array("a é 你 😀 z".utf8)
        for cut in 0...bytes.count {
            var scan = UTF8Scan()
            scan.feed(bytes[..<cut])
            scan.feed(bytes[cut...])
            scan.finish()
            #expect(scan.isValid && scan.hasMoreThanASCII)
        }
        for broken in [[0xFF], [0xC3], [0xE4, 0xBD], [0xC0, 0x80], [0x80], [0xED, 0xA0, 0x80]] as [[UInt8]] {
            var scan = UTF8Scan()
            for byte in broken { scan.feed([byte]) }
            scan.finish()
            #expect(!scan.isValid, "\(broken)")
        }
    }

    @Test("byte order marks are read, and agree with the encodings that they may stand in")
    func marks() {
        #expect(TextEncoding.marked([0xEF, 0xBB, 0xBF, 0x61]) == .utf8)
        #expect(TextEncoding.marked([0xFF, 0xFE]) == .utf16LittleEndian)
        #expect(TextEncoding.marked([0xFE, 0xFF]) == .utf16BigEndian)
        #expect(TextEncoding.marked([0xEF, 0xBB]) == nil)
        #expect(TextEncoding.utf16.agrees(with: .utf16BigEndian))
        #expect(!TextEncoding.gb18030.agrees(with: .utf8))
        #expect(TextEncoding("GBK") == .gb18030)
        #expect(TextEncoding("latin1") == nil)
    }
}
