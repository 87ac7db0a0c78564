import SQLite

/// Who is told of trouble tickets over the integration API, and what is still to be told.
public enum SubscriptionSchema {
    /// `next` is the last event that a subscription is done with. `subscription_seen` has the version up to which a
    /// ticket's changes have become events; of a ticket without a row those count that lie beyond the basis in the log,
    /// which is there while anybody is subscribed.
    private static let tables: SQL = """
        CREATE TABLE subscription (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            edition TEXT NOT NULL,
            base TEXT NOT NULL,
            callback TEXT NOT NULL,
            query TEXT NOT NULL,
            said TEXT NOT NULL,
            next INTEGER NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0,
            given_up INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE subscription_event (
            number INTEGER PRIMARY KEY,
            entity INTEGER NOT NULL,
            cause TEXT NOT NULL,
            type TEXT NOT NULL,
            UNIQUE (entity, cause, type));
        CREATE TABLE subscription_seen (
            entity INTEGER PRIMARY KEY,
            version INTEGER NOT NULL,
            status TEXT);
        CREATE TABLE subscription_basis (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            position INTEGER NOT NULL);
        """

    public static var migrations: [Migration] {
        [Migration(name: "node: subscriptions and events to be told", since: 9) { try $0.execute(tables) }]
    }
}
