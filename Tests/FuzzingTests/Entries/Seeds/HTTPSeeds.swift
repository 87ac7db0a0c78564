enum HTTPSeeds {
    private static let requests = [
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET http://a/b%20c?x=1&y HTTP/1.0\r\nConnection: keep-alive\r\n\r\nOPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /api HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabcPUT /x HTTP/1.1\r\nHost: a\r\n"
            + "Content-Length: 2\r\n\r\nabHEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n"
            + "3;x=y\r\nabc\r\n0\r\nT: v\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
    ]
    private static let responses = [
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n"
            + "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcHTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
        "HTTP/1.0 404 Not Found\r\nX:y\r\n\r\nHTTP/1.1 200 OK\r\n\r\nuntil the end",
    ]

    /// The first two bytes are read by ``HTTPEntry``: requests for the parser and for the connection, with usual and
    /// with narrow limits.
    static let all =
        seeds("request", requests, forms: [0, 2, 4, 10, 14]) + seeds("response", responses, forms: [1, 5])

    private static func seeds(_ name: String, _ texts: [String], forms: [UInt8]) -> [FuzzSeed] {
        var seeds: [FuzzSeed] = []
        for (number, text) in texts.enumerated() {
            for form in forms {
                seeds.append(FuzzSeed("\(name)-\(number)-\(form)", [form, UInt8(number)] + Array(text.utf8)))
            }
        }
        return seeds
    }

    static let words = [
        "\r\n", "\r\n\r\n", "GET ", "HEAD ", "POST ", "PUT ", "OPTIONS * ", " HTTP/1.1\r\n", " HTTP/1.0\r\n",
        "HTTP/1.1 200 OK\r\n", "HTTP/1.1 304 \r\n", "Host: a\r\n", "Content-Length: 3\r\n", "Content-Length: ",
        "Transfer-Encoding: chunked\r\n", "Connection: close\r\n", "Connection: keep-alive\r\n",
        "Expect: 100-continue\r\n", "0\r\n\r\n", "ffffffffffffffff", "%2e%2e", "%2F", "http://", "//", "..", "\t",
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
    ]
}
