import Replication

/// A job of the node's own that takes long, or comes again and again for ever; with whom it is about, if it is done for
/// several sites at once.
public struct JobName: Hashable, Sendable, Comparable {
    public enum Kind: String, Sendable, CaseIterable {
        /// The round of every minute: it never ends, and so tells that the node keeps house at all.
        case housekeeping
        /// Checking all that is stored, a slice at a time.
        case recheck
        /// Keeping feeds within their budgets.
        case feeds
        /// Wiping what was erased from the database's log.
        case wipe
        /// Writing the database anew, after something was erased.
        case rewrite
        /// Folding again what an earlier version did not understand.
        case folding
        /// Judging what waited, in turns.
        case judging
        /// Computing due times again for lists and counters, a slice at a time.
        case dueTimes
        /// Comparing with the hub; at the hub, with one site.
        case compare
        /// Sending effects, payments among them.
        case outbox
        /// A check of the whole database that somebody asked for.
        case verify
        /// A file that somebody asked for.
        case export
    }

    public let kind: Kind
    /// Empty where there is one of its kind at most.
    public let about: String

    public init(_ kind: Kind, about: String = "") {
        self.kind = kind
        self.about = about
    }

    /// For how long it may show no progress before that is an alarm, in milliseconds.
    public var deadlineMilliseconds: Int64 {
        let minute: Int64 = 60_000
        return switch kind {
        case .housekeeping, .feeds, .wipe, .rewrite: 10 * minute
        case .recheck: 15 * minute
        case .folding, .judging, .dueTimes: 10 * minute
        // A line that is cut stops a comparison, and is told of elsewhere.
        case .compare: 24 * 60 * minute
        case .outbox, .verify: 60 * minute
        // An export is cut off by itself before.
        case .export: 35 * minute
        }
    }

    public static func < (left: JobName, right: JobName) -> Bool {
        (left.kind.rawValue, left.about) < (right.kind.rawValue, right.about)
    }

    /// For a line of the log.
    var text: String { about.isEmpty ? kind.rawValue : "\(kind.rawValue) of \(about)" }
}
