import Standards

/// Which site an imported ticket belongs to.
///
///     {"constant": "nx-yinchuan"}
///     {"column": "State", "values": {"Maryland": "nx-yinchuan"}, "otherwise": "nx-guyuan"}
///     {"column": "City", "rotate": ["nx-yinchuan", "nx-wuzhong"]}
///
/// `rotate` spreads what `values` does not list over several sites by a hash of the cell that is the same in every
/// process, so importing a file again sends each row to the same site.
public struct HomeRule: Hashable, Sendable {
    /// What happens to a cell that the table does not list.
    public enum Fallback: Hashable, Sendable {
        case reject
        case site(String)
        case rotate([String])
    }

    /// Nil when every row goes to ``fallback``.
    public let column: ColumnJoin?
    public let table: ValueTable?
    public let fallback: Fallback

    public init(column: ColumnJoin?, table: ValueTable?, fallback: Fallback) {
        self.column = column
        self.table = table
        self.fallback = fallback
    }

    /// Every site it can name, sorted.
    public var sites: [String] {
        var sites = Set((table?.outcomes ?? []).compactMap(\.textValue))
        switch fallback {
        case .reject: break
        case .site(let site): sites.insert(site)
        case .rotate(let rotation): sites.formUnion(rotation)
        }
        return sites.sorted()
    }

    /// The site for a cell; nil when the rule lists no such cell.
    public func site(for cell: String) -> String? {
        if let listed = table?.listed(cell)?.textValue { return listed }
        switch fallback {
        case .reject: return nil
        case .site(let site): return site
        case .rotate(let sites): return sites[Int(Self.stableHash(cell) % UInt64(sites.count))]
        }
    }

    /// FNV-1a over the UTF-8 bytes, its halves folded so that the low bits depend on every byte.
    private static func stableHash(_ text: String) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return hash ^ hash >> 32
    }
}

extension HomeRule {
    /// The most sites a rotation may name.
    public static let rotationLimit = 200

    private static let site = TextShape(
        "a site's identifier such as nx-yinchuan", length: 5...23
    ) { scalar, isFirst in
        switch scalar {
        case "a"..."z": true
        case "0"..."9", "-": !isFirst
        default: false
        }
    }

    init?(reading reader: JSONReader) {
        let accepts: (ImportValue) -> String? = { value in
            if let text = value.textValue, Self.site.matches(text) { nil } else { "must be \(Self.site.name)" }
        }
        if reader.has("constant") {
            guard let site = reader.text("constant", Self.site) else { return nil }
            self.init(column: nil, table: nil, fallback: .site(site))
            return
        }
        let column = ColumnJoin(reading: reader)
        let table = ValueTable.read(reader, accepts)
        let otherwise = reader.value("otherwise", .optional)?.stringValue
        let rotation = reader.texts("rotate", Self.site, count: 1...Self.rotationLimit, .optional)
        let ways = ["values", "otherwise", "rotate"].filter(reader.has)
        if ways.isEmpty {
            reader.report(nil, "names no site", "give \"values\", \"otherwise\" or \"rotate\"")
        }
        if reader.has("otherwise"), reader.has("rotate") {
            reader.report("rotate", "does the same as otherwise", "keep one of them")
        }
        guard let column, !ways.isEmpty else { return nil }
        let fallback = rotation.isEmpty ? otherwise.map(Fallback.site) ?? .reject : .rotate(rotation)
        self.init(column: column, table: table, fallback: fallback)
    }
}
