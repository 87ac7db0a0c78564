import Foundation
import FoundationNetworking
import Standards

/// Speaks with one node and waits for its answers.
final class NodeClient: Sendable {
    /// A query's item.
    typealias Item = (name: String, value: String)

    /// How long one request may take, unless a caller says otherwise.
    static let deadlineSeconds = 30.0
    private static let connectionsMax = 8

    let address: NodeAddress
    private let actor: String
    private let session: URLSession
    private let transport = Transport()

    /// - Parameter actor: who acts, as timelines will show it.
    init(_ address: NodeAddress, actor: String) {
        self.address = address
        self.actor = actor
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpMaximumConnectionsPerHost = Self.connectionsMax
        configuration.timeoutIntervalForRequest = 600
        configuration.httpShouldSetCookies = false
        configuration.urlCache = nil
        session = URLSession(configuration: configuration, delegate: transport, delegateQueue: nil)
    }

    deinit { session.finishTasksAndInvalidate() }

    /// Reads something.
    func get(_ path: String, _ query: [Item] = [], deadlineSeconds: Double = deadlineSeconds) throws -> NodeAnswer {
        try call("GET", path, query, nil, [:], deadlineSeconds)
    }

    /// Writes something.
    ///
    /// - Parameter key: makes a repetition harmless: the node answers the second call like the first.
    func post(
        _ path: String, _ body: JSONValue? = nil, key: String? = nil, match etag: String? = nil,
        deadlineSeconds: Double = deadlineSeconds
    ) throws -> NodeAnswer {
        var headers: [String: String] = [:]
        headers["Idempotency-Key"] = key
        headers["If-Match"] = etag
        return try call("POST", path, [], body, headers, deadlineSeconds)
    }

    /// A path's segment, encoded.
    static func segment(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
    }

    private static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")

    private func call(
        _ method: String, _ path: String, _ query: [Item], _ body: JSONValue?, _ headers: [String: String],
        _ deadlineSeconds: Double
    ) throws -> NodeAnswer {
        let operation = "\(method == "GET" ? "read" : "write") \(path) at \(address.url.absoluteString)"
        let request = try request(method, path, query, body, headers)
        let ending = transport.carry(request, over: session, deadlineSeconds: deadlineSeconds)
        guard ending.failure == nil, let response = ending.response else {
            throw CommandError(
                .unreachable, operation, reason: ending.failure ?? "the connection failed",
                remedy: "see that the node runs and the address is its own, then try again")
        }
        let json = try? JSONValue(parsing: Array(ending.body), sizeLimit: Transport.answerBytesMax)
        guard (200...299).contains(response.statusCode) else {
            throw Problem(status: response.statusCode, json: json).error(operation)
        }
        guard let json = ending.body.isEmpty ? .null : json else {
            throw CommandError(
                .unreachable, operation, reason: "what answers there does not speak JSON",
                remedy: "see that the address is that of a node")
        }
        return NodeAnswer(status: response.statusCode, json: json, headers: Self.headers(response))
    }

    private func request(
        _ method: String, _ path: String, _ query: [Item], _ body: JSONValue?, _ headers: [String: String]
    ) throws -> URLRequest {
        let items = query.map { "\(Self.segment($0.name))=\(Self.segment($0.value))" }.joined(separator: "&")
        var base = address.url.absoluteString
        while base.hasSuffix("/") { base.removeLast() }
        guard let url = URL(string: base + path + (items.isEmpty ? "" : "?" + items)) else {
            throw CommandError.usage("`\(path)` makes no address", "check the words you gave")
        }
        var request = URLRequest(url: url)
        request.httpMethod = method
        request.setValue("Bearer \(address.token)", forHTTPHeaderField: "Authorization")
        request.setValue(Self.segment(actor), forHTTPHeaderField: "Tributary-Actor")
        // On a connection that is used again and turns out dead, Foundation repeats the head without the body and both
        // ends wait. A new connection for each request is never repeated.
        request.setValue("close", forHTTPHeaderField: "Connection")
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        if let body {
            request.httpBody = Data(body.bytes())
            request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        } else if method == "POST" {
            request.httpBody = Data()
        }
        return request
    }

    private static func headers(_ response: HTTPURLResponse) -> [String: String] {
        var headers: [String: String] = [:]
        for (name, value) in response.allHeaderFields {
            guard let name = name as? String, let value = value as? String else { continue }
            headers[name.lowercased()] = value
        }
        return headers
    }
}
