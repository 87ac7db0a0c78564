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

    /// What a site shows to the hub: derived from the hub key, so that an empty hub can tell who is calling, and
    /// bound to a serial, so that it can be revoked.
    public static func credential(of site: SiteID, serial: Int64, hubKey: [UInt8]) -> String {
        let code = HMACSHA256.authenticate(Array("credential \(site.text) \(serial)".utf8), key: hubKey)
        return "\(site.text).\(serial).\(hex(code))"
    }

    public static func hash(_ token: String) -> [UInt8] { SHA256.hash(Array(token.utf8)) }
}
