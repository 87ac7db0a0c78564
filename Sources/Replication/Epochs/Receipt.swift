import Hashing

/// The hub's own word for what it has stored of a site and given to it, which the site keeps and shows at its next
/// hello: only with it can anybody prove to a hub that it was put back. A site's mere claim must not stop a province.
///
/// Two HMAC-SHA-256 codes under the hub key, cut to 128 bits.
public struct Receipt: Equatable, Sendable {
    public internal(set) var origin: OriginID
    public internal(set) var epoch: Epoch
    public internal(set) var stored = Chain.start
    public internal(set) var storedCode: [UInt8] = []
    public internal(set) var feed = Chain.start
    public internal(set) var feedCode: [UInt8] = []

    init(origin: OriginID, epoch: Epoch) {
        self.origin = origin
        self.epoch = epoch
    }

    static func code(
        _ what: String, _ chain: Chain, _ origin: OriginID, of site: SiteID, in epoch: Epoch, key: [UInt8]
    ) -> [UInt8] {
        var writer = ByteWriter()
        writer.text("receipt")
        writer.text(what)
        writer.text(site.text)
        writer.fixed64(origin.raw)
        writer.epoch(epoch)
        writer.chain(chain)
        return Array(HMACSHA256.authenticate(writer.bytes, key: key).prefix(16))
    }

    /// Takes what an answer confirms.
    mutating func take(_ answer: ExchangeAnswer) {
        if !answer.storedCode.isEmpty { (stored, storedCode) = (answer.stored, answer.storedCode) }
        if !answer.feedCode.isEmpty { (feed, feedCode) = (answer.feed, answer.feedCode) }
    }

    /// Of both, those that the holder of `key` has written for this site.
    func proven(for site: SiteID, key: [UInt8]) -> (stored: Chain?, feed: Chain?) {
        guard !key.isEmpty else { return (nil, nil) }
        let isStored =
            !storedCode.isEmpty && storedCode == Self.code("stored", stored, origin, of: site, in: epoch, key: key)
        let isFeed = !feedCode.isEmpty && feedCode == Self.code("feed", feed, origin, of: site, in: epoch, key: key)
        return (isStored ? stored : nil, isFeed ? feed : nil)
    }

    var encoded: [UInt8] {
        var writer = ByteWriter()
        writer.fixed64(origin.raw)
        writer.epoch(epoch)
        writer.chain(stored)
        writer.block(storedCode)
        writer.chain(feed)
        writer.block(feedCode)
        return writer.bytes
    }

    init(encoded: [UInt8]) throws {
        var reader = ByteReader(encoded)
        origin = OriginID(raw: try reader.fixed64())
        epoch = try reader.epoch()
        stored = try reader.chain()
        storedCode = try reader.block()
        feed = try reader.chain()
        feedCode = try reader.block()
        try reader.expectEnd()
    }
}
