import Replication
import Standards

/// What `GET /api/verify` says.
public enum VerificationView {
    public static func json(_ verification: Verification) -> JSONValue {
        var problems = verification.problems
        if verification.problemCount > problems.count {
            problems.append("\(verification.problemCount - problems.count) further problems are not listed.")
        }
        return [
            "clean": .bool(verification.isClean), "entities": .integer(Int64(verification.entities)),
            "changes": .integer(Int64(verification.changes)), "problems": .array(problems.map { .string($0) }),
            "digest": .string(Secrets.hex(verification.digest)),
        ]
    }
}
