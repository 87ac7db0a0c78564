import SQLite

/// The branch's end: what it takes from the hub's answer.
extension Session {
    /// A file that was spoken of in the request, and is still of this site's entities.
    private struct Spoken {
        let number: Int64
        let size: Int
        let content: Int64?
        let isWhole: Bool
        let wish: Int64
        let hubMap: [UInt8]?
        let isWithdrawn: Bool
    }

    mutating func applyAttachments(
        _ answer: AttachmentAnswer?, to request: AttachmentRequest?, at milliseconds: Int64
    ) throws -> Applied {
        var applied = Applied()
        guard let answer, let request else { return applied }
        let offers = Set(request.offers.map(\.name))
        let wants = Set(request.wants.map(\.name))
        for item in answer.offered where offers.contains(item.name) {
            if try take(item.standing, of: item.name, at: milliseconds) { applied.files += 1 }
        }
        for item in answer.wanted where wants.contains(item.name) {
            if try take(item.standing, of: item.name) { applied.files += 1 }
        }
        for part in answer.parts where wants.contains(part.name) {
            if try take(part, at: milliseconds) { applied.files += 1 }
        }
        applied.hasAttachmentWork = try hasAttachmentWork()
        return applied
    }

    private func spoken(_ name: AttachmentName) throws -> Spoken? {
        try database.first(
            """
            SELECT attachment.number, attachment.size, content, ifnull(is_whole, 0), wanted, hub_map, is_withdrawn
            FROM attachment JOIN entity ON entity.number = attachment.entity
            LEFT JOIN content ON content.number = attachment.content
            WHERE entity.id = ? AND entity.kind = ? AND attachment.hash = ?
            """, name.entity.bytes, Int64(name.entity.kind.rawValue), name.hash.bytes
        ) {
            Spoken(
                number: $0.int64(0), size: $0.int(1), content: $0.int64OrNil(2), isWhole: $0.bool(3),
                wish: $0.int64(4), hubMap: $0.blobOrNil(5), isWithdrawn: $0.bool(6))
        }
    }

    /// - Returns: whether the site is any further.
    private mutating func take(
        _ standing: AttachmentAnswer.Offered, of name: AttachmentName, at milliseconds: Int64
    ) throws -> Bool {
        guard let file = try spoken(name), file.isWhole else { return false }
        switch standing {
        case .held:
            try database.run(
                "UPDATE attachment SET is_open = 0, hub_place = ?, hub_map = NULL WHERE number = ?",
                SiteStore.HubPlace.hereAndElsewhere, file.number)
            try store.speakAgain(of: file.content)
            return true
        case .lacking(let map):
            guard map.count == AttachmentLimits.chunks(size: file.size), map.encoded != file.hubMap else {
                return false
            }
            try database.run("UPDATE attachment SET hub_map = ? WHERE number = ?", map.encoded, file.number)
            return true
        case .unknown:
            try database.run("UPDATE attachment SET hub_map = NULL WHERE number = ?", file.number)
            return false
        case .damaged: return try lookAtOwn(file, at: milliseconds)
        }
    }

    /// The hub could not make a whole file of what this site sent, several times: the disk here may have changed it. If
    /// it has not, something on the way does, and the file is left alone for a while.
    private mutating func lookAtOwn(_ file: Spoken, at milliseconds: Int64) throws -> Bool {
        guard let content = file.content else { return false }
        guard try verifyContent(content, at: milliseconds) else { return true }
        try database.run("UPDATE attachment SET hub_map = NULL WHERE number = ?", file.number)
        try database.run("UPDATE content SET failures = failures + 1 WHERE number = ?", content)
        try store.leaveAlone(content, at: milliseconds)
        return false
    }

    /// The hub's copy of files that this site holds was damaged.
    mutating func applyAskedBack(_ answer: AttachmentAnswer?) throws {
        for item in answer?.offered ?? [] {
            guard case .lacking(let map) = item.standing, let file = try spoken(item.name), file.isWhole,
                map.count == AttachmentLimits.chunks(size: file.size)
            else { continue }
            try database.run(
                """
                UPDATE attachment SET is_open = 1, asked = 0, hub_place = ?, hub_map = ?
                WHERE number = ? AND is_open = 0
                """, SiteStore.HubPlace.notYet, map.encoded, file.number)
        }
    }

    private mutating func take(_ standing: AttachmentAnswer.Wanted, of name: AttachmentName) throws -> Bool {
        guard let file = try spoken(name), !file.isWhole else { return false }
        let place =
            switch standing {
            case .here(let isElsewhere):
                isElsewhere ? SiteStore.HubPlace.hereAndElsewhere : SiteStore.HubPlace.here
            case .notYet, .unknown: SiteStore.HubPlace.notYet
            }
        // Where only the place was asked for, it is known now. What no other site of the entity holds is fetched
        // whatever its size: then it is at two places, and an earlier owner may let go of its copy.
        let isDone = place == SiteStore.HubPlace.hereAndElsewhere && file.wish == SiteStore.Wish.none
        let isFirst = place == SiteStore.HubPlace.here && file.wish == SiteStore.Wish.none && !file.isWithdrawn
        try database.run(
            "UPDATE attachment SET hub_place = ?, is_open = ?, wanted = ? WHERE number = ?", place, !isDone,
            isFirst ? SiteStore.Wish.policy : file.wish, file.number)
        return isDone || isFirst
    }

    /// A chunk that the site has asked for. One that does not lie as it should is left out, and so asked for again.
    private mutating func take(_ part: AttachmentPart, at milliseconds: Int64) throws -> Bool {
        guard let file = try spoken(part.name), !file.isWhole, !file.isWithdrawn, file.wish != SiteStore.Wish.none,
            part.isSound(size: file.size)
        else { return false }
        let content: Int64
        if let begun = file.content {
            content = begun
        } else if let whole = try store.wholeContent(part.name.hash) {
            try complete(file.number, with: whole)
            return true
        } else {
            content = try store.beginContent(part.name.hash, size: file.size, isLoose: false, at: milliseconds)
            try database.run("UPDATE attachment SET content = ? WHERE number = ?", content, file.number)
        }
        try store.keepChunk(part.bytes, number: part.number, of: content)
        switch try store.settle(content, part.name.hash, size: file.size) {
        case .lacking: return true
        case .whole(let whole):
            try complete(file.number, with: whole)
            return true
        case .damaged(let times):
            try noteDamaged(part.name, times: times, from: "the hub", at: milliseconds)
            if times % AttachmentLimits.damagedCopies == 0 { try store.leaveAlone(content, at: milliseconds) }
            return false
        }
    }

    /// Still open: the hub is to hear that there are two.
    private func complete(_ attachment: Int64, with content: Int64) throws {
        try database.run(
            "UPDATE attachment SET content = ?, wanted = 0, is_open = 1 WHERE number = ?", content, attachment)
        try database.run("UPDATE content SET is_loose = 0 WHERE number = ?", content)
    }

    /// A whole copy that was not what its hash says is asked for again; several in a row are an incident.
    func noteDamaged(_ name: AttachmentName, times: Int, from site: String, at milliseconds: Int64) throws {
        guard times % AttachmentLimits.damagedCopies == 0 else { return }
        try database.run(
            "INSERT INTO incident (time, kind, site, text) VALUES (?, ?, ?, ?)", milliseconds, "attachment", site,
            "\(times) copies of file \(name.hash.text.prefix(12)) of entity \(name.entity.text) came from \(site) and "
                + "were not what the hash says. Look at the disk there.")
    }
}
