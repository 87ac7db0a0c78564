import Foundation

/// Where a node listens, and what it wants to hear from whoever calls.
struct NodeAddress: Hashable, Sendable {
    let url: URL
    /// The bearer token of its API.
    let token: String

    init(url: URL, token: String) {
        self.url = url
        self.token = token
    }

    /// - Throws: when the text is no address of a node.
    init(_ text: String, token: String) throws {
        guard let url = URL(string: text), url.scheme == "http" || url.scheme == "https", url.host != nil,
            url.query == nil, url.fragment == nil
        else {
            throw CommandError.usage("`\(text)` is not the address of a node", "write it as http://127.0.0.1:7071")
        }
        guard !token.utf8.contains(where: { $0 < 0x21 || $0 > 0x7E }) else {
            throw CommandError.usage("the token has characters that none has", "copy it again")
        }
        self.init(url: url, token: token)
    }
}
