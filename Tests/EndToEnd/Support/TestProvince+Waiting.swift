import Standards

extension TestProvince {
    /// Waits until a branch has sent everything and read everything, as far as it and the hub know.
    func waitUntilLevel(_ cities: [String]? = nil, seconds: Double = Moment.patienceSeconds) throws {
        for city in cities ?? branches.keys.sorted() {
            let branch = try branch(city)
            try Moment.wait(for: "\(city) to be level with the hub", seconds: seconds) {
                let status = try branch.status()
                guard try status.text("exchange", "phase") == "open", try status.number("backlog") == 0 else {
                    return false
                }
                let peers = try hub.status().list("peers")
                return peers.contains { $0["site"] == .string(Self.site(city)) && $0["lag"] == 0 && $0["backlog"] == 0 }
            }
        }
    }

    /// Waits until each branch and the hub fold what that branch may see into the same states.
    func waitUntilEqual(_ cities: [String]? = nil, seconds: Double = Moment.patienceSeconds) throws {
        try waitUntilLevel(cities, seconds: seconds)
        for city in cities ?? branches.keys.sorted() {
            let branch = try branch(city)
            let site = Self.site(city)
            try Moment.wait(for: "the digests of \(city) and the hub to be equal", seconds: seconds) {
                try branch.digest(for: site) == hub.digest(for: site)
            }
        }
    }
}
