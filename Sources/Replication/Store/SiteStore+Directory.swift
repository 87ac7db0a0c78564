import SQLite

extension EntityKind {
    /// A place in the topology, with its origins: the directory.
    public static var site: EntityKind { EntityKind(rawValue: 1) }
    /// The trace of a decision that may be taken once: keyed hashes only.
    public static var marker: EntityKind { EntityKind(rawValue: 2) }
}

/// The fields of a directory entry.
public enum SiteField {
    public static var id: Field { Field(rawValue: 1) }
    public static var role: Field { Field(rawValue: 2) }
    public static var nameZH: Field { Field(rawValue: 3) }
    public static var nameEN: Field { Field(rawValue: 4) }
    public static var divisionCode: Field { Field(rawValue: 5) }
    public static var ticketLetters: Field { Field(rawValue: 6) }
    /// The serial of the credential in force; lower ones are revoked.
    public static var serial: Field { Field(rawValue: 7) }
    public static var isRevoked: Field { Field(rawValue: 8) }
    /// The set of the site's origins, 8 bytes each, announced by itself.
    public static var origins: Field { Field(rawValue: 32) }
}

extension SiteStore {
    /// Keeps the origins of the directory at hand, so that a timeline can say where.
    func projectDirectory(_ row: EntityRow) throws {
        memo?.forgetDirectory()
        guard let site = row.state[SiteField.id].textValue else { return }
        let entry = DirectoryEntry(row.state)
        try noteStandby(entry.site, entry.isStandby && !entry.isRevoked)
        for origin in row.state.elements(of: SiteField.origins) {
            guard let bytes = origin.bytesValue, bytes.count == 8 else { continue }
            let raw = bytes.reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
            try database.run("INSERT OR REPLACE INTO site_origin VALUES (?, ?)", raw, site)
        }
    }
}

extension OriginID {
    /// As the directory's set holds it.
    public var value: Value {
        var writer = ByteWriter()
        writer.fixed64(raw)
        return .bytes(writer.bytes)
    }
}
