/// Which database a site works on and which others it descends from: a backup that is put back, and the second of two
/// copies, go on from what another held up to a moment, and know nothing of what was written into that one afterwards.
struct Descent {
    /// What a database held at a moment.
    struct Place: Hashable {
        let database: Int
        let at: VirtualTime
    }

    /// By database: what it began with; nil for one that began empty.
    private var beginnings: [Place?]
    /// By the site's number.
    private var present: [Int]

    init(sites: Int) {
        beginnings = Array(repeating: nil, count: sites)
        present = Array(0..<sites)
    }

    /// Whether any site has ever worked on another database than its first.
    var isSplit: Bool { beginnings.count > present.count }

    /// Whether a site works on another database than its first.
    func isSplit(at site: Int) -> Bool { present[site] != site }

    func database(of site: Int) -> Int { present[site] }

    func place(of site: Int, _ now: VirtualTime) -> Place { Place(database: present[site], at: now) }

    /// One more database.
    mutating func begin(with place: Place?) -> Int {
        beginnings.append(place)
        return beginnings.count - 1
    }

    /// From now on a site works on a database.
    mutating func use(_ database: Int, at site: Int) { present[site] = database }

    /// Whether a database holds what was written at a place, unless that came to it from elsewhere.
    func holds(_ database: Int, _ place: Place) -> Bool {
        var (database, until) = (database, VirtualTime?.none)
        while database != place.database {
            guard let beginning = beginnings[database] else { return false }
            until = min(until ?? beginning.at, beginning.at)
            database = beginning.database
        }
        return until.map { place.at <= $0 } ?? true
    }
}
