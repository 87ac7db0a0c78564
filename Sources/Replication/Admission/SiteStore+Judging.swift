import SQLite

extension SiteStore {
    /// Judges a change by authority, then by the domain's rules; the same at its author's site and at the hub.
    func judge(_ change: Change, before state: EntityState, author: Author) throws -> Judgement {
        guard let authority = authority(over: change.entity.kind) else {
            return .wait("entities of kind \(change.entity.kind.rawValue)")
        }
        if change.hasUnknownEdits { return .wait("an edit of change \(change.reference)") }
        if case .province = authority, !author.isHub {
            return .refuse("Only the province may write this. Ask the hub to do it.")
        }
        // By their places: an edit that is handed on is copied, its value and all.
        let edits = change.edits
        for place in edits.indices {
            if let field = edits[place].field {
                if let judgement = judge(field, of: change.entity.kind, author: author) { return judgement }
            } else if !author.isHub, let refusal = edits[place].refusalToBranches {
                return .refuse(refusal)
            }
        }
        if let problem = problem(ofFilesIn: change, before: state) { return .refuse(problem) }
        // A second creation of an entity is an edit of it, and takes the same rights.
        if !author.isMember && (change.creation == nil || state.exists) {
            return .refuse("The site is not among those that may see this entity. Ask its owner for a transfer.")
        }
        if isOwnKind(change.entity.kind) { return .admit }
        return try domain.judge(change, before: state, author: author, in: database)
    }

    private func judge(_ field: Field, of kind: EntityKind, author: Author) -> Judgement? {
        guard isOwnKind(kind) || domain.knows(field, of: kind) else {
            return .wait("field \(field.rawValue) of kind \(kind.rawValue)")
        }
        if !author.isHub, domain.isProvinces(field, of: kind) {
            return .refuse("Field \(field.rawValue) is the province's. Ask the hub to change it.")
        }
        return nil
    }

    /// Why the files that a change attaches may not be attached; nil if they may, or there are none.
    private func problem(ofFilesIn change: Change, before state: EntityState) -> String? {
        let edits = change.edits
        guard edits.indices.contains(where: { edits[$0].isAttach }) else { return nil }
        var others = state.attachments.count
        for case .attach(let file) in edits {
            if let problem = AttachmentProblem.of(file, besides: others) { return problem.text }
            others += 1
        }
        return nil
    }

    func authority(over kind: EntityKind) -> Authority? {
        isOwnKind(kind) ? .province : domain.authority(over: kind)
    }

    /// Whether a kind is replication's own; the domain is not asked about it.
    private func isOwnKind(_ kind: EntityKind) -> Bool { kind == .site || kind == .marker || kind == .effect }

    /// At the hub: the sites that may see an entity, those that see everything among them.
    func audience(of row: EntityRow) throws -> Audience {
        guard case .sites(let sites) = audienceByState(of: row) else { return .everyone }
        let standbys = try standbys()
        return standbys.isEmpty ? .sites(sites) : .only(sites + standbys)
    }

    /// The sites that an entity's own state names.
    func audienceByState(of row: EntityRow) -> Audience {
        switch row.id.kind {
        case .site, .marker: .everyone
        case .effect: .sites([])
        default: domain.audience(of: row.id, row.state)
        }
    }
}
