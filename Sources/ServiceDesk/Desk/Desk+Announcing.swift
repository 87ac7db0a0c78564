import Replication
import Standards

/// Announcements: published and withdrawn by the province.
extension Desk {
    public func announcement(_ name: String) throws -> EntityRow {
        guard let id = EntityID(kind: .announcement, text: name.lowercased()), let row = try store.row(id),
            row.state.exists, !row.isWithdrawn
        else {
            throw DeskError(
                .notFound, "There is no announcement of that identifier here.",
                remedy: "List them: GET /api/announcements.")
        }
        return row
    }

    /// Publishes an announcement to every branch; the hub's to do.
    /// - Parameter identifier: 16 bytes for the new entity.
    public func announce(
        _ new: NewAnnouncement, key: IdempotencyKey?, identifier: [UInt8], in session: inout Session
    ) throws -> Written {
        if let key, let replay = try session.replay(of: key) { return replay }
        try requireHub(session.life, "announces")
        guard let id = EntityID(kind: .announcement, bytes: identifier) else {
            throw DeskError(.invalid, "The identifier has not 16 bytes.", remedy: "Correct the caller.")
        }
        let (_, pack) = try standard()
        let ticket = try new.ticket.map(self.ticket)
        let words = new.wording.flatMap { id in pack.wordings.first { $0.id == id } }
        let problems = problems(of: new, words, pack) + (try siteProblems(new))
        guard problems.isEmpty else {
            let all = problems.map { "\($0.field) \($0.problem)" }.joined(separator: "; ")
            throw DeskError(
                .invalid, "The announcement is not right: \(all).", remedy: "Correct these and send it again.",
                problems: problems)
        }
        guard try AnnouncementQuery().list(in: store, at: now).count < DeskLimits.announcementsAtOnce else {
            throw DeskError(
                .wrongState, "\(DeskLimits.announcementsAtOnce) announcements hold already.",
                remedy: "Withdraw one that is over.")
        }
        var edits: [Edit] = [
            .create(Creation(label: "")), .assign(AnnouncementField.zh, .text(words?.zh ?? new.zh)),
            .assign(AnnouncementField.en, .text(words?.en ?? new.en)),
            .assign(AnnouncementField.from, .integer(new.from ?? now)),
            .assign(AnnouncementField.until, .integer(new.until)),
        ]
        if let words {
            edits += [
                .assign(AnnouncementField.wording, .text(words.id)),
                .assign(AnnouncementField.standard, .text(pack.version)),
            ]
        }
        if !new.area.isEmpty { edits.append(.assign(AnnouncementField.area, .text(new.area))) }
        if let ticket {
            edits.append(.assign(AnnouncementField.ticket, .bytes(ticket.id.bytes)))
            edits.append(.assign(AnnouncementField.ticketNumber, .text(ticket.state.creation?.label ?? "")))
        }
        edits += Set(new.sites.map(\.text)).sorted().map { .add(AnnouncementField.sites, .text($0)) }
        edits += Set(new.categories).sorted().map { .add(AnnouncementField.categories, .text($0)) }
        return try announced(session.write(Draft(entity: id, edits: edits, actor: actor, key: key), at: now))
    }

    /// Ends an announcement before its time; the hub's to do.
    public func withdraw(
        announcement name: String, reason: String, key: IdempotencyKey?, in session: inout Session
    ) throws -> Written {
        if let key, let replay = try session.replay(of: key) { return replay }
        try requireHub(session.life, "withdraws an announcement")
        let row = try announcement(name)
        guard row.state[AnnouncementField.withdrawnAt] == .null else {
            throw DeskError(.wrongState, "The announcement is withdrawn already.", remedy: "Nothing is to be done.")
        }
        let edits: [Edit] = [
            .assign(AnnouncementField.withdrawnAt, .integer(now)),
            .assign(AnnouncementField.withdrawnBy, .text(actor)),
        ]
        let draft = Draft(entity: row.id, edits: edits + (try note(reason)), actor: actor, key: key)
        return try announced(session.write(draft, at: now))
    }

    private func requireHub(_ life: Life, _ what: String) throws {
        guard life.isHub else {
            throw DeskError(.notAllowed, "Only the province \(what).", remedy: "Ask the hub to do it.")
        }
    }

    private func announced(_ outcome: WriteOutcome) throws -> Written {
        guard case .written(let written) = outcome else {
            throw DeskError(.wrongState, "The announcement has changed.", remedy: "Look at it again.")
        }
        return written
    }

    private func problems(
        of new: NewAnnouncement, _ words: ApprovedWording?, _ pack: StandardPack
    ) -> [DeskError.Problem] {
        var problems: [DeskError.Problem] = []
        func report(_ field: String, _ problem: Flaw?) {
            if let problem { problems.append(.init(field: field, problem: problem)) }
        }
        if let wording = new.wording {
            let hint = NearestWord.nearest(to: wording, among: pack.wordings.map(\.id))
            let clause = hint.map { "; did you mean \($0)?" } ?? ""
            if words == nil { report("wording", "is none of standard \(pack.version)\(clause)") }
            if !new.zh.isEmpty || !new.en.isEmpty { report("wording", "is given beside words of its own") }
        } else {
            let unsaid = Flaw("is missing: name a wording, or say it in both languages", .required)
            for (field, text) in [("zh", new.zh), ("en", new.en)] {
                report(field, text.isEmpty ? unsaid : nil)
                report(field, DeskLimits.problem(text, longestLength: ApprovedWording.lengthLimit))
            }
        }
        if !(1...DeskLimits.announcementCategories).contains(new.categories.count) {
            report("categories", "are not 1 to \(DeskLimits.announcementCategories)")
        }
        if new.categories.contains(where: { pack.category($0) == nil }) {
            report("categories", "names one that standard \(pack.version) has not")
        }
        report("area", DeskLimits.problem(new.area, longestLength: DeskLimits.announcementAreaLength))
        let from = new.from ?? now
        let days = DeskLimits.announcementLength / 86_400_000
        if from > now + DeskLimits.announcementLength { report("from", "is more than \(days) days ahead") }
        if new.until <= max(now, from) { report("until", "is over already, or before it begins") }
        if new.until - from > DeskLimits.announcementLength {
            report("until", "is more than \(days) days after it begins")
        }
        return problems
    }

    private func siteProblems(_ new: NewAnnouncement) throws -> [DeskError.Problem] {
        if new.sites.count > DeskLimits.announcementSites {
            return [.init(field: "sites", problem: "names more than \(DeskLimits.announcementSites) branches")]
        }
        for site in new.sites where try store.directoryEntry(of: site)?.isBranch != true {
            return [.init(field: "sites", problem: "names \(site), which is no branch of this province")]
        }
        return []
    }
}
