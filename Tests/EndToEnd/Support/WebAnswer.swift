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
        let length = headers["content-length"].flatMap { Int($0) } ?? 0
        guard rest.count >= length else { return nil }
        self.status = status
        self.headers = headers
        body = Array(rest[..<length])
    }
}
