import ServiceDesk

/// Which node each row goes to: one for all, or with `--via` the branch that it belongs to.
struct ImportLanes {
    /// By site; the only one under the empty name.
    private let requests: [String: ImportRequest]

    init(_ invocation: Invocation, source: String) throws {
        let folders = invocation.texts("via")
        guard !folders.isEmpty else {
            requests = ["": ImportRequest(client: try NodeOptions.client(invocation), source: source)]
            return
        }
        var requests: [String: ImportRequest] = [:]
        for path in folders {
            let folder = DataFolder(path: path)
            guard let running = folder.running() else {
                throw CommandError(
                    .unreachable, "reach the node of \(path)", reason: "none is running there",
                    remedy: "start it with `tributary branch run --data \(path)`")
            }
            let address = try NodeAddress(running.url, token: try folder.token())
            requests[running.site] = ImportRequest(client: NodeOptions.client(invocation, at: address), source: source)
        }
        self.requests = requests
    }

    func lane(_ row: ImportRow) -> String? {
        if requests[""] != nil { return "" }
        return requests[row.home] == nil ? nil : row.home
    }

    func deliver(_ lane: String, _ rows: [ImportRow]) throws -> [ImportOutcome] {
        try requests[lane]?.send(rows) ?? []
    }
}
