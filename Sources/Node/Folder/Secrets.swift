import Foundation
import Hashing
import Replication

/// Keys and tokens: drawn from the system's generator, compared in constant time.
public enum Secrets {
    public static func random(bytes count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }

    public static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { byte in
            let digits = String(byte, radix: 16)
            return digits.utf8.count == 1 ? "0" + digits : digits
        }.joined()
    }

    /// What ``hex(_:)`` was given; nil for anything else.
    public static func bytes(hex: String) -> [UInt8]? {
        let digits = Array(hex.utf8)
        guard digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            let pair = digits[index...index + 1]
            guard pair.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
                let byte = UInt8(String(decoding: pair, as: UTF8.self), radix: 16)
            else { return nil }
            bytes.append(byte)
        }
        return bytes
    }

    /// What a site shows to the hub: derived from the hub key, so that an empty hub can tell who is calling, and
    /// bound to a serial, so that it can be revoked.
    public static func credential(of site: SiteID, serial: Int64, hubKey: [UInt8]) -> String {
        let code = HMACSHA256.authenticate(Array("credential \(site.text) \(serial)".utf8), key: hubKey)
        return "\(site.text).\(serial).\(hex(code))"
    }

    public static func hash(_ token: String) -> [UInt8] { SHA256.hash(Array(token.utf8)) }
}
