import Hashing

/// The hub's signature under a change of its own: what a site brings back as the hub's counts only with it.
///
/// HMAC-SHA-256 under the hub key over the change's canonical bytes without the seal, cut to 128 bits.
enum Seal {
    static let bytes = 16

    static func of(_ change: Change, key: [UInt8]) -> [UInt8] {
        Array(HMACSHA256.authenticate(Array("seal".utf8) + change.encoded, key: key).prefix(bytes))
    }
}

extension Change {
    /// The same change with the hub's seal at its end.
    func sealed(with key: [UInt8]) -> Change {
        guard !key.isEmpty else { return self }
        return with(edits: edits + [.seal(Seal.of(self, key: key))])
    }

    /// Whether its last edit is the seal of whoever holds `key`.
    func isSealed(with key: [UInt8]) -> Bool {
        guard !key.isEmpty, case .seal(let seal)? = edits.last else { return false }
        let expected = Seal.of(with(edits: edits.dropLast()), key: key)
        // However much of it is right takes the same time.
        return seal.count == expected.count && zip(seal, expected).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private func with(edits: [Edit]) -> Change {
        Change(
            origin: origin, sequence: sequence, stamp: stamp, entity: entity, seen: seen, actor: actor, key: key,
            edits: edits)
    }
}
