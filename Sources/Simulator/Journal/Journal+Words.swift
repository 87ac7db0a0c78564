extension Journal {
    /// What a breach is about.
    enum Subject {
        /// A ticket, by its identifier.
        case ticket(String)
        case change(Key)
        case charge(String)
    }

    /// Deeds that are told of one breach, the last ones.
    private static let told = 8

    /// Who did what, when and where.
    /// - Parameter site: a site's identifier by its number.
    func words(about subject: Subject, site: (Int) -> String) -> [String] {
        entries.filter { Self.concerns($0.deed, subject) }.suffix(Self.told).map { entry in
            let told = entry.acknowledged.map { "told at \(DurationText.clock($0))" } ?? "never told of it"
            let arrived = entry.admitted.map { ", at the hub at \(DurationText.clock($0))" } ?? ", not at the hub"
            return "\(DurationText.clock(entry.issued)) \(site(entry.deed.site)), change \(entry.deed.sequence): "
                + "\(entry.deed.words) (\(told)\(arrived))"
        }
    }

    private static func concerns(_ deed: Deed, _ subject: Subject) -> Bool {
        switch subject {
        case .ticket(let name): deed.entity == name
        case .change(let key): deed.origin == key.origin && deed.sequence == key.sequence
        case .charge(let charge):
            deed.kinds.contains { if case .asked(charge, _) = $0 { true } else { false } }
        }
    }
}

extension Deed {
    /// In words, and without what customers said of themselves.
    var words: String {
        let told = kinds.map { kind in
            switch kind {
            case .created(let state): "opened as \(state)"
            case .assigned(let field, _): "field \(field)"
            case .stepped(let name, _, let to): "step \(name) to \(to)"
            case .noted: "a note"
            case .added(let field, _): "added to set \(field)"
            case .voted(let round, let department, let isVeto):
                "\(isVeto ? "veto" : "vote") of \(department) in round \(round)"
            case .asked(let charge, let fen): "\(fen) fen asked for \(charge)"
            case .answered(_, _, let isGranted): isGranted ? "granted" : "refused"
            case .granted(let person, let role): "\(role) given to \(person)"
            case .revoked(let person, let role): "\(role) taken from \(person)"
            case .other: "something else"
            }
        }
        return told.joined(separator: ", ")
    }
}
