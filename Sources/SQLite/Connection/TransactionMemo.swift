/// What somebody above remembers of what a transaction has read, so as not to read it again.
///
/// The connection says when to forget: at the beginning and the end of every transaction, and whenever a savepoint is
/// undone. So a memo never knows more than the transaction itself would see.
public protocol TransactionMemo: AnyObject {
    func forget()
}
