import Foundation
import ServiceDesk

/// The name of an account or a token. It is who acts, in timelines and in the roster, so it is composed in one way and
/// is nobody's of the machine's own.
public enum PersonName {
    /// What the node itself acts as. An account of that name would be taken for it.
    static let reserved: Set<String> = [
        "*", DeskActor.customer, "api", "backup", "enrolment", "epoch", "exchange", "hub", "hub init", "outbox",
    ]

    /// - Returns: the name in its composed form; nil when it cannot be one.
    public static func checked(_ text: String) -> String? {
        let name = text.precomposedStringWithCanonicalMapping
        let scalars = name.unicodeScalars
        guard (1...AccessLimits.nameLength).contains(scalars.count), let first = scalars.first, let last = scalars.last,
            !first.properties.isWhitespace, !last.properties.isWhitespace,
            // A path with a step of dots climbs: no request could name whoever had that name.
            scalars.split(whereSeparator: { $0 == "/" || $0 == "\\" }).allSatisfy({ !$0.allSatisfy { $0 == "." } }),
            scalars.allSatisfy({ isShown($0.properties.generalCategory) }), !reserved.contains(name.lowercased())
        else { return nil }
        return name
    }

    /// A name as a path gives it: in its composed form, and as it is where it can be nobody's.
    static func asked(_ text: String) -> String { checked(text) ?? text }

    /// What cannot be seen would make two names look alike.
    private static func isShown(_ category: Unicode.GeneralCategory) -> Bool {
        ![.control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned]
            .contains(category)
    }

    public static let rule =
        "is not a name of 1 to \(AccessLimits.nameLength) visible characters that the node does not act under itself"
}
