import Foundation

@testable import Replication

/// What a shell does when a database turns out to have been put back or copied, and how a comparison runs.
extension TestProvince {
    /// Exchanges as a node does: a fork is answered with a new origin, a comparison is carried through, then everything
    /// travels until the site rests.
    func recover(_ site: TestSite) throws {
        for _ in 0..<300 {
            now += 1
            do {
                let applied = try exchange(site.isOpen ? .poll : .hello, site)
                site.isOpen = true
                if applied?.mustCompare ?? false { try compare(site) }
                try sync(site)
                return
            } catch let error as ReplicationError where error.kind == .forked {
                site.isOpen = false
                try site.renew(drawOrigin(), at: now)
            } catch let error as ReplicationError where [.stale, .foreign].contains(error.kind) {
                site.isOpen = false
            }
        }
        throw ReplicationError(.inconsistent, "\(site.id) does not recover.", remedy: "")
    }

    /// Until all have heard what the others brought.
    func recoverAll() throws {
        for _ in 0..<3 { for site in branches { try recover(site) } }
        try converge()
    }

    /// Carries a comparison through.
    func compare(_ site: TestSite) throws {
        for _ in 0..<10_000 {
            guard try site.life().comparing != .none else { return }
            now += 1
            let message = try prepare(.compare, at: site)
            guard message.request.compare != nil else { continue }
            exchanges += 1
            let struck = fault.flatMap { $0.exchange == exchanges ? $0.kind : nil }
            if struck == .requestLost { continue }
            let answer = try deliver(message.bytes, from: site)
            if struck == .answerLost { continue }
            try apply(answer, to: message, at: site)
        }
        throw ReplicationError(.inconsistent, "\(site.id) does not come to an end of comparing.", remedy: "")
    }
}

extension TestSite {
    /// The database takes a new origin, as a node does whose side file or whose hub has given it away.
    func renew(_ origin: OriginID, at now: Int64) throws {
        try session { try $0.renewOrigin(origin, because: "A test put it back", at: now) }
    }
}
