import Replication
import SQLite

extension DeskDomain {
    /// A charge that an allowance covers is its owner's to pay; one that was paid out of an allowance is paid.
    public func claim(on request: OnceRequest, in database: Database) throws -> KeyClaim {
        guard request.purpose == "refund" else { return .free }
        let store = SiteStore(database, domain: self)
        if try AllowanceBook.isPaid(request.key, in: store) {
            return .used("The same refund has been paid out of an allowance already.")
        }
        return try AllowanceBook.covering(request.key, in: store).map {
            .held("The charge is \($0.site)'s to pay out of its allowance.")
        } ?? .free
    }
}
