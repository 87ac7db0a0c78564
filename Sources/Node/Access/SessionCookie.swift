import HTTP
import Hashing

/// The cookie that a browser shows, and what is derived from it.
public enum SessionCookie {
    public static let name = "tributary_session"
    static let tokenBytes = 32

    /// The token that a request shows; nil for none, and for more than one: then it is not known who calls.
    public static func token(_ headers: Headers) -> String? {
        let pairs = headers.values("Cookie").flatMap { $0.split(separator: ";") }
        let shown = pairs.compactMap { pair -> String? in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, parts[0].drop(while: { $0 == " " }) == name else { return nil }
            return String(parts[1])
        }
        return shown.count == 1 && shown[0].utf8.count == 2 * tokenBytes ? shown[0] : nil
    }

    /// - Parameter isSecure: whether the browser is to send it over TLS only.
    static func setting(_ token: String, isSecure: Bool) -> String {
        let seconds = AccessLimits.sessionMilliseconds / 1_000
        return "\(name)=\(token); Path=/; Max-Age=\(seconds); HttpOnly; SameSite=Strict\(isSecure ? "; Secure" : "")"
    }

    static func clearing(isSecure: Bool) -> String {
        "\(name)=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict\(isSecure ? "; Secure" : "")"
    }

    /// What a page of ours sends along when it writes. Another site's page can make a browser send the cookie at most;
    /// it cannot read this.
    public static func csrf(_ token: String) -> String {
        Secrets.hex(HMACSHA256.authenticate(Array("csrf".utf8), key: Array(token.utf8)))
    }
}
