/// A province as a file describes it: one hub and its branches, where they are, who works there, how they are linked.
///
///     {"format": 1,
///      "province": {"id": "nx", "name": {"zh": "宁夏", "en": "Ningxia"}, "timeZone": "+08:00"},
///      "sites": [{"id": "nx-hub", "role": "hub", "divisionCode": "640000", "name": {"zh": …, "en": …},
///                 "longitude": 106.28, "latitude": 38.47, "staff": {"clerks": 12, "technicians": 0},
///                 "link": {"latencyMilliseconds": 1, "kilobitsPerSecond": 100000, "lossPerMille": 0},
///                 "ticketLetters": "HB"}, …]}
///
/// `link` is required of branches; `ticketLetters` may be left out and is then derived from the identifier.
public struct Topology: Hashable, Sendable {
    /// The largest file read, in bytes.
    public static let sizeLimit = 1 << 20
    /// The most sites of a province.
    public static let siteLimit = 200
    /// Degrees east and north between which China lies.
    public static let longitudes = 73.0...136.0
    public static let latitudes = 3.0...54.0

    public let province: Province
    /// In the order of the file; exactly one is the hub.
    public let sites: [TopologySite]

    public init(province: Province, sites: [TopologySite]) {
        self.province = province
        self.sites = sites
    }

    /// The provincial hub, which every checked topology has.
    public var hub: TopologySite? { sites.first { $0.role == .hub } }

    /// The branches, in the order of the file.
    public var branches: [TopologySite] { sites.filter { $0.role == .branch } }

    public func site(_ id: String) -> TopologySite? { sites.first { $0.id == id } }
}
