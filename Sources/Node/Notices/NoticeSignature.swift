import Hashing

/// How a gateway knows that a notice comes from this hub, and when it was sent: the header
/// `Tributary-Signature: t=SECONDS,v1=HEX`, where HEX is HMAC-SHA256, under the shared secret, of SECONDS, a full stop
/// and the body as it came. Whoever checks it refuses times that are minutes away, so that nothing is played again.
enum NoticeSignature {
    static let header = "Tributary-Signature"

    /// - Parameter seconds: since 1970, by the hub's own clock.
    static func text(of body: [UInt8], at seconds: Int64, secret: String) -> String {
        let code = HMACSHA256.authenticate(Array("\(seconds).".utf8) + body, key: Array(secret.utf8))
        return "t=\(seconds),v1=\(Secrets.hex(code))"
    }
}
