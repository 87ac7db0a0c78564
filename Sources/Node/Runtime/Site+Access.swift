import SQLite

extension Site {
    /// Changes accounts, sessions or tokens in the next group of the writer. The completion is called when the commit
    /// has returned and whoever calls is looked up in what it left.
    func changeAccess<T: Sendable>(
        _ name: String, _ job: @escaping @Sendable (AccessTables) throws -> (T, [AccessChange]),
        completion: @escaping @Sendable (Result<T, any Error>) -> Void = { _ in }
    ) {
        let book = access
        storage.write(name) {
            try job(AccessTables($0))
        } completion: { result in
            if case .success((_, let changes)) = result { book.apply(changes) }
            completion(result.map { $0.0 })
        }
    }

    /// Writes down now and then that a session is used. Failing costs nothing but idle time after a restart.
    func noteUse(of session: AccountSession) {
        guard access.takeNote(of: session) else { return }
        changeAccess("session seen") { tables in
            try tables.note(session.digest, seen: session.seen)
            return ((), [])
        }
    }

    var identifier: Identifier { Identifier(book: access, folderToken: apiToken) }
}
