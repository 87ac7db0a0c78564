import HTTP
import Standards

extension NodeClient {
    /// Writes bytes that are no JSON.
    /// - Parameter type: their media type.
    func post(
        _ path: String, _ query: [Item], bytes: [UInt8], type: String, key: String? = nil, match etag: String? = nil
    ) throws -> NodeAnswer {
        var request = ClientRequest(.post, Self.target(path, query), body: bytes)
        request.headers["Content-Type"] = type
        request.headers["Idempotency-Key"] = key
        request.headers["If-Match"] = etag
        return try call(request, path, Self.deadlineSeconds)
    }
}
