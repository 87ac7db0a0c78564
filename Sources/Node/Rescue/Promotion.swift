import Foundation
import Replication
import SQLite
import ServiceDesk
import Standards

/// What an operator does when the hub is lost and there is a standby: its folder becomes the hub's.
///
/// A fresh hub's database is made beside the standby's and takes in everything that the standby holds as admitted; the
/// branches bring the rest when they call, as in every new epoch. Only then is the standby's database moved aside. What
/// is cut off before that leaves the standby as it was, and what is cut off after it is carried on by typing the same
/// again.
public struct Promotion: Sendable {
    public let hub: SiteID
    public let standby: SiteID
    public let epoch: UInt32
    /// Changes and files that the new hub has taken.
    public let changes: Int
    public let files: Int
    /// Rows of the standby's log that its disk has damaged.
    public let damaged: Int
    /// Entities that the new hub does not hold as the standby did.
    public let differing: Int
    /// Entities of which the standby had been told and had not everything yet.
    public let incomplete: Int
    /// Effects that were granted and are not recorded as sent.
    public let uncertain: [Effect]
    /// The sites that must be compared before the hub decides.
    public let awaited: [SiteID]
    /// Where the standby's database is now.
    public let aside: String?

    /// - Parameters:
    ///   - key: where the exported hub key is.
    ///   - listen: where the hub is to listen; nil for where the standby did.
    ///   - epoch: the least number of the new epoch; 0 for one above the one that the standby has followed.
    ///   - step: is told what is being done.
    public static func promote(
        _ folder: DataFolder, key: String, listen: String?, epoch: UInt32, actor: String,
        step: (String) -> Void = { _ in }
    ) throws -> Promotion {
        let configuration = try NodeConfiguration(folder: folder)
        guard configuration.isStandby else {
            throw NodeError(
                .badFolder, "\(folder.path) holds a \(configuration.role), and no standby.",
                remedy: "Name the standby's folder; without one a lost hub is rebuilt: tributary hub rebuild --help.")
        }
        if let listen { _ = try NodeConfiguration.address(listen) }
        let lock = try StoppedLock.take(folder, configuration.site, "promoting")
        defer { lock.release() }
        var work = PromotionWork(folder: folder, configuration: configuration, key: key, actor: actor)
        if try work.isCutOff() { return try work.end(listen: listen) }
        try work.take(epoch: epoch, step)
        return try work.end(listen: listen)
    }

    /// Each uncertain effect with its key, in a line for people.
    public var uncertainWords: [String] {
        uncertain.map { effect in
            "\(Secrets.hex(effect.key))  \(effect.purpose) of \(effect.amount) fen, ticket \(effect.entity.text)"
        }
    }

    public var json: JSONValue {
        let effects = uncertain.map { effect -> JSONValue in
            [
                "key": .string(Secrets.hex(effect.key)), "purpose": .string(effect.purpose),
                "ticket": .string(effect.entity.text), "amountFen": .integer(effect.amount),
                "request": .string(effect.request),
            ]
        }
        return [
            "site": .string(hub.text), "standby": .string(standby.text), "epoch": .integer(Int64(epoch)),
            "changes": .integer(Int64(changes)), "files": .integer(Int64(files)),
            "damaged": .integer(Int64(damaged)), "differing": .integer(Int64(differing)),
            "incomplete": .integer(Int64(incomplete)), "uncertain": .array(effects),
            "awaited": .array(awaited.map { .string($0.text) }), "aside": aside.map { .string($0) } ?? .null,
        ]
    }
}
