import SQLite

/// Who may sign in at this site. Of what opens it there are digests only.
public enum AccessSchema {
    public static var migrations: [Migration] {
        [
            Migration(name: "node: accounts, sessions, tokens, sign-ins", since: 9) { database in
                try database.execute(
                    """
                    CREATE TABLE account (
                        name TEXT PRIMARY KEY,
                        access TEXT NOT NULL,
                        password TEXT,
                        must_change INTEGER NOT NULL,
                        is_locked INTEGER NOT NULL,
                        failures INTEGER NOT NULL,
                        failed INTEGER NOT NULL,
                        made INTEGER NOT NULL) WITHOUT ROWID;
                    CREATE TABLE account_session (
                        digest BLOB PRIMARY KEY,
                        account TEXT NOT NULL,
                        origin INTEGER NOT NULL,
                        made INTEGER NOT NULL,
                        seen INTEGER NOT NULL) WITHOUT ROWID;
                    CREATE INDEX account_session_by_account ON account_session (account);
                    CREATE TABLE invitation (
                        digest BLOB PRIMARY KEY,
                        account TEXT,
                        expires INTEGER NOT NULL,
                        origin INTEGER NOT NULL) WITHOUT ROWID;
                    CREATE TABLE api_token (
                        name TEXT PRIMARY KEY,
                        digest BLOB NOT NULL UNIQUE,
                        scopes TEXT NOT NULL,
                        made INTEGER NOT NULL,
                        maker TEXT NOT NULL) WITHOUT ROWID;
                    CREATE TABLE sign_in (
                        number INTEGER PRIMARY KEY,
                        time INTEGER NOT NULL,
                        name TEXT,
                        address TEXT NOT NULL,
                        outcome TEXT NOT NULL,
                        actor TEXT);
                    """)
            }
        ]
    }
}
