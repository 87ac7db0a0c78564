import Dispatch
import Foundation
import HTTP
import Replication
import ServiceDesk
import Synchronization

/// Finds out whether somebody may see how far a ticket is: by a key, or by its number and the last digits of the
/// customer's telephone.
///
/// Failures are counted by number and by address. Keys are not: they cannot be guessed.
final class ProgressDoor: Sendable {
    static let digits = 4
    /// Whoever is refused waits so long, so that the time tells nothing of whether there is such a ticket.
    static let refusalMilliseconds = 300

    enum Standing {
        case known(EntityID)
        case unknown
        case mustWait(Int64)
    }

    private let site: Site
    let keys: ProgressKey
    private let throttle = Mutex(ProgressThrottle())

    init(_ site: Site) {
        self.site = site
        keys = ProgressKey(site)
    }

    /// - Parameter digits: the last ones of the telephone.
    func enter(_ number: String, _ digits: String, from address: ClientAddress) throws -> Standing {
        let found = try site.read { try Self.find(number, in: $0, at: self.site) }
        let (name, now) = (number.uppercased(), SystemClock.wall())
        let wait = throttle.withLock {
            $0.begin(name, isKnown: found != nil, from: address.group, at: now)
        }
        if let wait { return .mustWait(wait) }
        guard let found, found.endings.contains(digits) else { return .unknown }
        throttle.withLock { $0.withdraw(name, from: address.group) }
        return .known(found.ticket)
    }

    /// A ticket by its number and nothing else, and how the telephones end under which its customer is reached.
    private static func find(
        _ number: String, in store: SiteStore, at site: Site
    ) throws -> (ticket: EntityID, endings: [String])? {
        let desk = site.desk(store, actor: DeskActor.customer, now: site.now())
        guard let row = try? desk.ticket(number), row.state.creation?.label == number.uppercased() else { return nil }
        let customer = try TicketSummary(row).customer.flatMap { try store.row($0) }
        let phones = [
            customer.flatMap { $0.isWithdrawn ? nil : $0.state[CustomerField.phone].textValue },
            row.state[FieldNumbers.field("contactPhone")].textValue,
        ]
        return (row.id, phones.compactMap { $0.flatMap(ending) })
    }

    /// What somebody typed without blanks at its ends, and with the wide forms of Chinese keyboards made narrow.
    static func plain(_ text: String) -> String {
        text.precomposedStringWithCompatibilityMapping.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    static func ending(_ phone: String) -> String? {
        let found = plain(phone).filter { $0.isASCII && $0.isNumber }
        return found.count < digits ? nil : String(found.suffix(digits))
    }

    /// Answers later.
    func refuse(_ call: OpenCall, _ response: Response) {
        DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(Self.refusalMilliseconds)) {
            call.answer(.success(response))
        }
    }
}
