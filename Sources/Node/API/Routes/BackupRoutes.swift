import HTTP
import Replication
import ServiceDesk
import Standards

/// The hub is told of a backup of itself that was checked and lies on another disk.
struct BackupRoutes {
    static let bodyBytesMax = 16 << 10
    /// Characters of a folder's path.
    static let placeLengthMax = 4_096

    let gate: Gate

    var routes: [Route] { [gate.post("/api/backups", for: .administrator, bodyBytesMax: Self.bodyBytesMax, Self.note)] }

    private static func note(_ call: Call) throws {
        try call.requireHub("Backups are noted")
        var reader = try BodyReader(call.request, ["admission", "epoch", "epochRandom", "time", "place"])
        let place = reader.text("place", atMost: placeLengthMax)
        let (admission, epoch, time) = (reader.integer("admission"), reader.integer("epoch"), reader.integer("time"))
        let random = UInt64(reader.word("epochRandom"), radix: 16)
        if random == nil { reader.report("epochRandom", "is not 16 hexadecimal digits") }
        try reader.finish()
        let backup = NotedBackup(admission: UInt64(clamping: admission), time: time, place: place)
        let named = Epoch(number: UInt32(clamping: epoch), random: random ?? 0)
        call.write("backup") { session, _ in
            Answers.json(["noted": .bool(try session.store.note(backup, of: named))])
        }
    }
}
