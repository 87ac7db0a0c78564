import Foundation
import Standards

/// What an HTTP server answered.
struct WebAnswer: Sendable {
    let status: Int
    /// By lower-case name.
    let headers: [String: String]
    let body: [UInt8]

    static let bytesMax = 64 * 1024 * 1024

    /// The body, or an empty object when it is not JSON.
    var json: JSONValue { (try? JSONValue(parsing: body, sizeLimit: Self.bytesMax)) ?? [:] }

    var text: String { String(decoding: body, as: UTF8.self) }

    var etag: String? { headers["etag"] }

    /// What a problem document says.
    var detail: String { json["detail"]?.stringValue ?? text }

    /// - Parameter bytes: all that came until the server closed the connection.
    /// - Returns: nil if the answer is cut short.
    init?(bytes: [UInt8]) {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        let first = lines[0].split(separator: " ")
        guard first.count >= 2, let status = Int(first[1]) else { return nil }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { return nil }
            headers[line[..<colon].lowercased()] = line[line.index(after: colon)...].trimmingCharacters(
                in: .whitespaces)
        }
        let rest = Array(bytes[end.upperBound...])
        self.status = status
        self.headers = headers
        if headers["transfer-encoding"] == "chunked" {
            guard let whole = Self.unchunked(rest) else { return nil }
            body = whole
        } else {
            let length = headers["content-length"].flatMap { Int($0) } ?? 0
            guard rest.count >= length else { return nil }
            body = Array(rest[..<length])
        }
    }

    /// - Returns: nil if the last chunk did not come.
    private static func unchunked(_ bytes: [UInt8]) -> [UInt8]? {
        let lineEnd = Array("\r\n".utf8)
        var (whole, rest) = ([UInt8](), bytes[...])
        while let end = rest.firstRange(of: lineEnd) {
            let digits = String(decoding: rest[..<end.lowerBound].prefix { $0 != UInt8(ascii: ";") }, as: UTF8.self)
            let content = rest[end.upperBound...]
            guard let size = Int(digits, radix: 16), size >= 0, content.count >= size + lineEnd.count else {
                return nil
            }
            if size == 0 { return whole }
            whole += content.prefix(size)
            rest = content.dropFirst(size + lineEnd.count)
        }
        return nil
    }
}
