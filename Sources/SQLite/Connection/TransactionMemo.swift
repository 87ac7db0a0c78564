/// What somebody above remembers of what a transaction has read, so as not to read it again.
///
/// The connection says when to forget: at the beginning and the end of every transaction, and whenever a savepoint is
/// undone. So a memo never knows more than the transaction itself would see.
///
/// It may also put off what every job of a group would write over the one before: the connection asks for it once,
/// before it commits, and takes back with a savepoint what was put off within it.
public protocol TransactionMemo: AnyObject {
    /// What is still to be written; nil when nothing is. ``forget()`` leaves it alone.
    var unwritten: (any Sendable)? { get set }

    func forget()

    /// Writes what was put off, and has nothing to write after that.
    ///
    /// - Throws: ``SQLiteError``; the transaction is then not committed.
    func settle(on database: Database) throws
}
