extension Topology {
    /// Reads a province file and lists everything that is wrong with it.
    ///
    /// - Parameter bytes: the file, UTF-8 JSON of at most ``sizeLimit`` bytes.
    /// - Returns: the topology and no findings, or nil and at least one finding.
    public static func check(_ bytes: [UInt8]) -> (Topology?, [Finding]) {
        guard bytes.count <= sizeLimit else {
            let problem =
                "the file has \(bytes.count) bytes, and a topology at most \(sizeLimit) and \(siteLimit) sites"
            return (nil, [Finding(path: "", problem: problem, remedy: smaller)])
        }
        return JSONReader.check(bytes, sizeLimit: sizeLimit) { reader in
            reader.format(1)
            let province = reader.object("province", read: Province.init(reading:))
            if let count = reader.value("sites", .optional)?.arrayValue?.count, count > siteLimit {
                reader.report("sites", "there are \(count) sites, and a topology has at most \(siteLimit)", smaller)
                return nil
            }
            var claims = SiteClaims(provinceID: province?.id)
            let drafts = reader.objects("sites", count: 1...siteLimit) { TopologySite.Draft(reading: $0, &claims) }
            if !claims.hasNone, claims.hubs == 0 {
                reader.report("sites", "there is no hub", "give exactly one site the role \"hub\"")
            }
            guard let province else { return nil }
            let letters = TicketLetters.assign(drafts.map { ($0.id, $0.ticketLetters) })
            return Topology(province: province, sites: zip(drafts, letters).map { $0.site(ticketLetters: $1) })
        }
    }

    private static let smaller =
        "describe one province: \(siteLimit) sites are its hub and a branch for each of \(siteLimit - 1) counties"
}

extension Province {
    init?(reading reader: JSONReader) {
        let id = reader.text("id", .twoLetters)
        let name = reader.object("name", read: LocalText.init(reading:))
        let zoneText = reader.text("timeZone", .line(6))
        let zone = zoneText.flatMap(ZoneOffset.init(_:))
        if zoneText != nil, zone == nil {
            reader.report("timeZone", "is not a distance from UTC", "write it as \"+08:00\"")
        }
        guard let id, let name, let zone else { return nil }
        self.init(id: id, name: name, timeZone: zone)
    }
}

/// What the sites of one file may hold only once.
private struct SiteClaims {
    let provinceID: String?
    var ids = UniqueNames("site")
    var letters = UniqueNames("ticket letters")
    var hubs = 0
    var hasNone = true

    init(provinceID: String?) { self.provinceID = provinceID }
}

extension TopologySite {
    /// A site as read, before letters have been found for those that state none.
    fileprivate struct Draft {
        let id: String
        let ticketLetters: String?
        private let role: SiteRole
        private let divisionCode: String
        private let name: LocalText
        private let longitude: Double
        private let latitude: Double
        private let staff: Staffing
        private let link: LinkProfile?

        init?(reading reader: JSONReader, _ claims: inout SiteClaims) {
            claims.hasNone = false
            let id = Self.id(reading: reader, &claims)
            let role = Self.role(reading: reader, &claims)
            let divisionCode = reader.text("divisionCode", .divisionCode)
            let name = reader.object("name", read: LocalText.init(reading:))
            let longitude = reader.number("longitude", in: Topology.longitudes)
            let latitude = reader.number("latitude", in: Topology.latitudes)
            let staff = reader.object("staff", read: Staffing.init(reading:))
            let link = reader.object("link", role == .hub ? .optional : .required, read: LinkProfile.init(reading:))
            ticketLetters = reader.text("ticketLetters", .ticketLetters, .optional)
            if let ticketLetters {
                claims.letters.claim(ticketLetters, at: reader.path(of: "ticketLetters"), reader.log)
            }
            guard let id, let role, let divisionCode, let name, let longitude, let latitude, let staff else {
                return nil
            }
            self.id = id
            self.role = role
            self.divisionCode = divisionCode
            self.name = name
            self.longitude = longitude
            self.latitude = latitude
            self.staff = staff
            self.link = link
        }

        func site(ticketLetters: String) -> TopologySite {
            TopologySite(
                id: id, role: role, divisionCode: divisionCode, name: name, longitude: longitude, latitude: latitude,
                staff: staff, link: link, ticketLetters: ticketLetters)
        }

        private static func id(reading reader: JSONReader, _ claims: inout SiteClaims) -> String? {
            guard let id = reader.text("id", .line(23)) else { return nil }
            claims.ids.claim(id, at: reader.path(of: "id"), reader.log)
            let parts = id.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, TextShape.twoLetters.matches(parts[0]), TextShape.siteStem.matches(parts[1]) else {
                reader.report(
                    "id",
                    "\(Finding.quote(id)) must be two lower-case letters, a hyphen and \(TextShape.siteStem.name)",
                    "write it as \"\(claims.provinceID ?? "nx")-city\"")
                return nil
            }
            if let provinceID = claims.provinceID, parts[0] != provinceID {
                reader.report(
                    "id", "\(Finding.quote(id)) does not begin with the province's letters",
                    "begin it with \"\(provinceID)-\"")
            }
            return id
        }

        private static func role(reading reader: JSONReader, _ claims: inout SiteClaims) -> SiteRole? {
            let role = reader.choice("role", of: SiteRole.self)
            if role == .hub {
                claims.hubs += 1
                if claims.hubs > 1 {
                    reader.report("role", "there is more than one hub", "make all but one of them a branch")
                }
            }
            return role
        }
    }
}
