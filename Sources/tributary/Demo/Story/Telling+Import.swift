import ServiceDesk
import Synchronization

extension Telling {
    /// Every row goes in through the branch it belongs to.
    func imported(_ file: ImportFile) throws -> String {
        let map = try ImportCommand.map(file.mapPath)
        let requests = Dictionary(
            uniqueKeysWithValues: try province.branches.map { branch in
                (branch.id, ImportRequest(client: try branch.client, source: map.source))
            })
        let before = try ticketsAtHub()
        let start = Environment.steadySeconds()
        let ledger = ledger
        var pump = ImportPump(map, lane: { requests[$0.home] == nil ? nil : $0.home }) { lane, rows in
            guard let request = requests[lane] else { return [] }
            let outcomes = try request.send(rows)
            for outcome in outcomes where outcome.kind != .rejected {
                if let ticket = outcome.ticket { ledger.record(imported: ticket) }
            }
            return outcomes
        }
        let input = try ImportInput(file.path, declared: map.encoding)
        try pump.run(input.next)
        let tally = pump.tally
        try Patience.wait(until: "the hub has every imported ticket", seconds: Self.settleSeconds) {
            try ticketsAtHub() == before + tally.created
        }
        let seconds = Environment.steadySeconds() - start
        return
            "\(file.name) is brought in through its branches: \(tally.summary); after \(Seconds.text(seconds)) s the "
            + "hub has them all"
    }
}
