import Replication
import ServiceDesk
import Testing

/// What must hold at any time.
extension DeskProvince {
    /// Every site's database agrees with its own log, lists included.
    func checkDatabases(sourceLocation: SourceLocation = #_sourceLocation) throws {
        for site in sites {
            let verification = try site.database.transaction(.deferred) {
                try DeskVerification.run(site.store, for: site.id)
            }
            #expect(verification.problems == [], "at \(site.id)", sourceLocation: sourceLocation)
        }
    }

    /// To be called when all have heard everything: each branch shows of each ticket and customer what the hub shows if
    /// it may see it, and nothing otherwise.
    func checkAgreement(sourceLocation: SourceLocation = #_sourceLocation) throws {
        let numbers = try hub.database.all("SELECT number FROM entity WHERE kind >= 16 ORDER BY number") { $0.int64(0) }
        for number in numbers {
            let row = try hub.store.row(number: number)
            for branch in branches {
                let copy = try shown(row.id, at: branch)
                let mayBeSeen = row.state.exists && mayBeSeen(row, by: branch)
                #expect(
                    copy == (mayBeSeen ? row.state : nil), "\(row.id.text) at \(branch.id)",
                    sourceLocation: sourceLocation)
            }
        }
        try checkDatabases(sourceLocation: sourceLocation)
    }

    private func mayBeSeen(_ row: EntityRow, by site: DeskSite) -> Bool {
        switch hub.domain.audience(of: row.id, row.state) {
        case .everyone: true
        case .sites(let sites): sites.contains(site.id)
        }
    }

    /// Exactly one branch owns a ticket: the hub names one, which the directory knows; every site that shows the ticket
    /// names one; and who does not own it by the hub's word and says that it does has either not heard yet or has
    /// asked.
    func checkOneOwner(of ticket: EntityID, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let owner = try home(of: ticket, at: hub)
        #expect(branches.contains { $0.id.text == owner }, "at the hub", sourceLocation: sourceLocation)
        for branch in branches {
            guard let named = try home(of: ticket, at: branch) else { continue }
            #expect(
                branches.contains { $0.id.text == named }, "named at \(branch.id)", sourceLocation: sourceLocation)
            guard named == branch.id.text, named != owner else { continue }
            let claim = try #require(try shown(ticket, at: branch))
            let by = try #require(claim.fields[TicketField.home]?.by)
            let isPending = try branch.store.entry(of: by)?.isAdmitted == false
            let decided = try shown(ticket, at: hub)?.fields[TicketField.home]?.by
            let hasNotHeard = try !claim.vector.covers(#require(decided))
            #expect(isPending || hasNotHeard, "claimed by \(branch.id)", sourceLocation: sourceLocation)
        }
    }
}

/// The error of the desk that `body` throws; an issue if it throws none, or another one.
func deskError<T>(sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> T) -> DeskError? {
    do {
        _ = try body()
        Issue.record("nothing was refused", sourceLocation: sourceLocation)
    } catch let error as DeskError {
        return error
    } catch {
        Issue.record("refused otherwise: \(error)", sourceLocation: sourceLocation)
    }
    return nil
}

/// The error of replication that `body` throws; an issue if it throws none, or another one.
func replicationError<T>(
    sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> T
) -> ReplicationError? {
    do {
        _ = try body()
        Issue.record("nothing was refused", sourceLocation: sourceLocation)
    } catch let error as ReplicationError {
        return error
    } catch {
        Issue.record("refused otherwise: \(error)", sourceLocation: sourceLocation)
    }
    return nil
}

/// Whether the bytes hold a text somewhere.
func holds(_ bytes: [UInt8], _ text: String) -> Bool {
    let pattern = Array(text.utf8)
    guard let first = pattern.first, bytes.count >= pattern.count else { return false }
    return bytes.withUnsafeBufferPointer { bytes in
        (0...bytes.count - pattern.count).contains { start in
            bytes[start] == first && bytes[start..<start + pattern.count].elementsEqual(pattern)
        }
    }
}
